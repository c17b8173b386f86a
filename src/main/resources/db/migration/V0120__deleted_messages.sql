create table deletion (
  id          uuid primary key,
  message_ids uuid[],
  filter      text,
  status      text not null check (status in ('deleting', 'deleted', 'restoring', 'restored')),
  messages    bigint not null default 0,
  asked_by    text not null,
  asked_at    timestamptz not null default now(),
  check (message_ids is null <> (filter is null))
);
comment on table deletion is 'What people deleted: chosen messages, or all that a filter let through when it was asked.';
comment on column deletion.filter is 'The query of the address of the list, as it was then.';
-- What can be undone, newest first.
create index deletion_latest on deletion (asked_at desc);

create table deleted_message (
  id          uuid primary key,
  deletion_id uuid not null references deletion on delete cascade,
  source_id   uuid not null references source on delete cascade,
  chat_id     uuid not null references chat on delete cascade,
  author_id   uuid not null references person,
  external_id text not null,
  message     jsonb,
  revisions   jsonb,
  corrections jsonb,
  deleted_at  timestamptz not null default now(),
  unique (source_id, chat_id, external_id)
);
comment on table deleted_message is
  'Stands in the way of a deleted message that comes in again. What it said is kept until undoing is no longer offered.';
-- Undoing, some at a time.
create index deleted_message_deletion on deleted_message (deletion_id);
-- What is to be forgotten.
create index deleted_message_kept on deleted_message (deleted_at) where message is not null;
-- People of whom something could be restored stay.
create index deleted_message_author on deleted_message (author_id);

-- Whoever stores a message looks here first. One that was being deleted meanwhile was not seen there: then the work
-- is done once more, which is why this is a failure of serialization.
create function keep_deleted() returns trigger language plpgsql as $$
begin
  if exists (select from added join deleted_message using (source_id, chat_id, external_id)) then
    raise exception 'A message of the batch has just been deleted' using errcode = 'serialization_failure';
  end if;
  return null;
end $$;
create trigger message_stays_deleted after insert on message
  referencing new table as added for each statement execute function keep_deleted();

insert into schedule (name, cron, zone, kind, payload, next_at)
values ('forget-deleted-messages', '23 3 * * *', 'Z', 'forget_deleted_messages_task', '{}', now());
