-- Why an update was ignored or is not read completely, in the language of who looks.
alter table inbox add column reason jsonb;
comment on column inbox.reason is
  'The key of the words files and what stands in it; "error" says the same in English. Null for updates of before and for failures.';
-- Ignored updates, newest first, and their number of a week (page of Telegram's connection).
create index inbox_ignored on inbox (received_at desc) where state = 'ignored';
