-- loses: which ids occur twice in files that are kept; their imports count those messages as duplicates (import_message_id)
drop table import_message_id;
