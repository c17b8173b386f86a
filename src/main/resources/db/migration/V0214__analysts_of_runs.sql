alter table extraction_run add column agent_id uuid;
comment on column extraction_run.agent_id is 'The agent that was chosen for the run; null for those that are assigned to the task.';
comment on column extraction_run.analyst is 'Who examined the first messages, or is to be asked first; extraction_run_analyst tells of all.';

create table extraction_run_analyst (
  run_id       uuid not null references extraction_run on delete cascade,
  analyst      text not null,
  messages     bigint not null default 0,
  atoms        int not null default 0,
  refused      int not null default 0,
  words        bigint not null default 0,
  failures     int not null default 0,
  last_failure text,
  primary key (run_id, analyst)
);
comment on table extraction_run_analyst is 'What each analyst did in a run, and how often it was asked in vain.';
