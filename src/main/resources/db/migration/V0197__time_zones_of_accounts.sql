alter table account add column time_zone text check (length(time_zone) between 1 and 50);
comment on column account.time_zone is
  'A region of the tz database. Null until the first sign-in of a browser or the user tells it; DEFAULT_ZONE applies then.';
