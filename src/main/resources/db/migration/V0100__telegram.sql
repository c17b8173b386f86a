create table telegram_setup (
  id              boolean primary key default true check (id),
  mode            text not null default 'webhook' check (mode in ('webhook', 'polling', 'off')),
  public_url      text check (public_url like 'https://%'),
  registered_url  text,
  registered_at   timestamptz,
  max_connections int not null default 40 check (max_connections between 1 and 100),
  only_listed     boolean not null default false,
  bot_id          bigint,
  bot_username    text,
  bot_name        text,
  reads_all       boolean,
  active_url      text,
  pending_updates int,
  last_error_at   timestamptz,
  last_error      text,
  problem         text,
  problem_text    text,
  checked_at      timestamptz,
  poll_offset     bigint not null default 0,
  poll_offset_at  timestamptz,
  poll_node       text,
  poll_until      timestamptz,
  polled_at       timestamptz,
  poll_problem    text,
  poll_problem_text text
);
comment on table telegram_setup is 'How Telegram reaches us, in one row, and what it said when it was asked last. The bot''s token is never here.';
comment on column telegram_setup.public_url is 'What a person typed; groups are elsewhere, so that changing it never touches them.';
comment on column telegram_setup.active_url is 'Where Telegram itself says that it delivers.';
comment on column telegram_setup.poll_offset is 'The update to ask for next; moves in the transaction that keeps the one before it.';
comment on column telegram_setup.poll_node is 'The one server that polls, until poll_until.';
insert into telegram_setup default values;

create table telegram_secret (
  hash        bytea primary key,
  made_at     timestamptz not null default now(),
  valid_until timestamptz
);
comment on table telegram_secret is 'SHA-256 of the secrets that Telegram was given at a registration. Those before the present one hold for some minutes more.';

create table telegram_group (
  id           uuid primary key,
  telegram_id  bigint not null unique,
  chat_key     text not null unique,
  kind         text not null,
  title        text,
  username     text,
  bot_status   text,
  problem_text text,
  added_by     text,
  created_at   timestamptz not null default now(),
  refreshed_at timestamptz
);
comment on column telegram_group.chat_key is 'Its chat.external_id, which exists once something was said in it.';
comment on column telegram_group.added_by is 'Null when Telegram told us that the bot was added.';

create table telegram_reaction (
  chat_id     uuid not null references chat on delete cascade,
  external_id text not null,
  actor       text not null,
  first_at    timestamptz not null,
  before      jsonb not null,
  last_at     timestamptz not null,
  after       jsonb not null,
  primary key (chat_id, external_id, actor)
);
comment on table telegram_reaction is 'Who chose which emoji: what they had before the first change we heard of, and after the last. Actor * holds the counts to which these are added.';

create table telegram_answer (
  inbox_id uuid primary key references inbox on delete cascade,
  begun_at timestamptz not null default now()
);
comment on table telegram_answer is 'Commands that were answered, written before the answer is sent: it may get lost, it never comes twice.';

-- When Telegram was heard of last.
create index inbox_received on inbox (source_id, received_at desc);
