-- What was deleted stays away; what could have been restored is gone.
delete from schedule where name = 'forget-deleted-messages';
drop trigger message_stays_deleted on message;
drop function keep_deleted();
drop table deleted_message;
drop table deletion;
