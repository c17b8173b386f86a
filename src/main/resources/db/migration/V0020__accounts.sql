create table account (
  id                  uuid primary key,
  name                text not null unique check (length(name) between 1 and 100 and name = lower(name)),
  display_name        text not null check (length(display_name) between 1 and 200),
  role                text not null check (role in ('admin', 'reviewer', 'reader')),
  is_active           boolean not null default true,
  password_hash       text not null,
  password_changed_at timestamptz not null default now(),
  signed_in_at        timestamptz,
  language            text not null default 'en' check (language in ('en', 'uk')),
  theme               text not null default 'system' check (theme in ('light', 'dark', 'system')),
  density             text not null default 'comfortable' check (density in ('comfortable', 'compact')),
  shortcuts           boolean not null default true,
  version             int not null default 0,
  created_at          timestamptz not null default now(),
  updated_at          timestamptz not null default now()
);
comment on table account is 'Somebody who signs in. Those who speak in chats are in person. Accounts are deactivated, never deleted: decisions keep their authors.';

create table session (
  id         uuid primary key,
  token_hash bytea not null unique check (octet_length(token_hash) = 32),
  account_id uuid not null references account on delete cascade,
  address    text,
  user_agent text check (length(user_agent) <= 300),
  created_at timestamptz not null default now(),
  seen_at    timestamptz not null default now(),
  expires_at timestamptz not null
);
comment on column session.token_hash is 'SHA-256 of the 256 random bits in the cookie: who reads this table can not sign in with it.';
-- Ends every session of an account; lists a person's own sessions.
create index session_account on session (account_id, seen_at desc);
-- Prunes what has run out.
create index session_expiry on session (expires_at);

create table api_token (
  id           uuid primary key,
  account_id   uuid not null references account on delete cascade,
  name         text not null check (length(name) between 1 and 100),
  role         text not null check (role in ('admin', 'reviewer', 'reader')),
  token_hash   bytea not null unique check (octet_length(token_hash) = 32),
  hint         text not null check (length(hint) <= 4),
  is_bootstrap boolean not null default false,
  created_at   timestamptz not null default now(),
  expires_at   timestamptz,
  used_at      timestamptz,
  used_from    text,
  revoked_at   timestamptz
);
comment on column api_token.hint is 'Last characters of the token, to tell one from another.';
comment on column api_token.is_bootstrap is 'The one of ADMIN_TOKEN: it keeps its role whatever becomes of its account.';
-- There is one ADMIN_TOKEN at most.
create unique index api_token_bootstrap on api_token (is_bootstrap) where is_bootstrap;
-- Lists the tokens, newest first; ends those of an account.
create index api_token_account on api_token (account_id, created_at desc);

create table upload_ticket (
  ticket_hash bytea primary key check (octet_length(ticket_hash) = 32),
  session_id  uuid not null references session on delete cascade,
  expires_at  timestamptz not null
);
comment on table upload_ticket is 'One-time addresses for uploads by plain forms, in place of a CSRF token inside a body too big to look into first.';
-- Prunes what has run out.
create index upload_ticket_expiry on upload_ticket (expires_at);
-- Removes the tickets of a session that ends.
create index upload_ticket_session on upload_ticket (session_id);
