create table inbox (
  id          uuid primary key,
  source_id   uuid not null references source on delete cascade,
  update_id   bigint,
  body_hash   bytea not null,
  body        jsonb not null,
  state       text not null check (state in ('stored', 'ignored', 'failed')),
  error       text,
  received_at timestamptz not null default now(),
  unique nulls not distinct (source_id, update_id, body_hash)
);
comment on table inbox is 'Updates as they came, so that a fault of the reader can be made good by reading again.';
comment on column inbox.body_hash is
  'SHA-256 of the body. An update is known by its id and body: after a quiet week Telegram draws the next id at random, and a clash must lose nothing.';
comment on column inbox.error is 'Why it was ignored or could not be stored.';
-- What is to be read again, oldest first.
create index inbox_failed on inbox (received_at) where state = 'failed';

create table import (
  id               uuid primary key,
  source_id        uuid references source on delete cascade,
  format           text,
  file_name        text,
  file_size        bigint not null default 0,
  status           text not null check (status in ('uploading', 'rehearsing', 'ready', 'pending', 'running',
                     'completed', 'failed', 'cancelled', 'undoing', 'undone')),
  starts_itself    boolean not null default false,
  lines_done       bigint not null default 0,
  lines_total      bigint not null default 0,
  batches_done     int not null default 0,
  messages_stored  bigint not null default 0,
  messages_revised bigint not null default 0,
  messages_skipped bigint not null default 0,
  errors_count     bigint not null default 0,
  chats_total      int not null default 0,
  first_sent_at    timestamptz,
  last_sent_at     timestamptz,
  rehearsal        jsonb,
  job_id           uuid,
  error            text,
  created_by       text not null,
  created_at       timestamptz not null default now(),
  started_at       timestamptz,
  ended_at         timestamptz,
  updated_at       timestamptz not null default now()
);
comment on column import.lines_done is 'Where to go on after a crash: written in the transaction that stores the lines before it.';
-- The history, newest first; a handful of rows a day.
create index import_history on import (created_at desc);

create table import_chunk (
  import_id uuid not null references import on delete cascade,
  number    int not null,
  bytes     bytea not null check (octet_length(bytes) <= 1048576),
  primary key (import_id, number)
);
comment on table import_chunk is 'The uploaded file in pieces of a mebibyte, where every node reaches it; gone when the import is done.';
-- Most files are packed already or read once: do not spend time on packing.
alter table import_chunk alter column bytes set storage external;

create table avatar_ask (
  person_id uuid primary key references person on delete cascade,
  asked_at  timestamptz not null default now()
);
comment on table avatar_ask is 'When Telegram was last asked for a picture, so that it is not asked at every message.';
