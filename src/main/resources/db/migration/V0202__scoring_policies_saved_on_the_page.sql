alter table weighing
  add column origin text not null default 'environment' check (origin in ('environment', 'saved')),
  add column actor text check (length(actor) between 1 and 300);
comment on column weighing.origin is
  'environment: the settings of a server gave it, and a start with others replaces it. saved: an administrator saved it, and it stands until another is saved or the environment''s is asked for.';
comment on column weighing.actor is 'Who saved it or asked for the environment''s; null for a start of a server.';
