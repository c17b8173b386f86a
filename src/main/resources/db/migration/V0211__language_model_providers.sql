create table llm_provider (
  id                 uuid primary key,
  name               text not null check (char_length(name) between 1 and 100),
  type               text not null check (type in ('builtin', 'ollama', 'openai', 'anthropic', 'gemini')),
  base_url           text check (char_length(base_url) <= 500),
  api_key            text,
  is_active          boolean not null default true,
  failover_order     int not null default 100 check (failover_order between 0 and 1000),
  concurrency        int not null default 2 check (concurrency between 1 and 64),
  timeout_seconds    int not null default 120 check (timeout_seconds between 1 and 3600),
  daily_token_budget bigint not null default 0 check (daily_token_budget >= 0),
  validation_status  text not null default 'pending' check (validation_status in ('pending', 'validating', 'connected', 'error')),
  validation_reason  text,
  validation_detail  text,
  validated_at       timestamptz,
  revision           int not null default 1,
  created_by         text not null,
  created_at         timestamptz not null default now(),
  updated_at         timestamptz not null default now()
);
comment on table llm_provider is 'Servers of language models, and the built-in analyst.';
comment on column llm_provider.api_key is 'Encrypted by tasktracker.platform.secret.SecretCipher: id of the key, colon, Base64.';
comment on column llm_provider.daily_token_budget is 'Tokens a day; 0 for no limit.';
comment on column llm_provider.validation_reason is 'Why the last validation failed: the end of a message key.';
comment on column llm_provider.revision is 'Grows with each change; the result of a validation of an earlier revision is dropped.';
create unique index llm_provider_name on llm_provider (lower(name));
comment on index llm_provider_name is 'Names differ by more than case';
create unique index llm_provider_builtin on llm_provider (type) where type = 'builtin';
comment on index llm_provider_builtin is 'There is one built-in analyst';

create table llm_provider_excluded_chat (
  provider_id uuid not null references llm_provider on delete cascade,
  chat_id     uuid not null references chat on delete cascade,
  primary key (provider_id, chat_id)
);
comment on table llm_provider_excluded_chat is 'Chats whose messages are never sent to a provider.';
create index llm_provider_excluded_chat_chat on llm_provider_excluded_chat (chat_id);
comment on index llm_provider_excluded_chat_chat is 'Deletion of chats';

insert into llm_provider (id, name, type, failover_order, validation_status, validated_at, created_by)
values ('00000000-0000-7000-8000-000000000001', 'Built-in', 'builtin', 1000, 'connected', now(), 'system');
