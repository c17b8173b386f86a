-- How often the worker of a job was lost, apart from its attempts: a job that ends its servers is dead after three.
alter table job add column lost int not null default 0 check (lost >= 0);
comment on column job.lost is
  'Workers lost while an attempt ran that had made no progress. Above 0 the job is claimed alone; at 3 it is dead, and only a retry of this one job gives it another try.';
create index job_suspect on job (run_at) where lost > 0 and state in ('queued', 'retryable', 'snoozed');
comment on index job_suspect is 'Claim of one job that has lost a worker before: the longest waiting one';
