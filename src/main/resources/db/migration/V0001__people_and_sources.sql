create extension if not exists vector;
create extension if not exists pg_trgm;

create table source (
  id         uuid primary key,
  name       text not null unique check (length(name) between 1 and 100),
  type       text not null check (type in ('telegram', 'slack', 'email', 'api')),
  is_active  boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table source is 'A way in: Telegram, Slack exports, the API.';

create table chat (
  id          uuid primary key,
  source_id   uuid not null references source on delete cascade,
  external_id text not null,
  kind        text not null check (kind in ('private', 'group', 'supergroup', 'channel', 'other')),
  title       text,
  created_at  timestamptz not null default now(),
  updated_at  timestamptz not null default now(),
  unique (source_id, external_id)
);
comment on column chat.external_id is 'Join key over all ways in: user:ID, group:ID, channel:ID with bare ids for Telegram.';

create table chat_alias (
  source_id   uuid not null references source on delete cascade,
  external_id text not null,
  chat_id     uuid not null references chat on delete cascade,
  primary key (source_id, external_id)
);
comment on table chat_alias is 'Old ids of a chat: a group that became a supergroup keeps answering to its old id.';

create table person (
  id         uuid primary key,
  first_name text not null check (length(first_name) between 1 and 200),
  last_name  text check (length(last_name) <= 200),
  email      text unique,
  phone      text unique check (phone ~ '^\+?[1-9][0-9]{1,14}$'),
  is_active  boolean not null default true,
  is_bot     boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table person is 'Somebody who speaks in a chat. Those who sign in are in account.';
-- Filters messages by the name of their author: person.name ilike '%olena%'.
create index person_name_trgm on person using gin ((first_name || ' ' || coalesce(last_name, '')) gin_trgm_ops);

create table speaker (
  source_id   uuid not null references source on delete cascade,
  external_id text not null,
  person_id   uuid not null references person on delete cascade,
  primary key (source_id, external_id)
);
comment on table speaker is 'Under which id a source knows a person.';
-- Deletes and merges of a person.
create index speaker_person on speaker (person_id);

create table telegram_profile (
  id               uuid primary key,
  telegram_user_id bigint not null unique,
  person_id        uuid not null unique references person on delete cascade,
  source_id        uuid not null references source on delete cascade,
  first_name       text not null,
  last_name        text,
  username         text,
  language_code    text,
  is_bot           boolean not null default false,
  is_premium       boolean not null default false,
  created_at       timestamptz not null default now(),
  updated_at       timestamptz not null default now()
);

create table avatar (
  person_id  uuid primary key references person on delete cascade,
  media_type text not null check (media_type in ('image/jpeg', 'image/png', 'image/webp')),
  bytes      bytea not null check (octet_length(bytes) <= 1048576),
  file_key   text,
  fetched_at timestamptz not null default now()
);
comment on column avatar.file_key is 'Telegram''s file_unique_id, to see whether the picture changed. Never a URL: those hold the bot token.';
