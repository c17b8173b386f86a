-- Unlogged: a dry run that a crash ends begins again. Without a foreign key, which would be checked for each of a million
-- rows; they are deleted with the dry run and with the file.
create unlogged table import_message_id (
  import_id       uuid not null,
  message_key     uuid not null,
  text_key        uuid,
  is_contradicted boolean not null default false,
  primary key (import_id, message_key)
);
comment on table import_message_id is
  'The ids of messages that a dry run has read so far; after it those that occur again with another text, as long as the file is kept.';
comment on column import_message_id.message_key is 'Hash of the chat and the id of a message.';
comment on column import_message_id.text_key is 'Hash of the text of the first message with the id; null when that was an edit.';
comment on column import_message_id.is_contradicted is 'Whether a message of the file has the id and another text, and is no edit.';
comment on index import_message_id_pkey is 'Which ids of a batch occurred before in the file';
