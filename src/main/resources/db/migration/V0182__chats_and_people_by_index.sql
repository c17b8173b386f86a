-- Counters of one chat: the tabs of its feed, groups of Telegram, and the end of a chat.
create index message_count_chat on message_count (chat_id);
-- What the feed may be filtered by: the first chats by title.
create index chat_title on chat (left(coalesce(title, external_id), 100));
-- What the feed may be filtered by: the first people by name.
create index person_full_name on person (trim(first_name || ' ' || coalesce(last_name, '')));
