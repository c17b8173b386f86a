create table outbound_allowed (
  id         uuid primary key,
  host       text not null check (char_length(host) between 1 and 253),
  port       int not null check (port between 1 and 65535),
  created_by text not null,
  created_at timestamptz not null default now(),
  unique (host, port)
);
comment on table outbound_allowed is
  'Addresses of this machine and its network that requests to typed addresses may go to, beside those of OUTBOUND_ALLOWED.';
