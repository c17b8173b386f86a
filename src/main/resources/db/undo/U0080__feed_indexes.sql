drop index message_content_trgm;
drop index message_activity;
