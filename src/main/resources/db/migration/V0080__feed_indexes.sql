-- Overview: counts per class, step of time and chat in a period, without touching the table.
create index message_activity on message (sent_at) include (noise_classification, chat_id);
-- Feed filtered by a part of the text, in any language: content ilike '%…%'.
create index message_content_trgm on message using gin (content gin_trgm_ops);
