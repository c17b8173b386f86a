drop table message_count, message_revision, message;
