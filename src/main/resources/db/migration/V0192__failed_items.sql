create table failed_item (
  id              uuid primary key,
  kind            text not null,
  item            text not null,
  message_id      uuid references message on delete cascade,
  import_id       uuid references import on delete cascade,
  payload         text,
  error           text not null check (length(error) <= 1000),
  attempts        int not null default 1,
  first_failed_at timestamptz not null default now(),
  last_failed_at  timestamptz not null default now(),
  retry_at        timestamptz,
  unique (kind, item)
);
comment on table failed_item is
  'Items that a batch has set aside because they threw, while the rest of the batch was done. A row goes when its work succeeds, and with its message or import.';
comment on column failed_item.kind is 'What could not be done, such as score_message; names the handler that retries it.';
comment on column failed_item.payload is 'What a retry needs and is kept nowhere else: the message of a line of an import, as JSON.';
comment on column failed_item.retry_at is 'When it is tried again by itself; null after the last automatic attempt.';
create index failed_item_due on failed_item (kind, retry_at) where retry_at is not null;
comment on index failed_item_due is 'Claim of the items of a kind that are due';
create index failed_item_message on failed_item (message_id, kind) where message_id is not null;
comment on index failed_item_message is 'What could not be done with a message; batches that leave such messages out; deletion of messages';
create index failed_item_import on failed_item (import_id) where import_id is not null;
comment on index failed_item_import is 'Undoing and deletion of imports';

insert into schedule (name, cron, zone, kind, payload, next_at)
values ('retry-failed-items', '*/5 * * * *', 'Z', 'retry_failed_items_task', '{}', now());
