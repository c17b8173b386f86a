create table start_page_skip (
  account_id uuid primary key references account on delete cascade,
  skipped_at timestamptz not null default now()
);
comment on table start_page_skip is 'Accounts that do not want to see the first steps on the overview.';
