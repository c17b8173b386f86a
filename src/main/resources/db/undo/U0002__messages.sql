-- loses: every message with its scores and its earlier wordings
drop table message_count, message_revision, message;
