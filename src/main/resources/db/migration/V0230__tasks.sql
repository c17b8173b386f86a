create table analysis_run (
  id                       uuid primary key,
  scope                    uuid not null,
  project_id               uuid references project on delete set null,
  trigger_type             text not null check (trigger_type in ('manual', 'scheduled', 'custom')),
  status                   text not null check (status in ('pending', 'running', 'completed', 'reviewed', 'closed', 'failed', 'cancelled')),
  is_cancelling            boolean not null default false,
  analyst                  text not null,
  time_window_start        timestamptz not null,
  time_window_end          timestamptz not null,
  includes_noise           boolean not null default false,
  is_project_only          boolean not null default false,
  config_snapshot          text not null,
  position                 text,
  job_id                   uuid,
  retry_of                 uuid references analysis_run on delete set null,
  messages_in_window       bigint not null default 0,
  messages_after_prefilter bigint not null default 0,
  messages_processed       bigint not null default 0,
  batches_total            int not null default 0,
  batches_done             int not null default 0,
  refused_count            int not null default 0,
  llm_tokens_used          bigint not null default 0,
  cost_estimate            double precision not null default 0,
  error                    text,
  accuracy_metrics         text,
  created_by               text not null,
  created_at               timestamptz not null default now(),
  started_at               timestamptz,
  completed_at             timestamptz,
  closed_at                timestamptz,
  updated_at               timestamptz not null default now(),
  check (time_window_start < time_window_end)
);
comment on table analysis_run is 'Runs of a task analyst over the messages of a window of time.';
comment on column analysis_run.scope is 'The project, or zeros for a run over all messages; no foreign key, so that a deleted project frees nothing.';
comment on column analysis_run.status is 'completed: proposals wait for a decision; reviewed: all are decided; closed: by a person.';
comment on column analysis_run.is_cancelling is 'A running run stops after the batch that is at work.';
comment on column analysis_run.is_project_only is 'Only messages that were recognised as the project''s; others are context.';
comment on column analysis_run.config_snapshot is 'The settings as they were at its creation: JSON.';
comment on column analysis_run.position is 'Where the next batch starts: JSON, written in the transaction that stores the batch before.';
comment on column analysis_run.accuracy_metrics is 'What people decided about its proposals, as JSON, written when it is closed.';
create unique index analysis_run_open on analysis_run (scope) where status in ('pending', 'running', 'completed');
comment on index analysis_run_open is 'At most one open run of each project';
create index analysis_run_newest on analysis_run (created_at desc, id desc);
comment on index analysis_run_newest is 'List of runs, newest first';
create index analysis_run_project on analysis_run (project_id) where project_id is not null;
comment on index analysis_run_project is 'Deletion of projects';
create index analysis_run_retry on analysis_run (retry_of) where retry_of is not null;
comment on index analysis_run_retry is 'Deletion of runs';

create table analysis_refusal (
  id         uuid primary key,
  run_id     uuid not null references analysis_run on delete cascade,
  item       text not null,
  reason     text not null,
  created_at timestamptz not null default now()
);
comment on table analysis_refusal is 'What a task analyst proposed and validation refused, with the reason; at most 100 of each run.';
create index analysis_refusal_run on analysis_refusal (run_id, created_at);
comment on index analysis_refusal_run is 'Refused proposals of a run';

create table task (
  id            uuid primary key,
  number        bigint generated always as identity unique,
  title         text not null check (char_length(title) between 1 and 500),
  description   text not null default '' check (char_length(description) <= 10000),
  status        text not null check (status in ('open', 'in_progress', 'completed', 'closed')),
  priority      text not null check (priority in ('low', 'medium', 'high', 'critical')),
  category      text not null check (category in ('bug', 'feature', 'improvement', 'question', 'chore')),
  tags          text not null default '[]',
  project_id    uuid references project on delete set null,
  parent_id     uuid references task on delete cascade,
  assignee_id   uuid references person on delete set null,
  assignee_name text check (char_length(assignee_name) <= 300),
  due_on        date,
  due_at        timestamptz,
  revision      int not null default 1,
  created_by    text not null,
  created_at    timestamptz not null default now(),
  updated_at    timestamptz not null default now(),
  completed_at  timestamptz
);
comment on table task is 'Work that people agreed on. The words that a task comes from are those of its proposals.';
comment on column task.number is 'The short name of the task for people.';
comment on column task.tags is 'JSON array of texts.';
comment on column task.parent_id is 'The task that this one is a part of.';
comment on column task.assignee_name is 'Who is to do it as the message said it; the name of the person when one was recognised.';
comment on column task.due_on is 'The last day, as people of the chat count it.';
comment on column task.due_at is 'The moment, when a time of day was said.';
comment on column task.revision is 'Grows with each change; a change of an earlier revision is refused.';
create index task_newest on task (created_at desc, id desc);
comment on index task_newest is 'List of tasks, newest first';
create index task_status on task (status, created_at desc, id desc);
comment on index task_status is 'List and count of tasks of a status';
create index task_due on task (due_on, id);
comment on index task_due is 'List of tasks by due date, those without one last';
create index task_assignee on task (assignee_id, created_at desc, id desc) where assignee_id is not null;
comment on index task_assignee is 'Tasks of a person; deletion of people';
create index task_project on task (project_id, created_at desc, id desc) where project_id is not null;
comment on index task_project is 'Tasks of a project; deletion of projects';
create index task_parent on task (parent_id) where parent_id is not null;
comment on index task_parent is 'Parts of a task';

create table task_change (
  id         uuid primary key,
  task_id    uuid not null references task on delete cascade,
  action     text not null check (action in ('created', 'edited', 'merged', 'undone')),
  previous   text not null,
  data       text not null,
  revision   int not null,
  changed_by text not null,
  changed_at timestamptz not null default now(),
  undone_at  timestamptz
);
comment on table task_change is 'Every change of a task with its author, so that it can be read and undone.';
comment on column task_change.previous is 'The changed fields before, as JSON.';
comment on column task_change.data is 'The changed fields after, as JSON.';
comment on column task_change.revision is 'The revision of the task after the change.';
create index task_change_task on task_change (task_id, changed_at desc, id desc);
comment on index task_change_task is 'History of a task, newest first';

create table task_proposal (
  id               uuid primary key,
  run_id           uuid references analysis_run on delete set null,
  project_id       uuid references project on delete set null,
  title            text not null check (char_length(title) between 1 and 500),
  title_key        text not null,
  description      text not null check (char_length(description) <= 10000),
  priority         text not null check (priority in ('low', 'medium', 'high', 'critical')),
  category         text not null check (category in ('bug', 'feature', 'improvement', 'question', 'chore')),
  tags             text not null default '[]',
  assignee_id      uuid references person on delete set null,
  assignee_name    text,
  due_on           date,
  due_at           timestamptz,
  sub_tasks        text not null default '[]',
  confidence       real not null check (confidence between 0 and 1),
  analyst          text not null,
  reason           text not null,
  review_note      text check (review_note in ('evidence_changed', 'evidence_deleted')),
  recommendation   text not null default 'new_task' check (recommendation in ('new_task', 'update_existing', 'merge', 'reject')),
  similar_task     uuid references task on delete set null,
  similar_proposal uuid references task_proposal on delete set null,
  similarity       real check (similarity between 0 and 1),
  similarity_type  text not null default 'none' check (similarity_type in ('exact_messages', 'same_title', 'semantic', 'none')),
  fingerprint      bytea not null,
  message_id       uuid not null,
  vector           vector(384),
  status           text not null check (status in ('pending', 'approved', 'rejected', 'merged')),
  rejection_reason text check (char_length(rejection_reason) between 1 and 1000),
  task_id          uuid references task on delete set null,
  said_at          timestamptz not null,
  revision         int not null default 1,
  created_by       text not null,
  created_at       timestamptz not null default now(),
  updated_at       timestamptz not null default now(),
  decided_by       text,
  decided_at       timestamptz,
  unique (message_id, fingerprint)
);
comment on table task_proposal is 'Tasks that an analyst proposes, each with the words it rests on (proposal_quote). People decide.';
comment on column task_proposal.title_key is 'The title in lower case, with letters and digits only; titles that differ less are the same.';
comment on column task_proposal.tags is 'JSON array of texts.';
comment on column task_proposal.sub_tasks is 'The items of a list in the message: JSON array.';
comment on column task_proposal.reason is 'Why the analyst proposed it: JSON of a code and its details.';
comment on column task_proposal.fingerprint is 'Salted hash of the normalised title and main quote as they were proposed.';
comment on column task_proposal.message_id is 'The message of its main quote; no foreign key, because the quote outlives the message.';
comment on column task_proposal.task_id is 'The task that it became or was merged into.';
comment on column task_proposal.said_at is 'When its main quote was sent.';
comment on column task_proposal.revision is 'Grows with each change; a decision about an earlier revision is refused.';
create index task_proposal_review on task_proposal (status, confidence desc, id);
comment on index task_proposal_review is 'Review list: one status, highest confidence first; counts of the tabs';
create index task_proposal_title on task_proposal (title_key);
comment on index task_proposal_title is 'Duplicates of a new proposal by their titles';
create index task_proposal_newest on task_proposal (created_at desc, id desc);
comment on index task_proposal_newest is 'List of proposals, newest first';
create index task_proposal_oldest on task_proposal (said_at, id);
comment on index task_proposal_oldest is 'List of proposals, what was said first first';
create index task_proposal_run on task_proposal (run_id, status);
comment on index task_proposal_run is 'Proposals of a run and their counts';
create index task_proposal_task on task_proposal (task_id) where task_id is not null;
comment on index task_proposal_task is 'Proposals of a task; deletion of tasks';
create index task_proposal_decided on task_proposal (decided_at desc nulls last, id desc) where decided_by is not null;
comment on index task_proposal_decided is 'What the built-in analyst learns from: the latest decisions';
create index task_proposal_similar_task on task_proposal (similar_task) where similar_task is not null;
comment on index task_proposal_similar_task is 'Deletion of tasks';
create index task_proposal_similar on task_proposal (similar_proposal) where similar_proposal is not null;
comment on index task_proposal_similar is 'Deletion of proposals';
create index task_proposal_assignee on task_proposal (assignee_id) where assignee_id is not null;
comment on index task_proposal_assignee is 'Deletion of people';
create index task_proposal_project on task_proposal (project_id) where project_id is not null;
comment on index task_proposal_project is 'Deletion of projects';

create table proposal_quote (
  proposal_id uuid not null references task_proposal on delete cascade,
  position    int not null,
  message_id  uuid not null,
  revision    int not null,
  start_at    int not null,
  end_at      int not null check (end_at > start_at),
  quote       text not null,
  state       text not null default 'valid' check (state in ('valid', 'changed', 'deleted')),
  author      text not null,
  sent_at     timestamptz not null,
  primary key (proposal_id, position)
);
comment on table proposal_quote is
  'Quotes of a proposal, and of the task that it became. An edit or deletion of the message changes the state, never the quote.';
create index proposal_quote_message on proposal_quote (message_id);
comment on index proposal_quote_message is 'Proposals of a message; edits and deletions of messages';

create table proposal_decision (
  id          uuid primary key,
  proposal_id uuid not null references task_proposal on delete cascade,
  action      text not null check (action in ('approve', 'reject', 'merge')),
  task_id     uuid,
  revision    int not null,
  decided_by  text not null,
  decided_at  timestamptz not null default now(),
  undone_at   timestamptz
);
comment on table proposal_decision is 'Decisions of people about proposals, so that they can be listed and undone.';
comment on column proposal_decision.task_id is 'The task that was created or merged into; no foreign key, because undoing deletes it.';
comment on column proposal_decision.revision is 'The revision of the proposal after the decision.';
create index proposal_decision_person on proposal_decision (decided_by, decided_at desc, id desc);
comment on index proposal_decision_person is 'Decisions of a person, newest first';
create index proposal_decision_proposal on proposal_decision (proposal_id);
comment on index proposal_decision_proposal is 'Deletion of proposals';

create table rejected_proposal (
  fingerprint bytea primary key,
  rejected_by text not null,
  rejected_at timestamptz not null default now()
);
comment on table rejected_proposal is
  'Fingerprints of what people rejected; kept when the proposal is deleted, so that it is never proposed again.';

insert into schedule (name, cron, zone, kind, payload, next_at)
values ('lost-analysis-runs', '*/5 * * * *', 'Z', 'fail_lost_analysis_runs_task', '{}', now());
