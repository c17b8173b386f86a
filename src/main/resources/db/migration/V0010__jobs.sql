-- The ledger: every piece of work to be done later, and what became of it.
create table job (
  id                  uuid primary key,
  kind                text not null check (kind ~ '^[a-z][a-z0-9_]*$'),
  queue               text not null check (queue in ('interactive', 'default', 'bulk')),
  payload             jsonb not null,
  unique_key          text,
  state               text not null default 'queued' check (state in
                        ('queued', 'running', 'retryable', 'snoozed', 'completed', 'dead', 'discarded', 'cancelled')),
  run_at              timestamptz not null default now(),
  ticketed_at         timestamptz,
  attempt             int not null default 0 check (attempt >= 0),
  max_attempts        int not null check (max_attempts > 0),
  node                text,
  lease_until         timestamptz,
  progress_done       bigint,
  progress_total      bigint,
  progress_note       text,
  progress_at_start   bigint not null default 0,
  cancel_requested_at timestamptz,
  decided_by          text,
  decided_at          timestamptz,
  error               text,
  created_at          timestamptz not null default now(),
  started_at          timestamptz,
  finished_at         timestamptz,
  check ((state = 'running') = (lease_until is not null)),
  check ((state in ('completed', 'dead', 'discarded', 'cancelled')) = (finished_at is not null))
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);

comment on table job is 'The ledger of work. Kept by tasktracker.platform.job; see docs/jobs.md for the life of a row.';
comment on column job.payload is 'Ids and small numbers of the job''s record, never texts.';
comment on column job.ticketed_at is 'When a ticket was handed to the broker for the present wait; null when one is owed.';
comment on column job.attempt is 'Attempts begun so far. Only grows, also over snoozes and retries by a person, so that (id, attempt) names one attempt for ever.';
comment on column job.max_attempts is 'The last attempt that may fail without making the job dead; moves along with waits that are nobody''s fault.';
comment on column job.progress_at_start is 'What was done when the present attempt began: an attempt that got on and lost its node is not held against the job.';
comment on column job.decided_by is 'Who last retried or cancelled it by hand; null while only the machine decided.';

create index job_due on job (queue, kind, run_at) include (state) where state in ('queued', 'retryable', 'snoozed');
comment on index job_due is 'Direct claim: the longest waiting jobs of a kind in a queue; counts of waiting jobs';
create index job_owed_ticket on job (run_at) where state in ('queued', 'retryable', 'snoozed') and ticketed_at is null;
comment on index job_owed_ticket is 'Reaper: jobs that have come due and for which no ticket was handed out';
create index job_lease on job (lease_until) where state = 'running';
comment on index job_lease is 'Reaper: leases that have run out; the list of running jobs';
create unique index job_living_key on job (unique_key)
  where unique_key is not null and state in ('queued', 'running', 'retryable', 'snoozed');
comment on index job_living_key is 'Enqueue: at most one living job has a key';
create index job_dead on job (id) where state = 'dead';
comment on index job_dead is 'List of dead jobs, newest first; their count';
create index job_finished on job (finished_at) where state in ('completed', 'discarded', 'cancelled', 'dead');
comment on index job_finished is 'Pruning by age; how many were completed in the last hour';

-- Attempts that did not complete. The one that did is told by the job's own row, which keeps the usual path to one write.
create table job_attempt (
  job_id      uuid not null references job on delete cascade,
  attempt     int not null,
  node        text not null,
  started_at  timestamptz not null,
  finished_at timestamptz not null,
  outcome     text not null check (outcome in ('failed', 'snoozed', 'lost', 'returned', 'discarded', 'cancelled')),
  error       text,
  primary key (job_id, attempt)
);
comment on table job_attempt is 'How each attempt that did not complete its job went; the primary key serves the job''s page';

-- The servers of the cluster, as they last showed themselves.
create table node (
  name        text primary key,
  incarnation uuid not null,
  roles       text not null,
  started_at  timestamptz not null default now(),
  seen_at     timestamptz not null default now(),
  stopped_at  timestamptz
);

-- What is done again and again. A row is claimed with SKIP LOCKED, so it fires once in the cluster.
create table schedule (
  name      text primary key,
  cron      text not null,
  zone      text not null,
  kind      text not null,
  payload   jsonb not null,
  enabled   boolean not null default true,
  next_at   timestamptz not null,
  last_at   timestamptz,
  last_job  uuid
);
comment on column schedule.cron is 'Five fields of Unix cron, read in the row''s time zone';
comment on column schedule.last_job is 'The job of the last firing; it may have been pruned since';
create index schedule_due on schedule (next_at) where enabled;
comment on index schedule_due is 'Firing: schedules that have come due';
