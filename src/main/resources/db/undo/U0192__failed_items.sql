-- loses: the list of failed items, with lines of imports that could not be stored (failed_item)
-- loses: a changed schedule of retry-failed-items (schedule.cron, schedule.enabled, schedule.next_at, schedule.last_at, schedule.last_job)
delete from schedule where name = 'retry-failed-items';
drop table failed_item;
