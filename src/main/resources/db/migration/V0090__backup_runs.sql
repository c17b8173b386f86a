create table backup_run (
  id          uuid primary key default gen_random_uuid(),
  kind        text not null check (kind in ('dump', 'base', 'drill')),
  state       text not null check (state in ('running', 'ok', 'failed')),
  started_at  timestamptz not null default clock_timestamp(),
  finished_at timestamptz,
  bytes       bigint check (bytes >= 0),
  place       text,
  details     jsonb not null default '{}',
  check ((state = 'running') = (finished_at is null))
);
comment on table backup_run is 'What was backed up and what was proven to come back: dumps, base backups, and restore drills, written by the backup scripts.';
-- The last good one of each kind, for the metrics and the system page.
create index backup_run_last on backup_run (kind, state, finished_at desc);
