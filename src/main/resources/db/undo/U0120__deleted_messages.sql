-- loses: what was deleted and could still be restored; it also comes in again if it is imported again
-- loses: a changed schedule of forget-deleted-messages (schedule.cron, schedule.enabled, schedule.next_at, schedule.last_at, schedule.last_job)
delete from schedule where name = 'forget-deleted-messages';
drop trigger message_stays_deleted on message;
drop function keep_deleted();
drop table deleted_message;
drop table deletion;
