create table known_device (
  id         uuid primary key,
  token_hash bytea not null unique check (octet_length(token_hash) = 32),
  account_id uuid not null references account on delete cascade,
  created_at timestamptz not null default now(),
  used_at    timestamptz not null default now()
);
comment on table known_device is 'Browsers in which somebody signed in before. Their tries are counted by themselves, so that strangers who guess lock nobody out.';
comment on column known_device.token_hash is 'SHA-256 of one of the tokens in the cookie tt_device: who reads this table can not present it.';
-- Finds the browsers of an account; forgets the oldest beyond twenty, or all.
create index known_device_account on known_device (account_id, used_at desc);
