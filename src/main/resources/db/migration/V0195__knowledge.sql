create table topic (
  id          uuid primary key,
  name        text not null check (char_length(name) between 1 and 100),
  name_key    text not null unique,
  description text not null default '' check (char_length(description) <= 5000),
  icon        text not null,
  color       text not null check (color ~ '^#[0-9A-F]{6}$'),
  is_active   boolean not null default true,
  analyst     text,
  reason      text,
  vector      vector(384),
  revision    int not null default 1,
  created_by  text not null,
  created_at  timestamptz not null default now(),
  updated_at  timestamptz not null default now()
);
comment on table topic is 'Named themes of the discussion, found by an analyst or created by people.';
comment on column topic.name_key is 'The name in lower case, with letters and digits only; names that differ less are the same.';
comment on column topic.analyst is 'Which analyst found it; null when a person created it.';
comment on column topic.reason is 'Why the analyst proposed it: JSON of a code and its details.';
comment on column topic.vector is 'Embedding of name and description by the local model.';
comment on column topic.revision is 'Grows with each change; a decision about an earlier revision is refused.';
create index topic_newest on topic (created_at desc, id desc);
comment on index topic_newest is 'List of topics, newest first';

create table topic_former_name (
  name_key   text primary key,
  topic_id   uuid not null references topic on delete cascade,
  name       text not null,
  renamed_at timestamptz not null default now()
);
comment on table topic_former_name is 'Names that people replaced. What is found under one of them belongs to the renamed topic.';
create index topic_former_name_topic on topic_former_name (topic_id);
comment on index topic_former_name_topic is 'Former names of a topic';

create table extraction_run (
  id                 uuid primary key,
  scope              text not null check (scope in ('live', 'history', 'request')),
  trigger_type       text not null check (trigger_type in ('auto_threshold', 'scheduled_task', 'api_trigger', 'history')),
  status             text not null check (status in ('pending', 'running', 'cancelling', 'completed', 'failed', 'cancelled')),
  analyst            text not null,
  selection          text not null,
  position           text,
  job_id             uuid,
  message_count      bigint not null default 0,
  messages_processed bigint not null default 0,
  topics_created     int not null default 0,
  atoms_created      int not null default 0,
  links_created      int not null default 0,
  versions_created   int not null default 0,
  quotes_added       int not null default 0,
  refused_count      int not null default 0,
  error              text,
  created_by         text not null,
  created_at         timestamptz not null default now(),
  started_at         timestamptz,
  ended_at           timestamptz,
  updated_at         timestamptz not null default now()
);
comment on table extraction_run is 'Runs of an analyst over messages, with what they created.';
comment on column extraction_run.selection is 'Which messages: JSON of ids, or of a period and filters.';
comment on column extraction_run.position is 'Where the next batch starts: JSON, written in the transaction that stores the batch before.';
comment on column extraction_run.refused_count is 'Proposals of the analyst that did not pass validation; the reasons are in extraction_refusal.';
create unique index extraction_run_active on extraction_run (scope) where status in ('pending', 'running', 'cancelling');
comment on index extraction_run_active is 'At most one active run of each scope';
create index extraction_run_newest on extraction_run (created_at desc, id desc);
comment on index extraction_run_newest is 'List of runs, newest first';

create table extraction_refusal (
  id         uuid primary key,
  run_id     uuid not null references extraction_run on delete cascade,
  item       text not null,
  reason     text not null,
  created_at timestamptz not null default now()
);
comment on table extraction_refusal is 'What an analyst proposed and validation refused, with the reason; at most 100 of each run.';
create index extraction_refusal_run on extraction_refusal (run_id, created_at);
comment on index extraction_refusal_run is 'Refused proposals of a run';

create table atom (
  id          uuid primary key,
  type        text not null check (type in ('problem', 'solution', 'decision', 'question', 'insight', 'idea', 'blocker', 'risk',
                                            'requirement', 'pattern')),
  title       text not null check (char_length(title) between 1 and 200),
  content     text not null check (char_length(content) between 1 and 5000),
  confidence  real check (confidence between 0 and 1),
  status      text not null check (status in ('pending', 'approved', 'rejected', 'archived')),
  review_note text check (review_note in ('evidence_changed', 'evidence_deleted', 'instructions')),
  analyst     text,
  reason      text,
  run_id      uuid references extraction_run on delete set null,
  fingerprint bytea not null unique,
  similar_to  uuid references atom on delete set null,
  similarity  real,
  vector      vector(384),
  said_at     timestamptz not null,
  revision    int not null default 1,
  created_by  text not null,
  created_at  timestamptz not null default now(),
  updated_at  timestamptz not null default now(),
  decided_by  text,
  decided_at  timestamptz
);
comment on table atom is 'Smallest units of knowledge, each with the words it rests on (atom_evidence).';
comment on column atom.review_note is 'Why an atom that was decided waits for review again, or deserves a second look.';
comment on column atom.analyst is 'Which analyst proposed it; null when a person created it.';
comment on column atom.reason is 'Why the analyst proposed it: JSON of a code and its details.';
comment on column atom.fingerprint is 'Salted hash of the normalised text as it was proposed. The same text is never proposed twice.';
comment on column atom.similar_to is 'An atom that says nearly the same; only a suggestion.';
comment on column atom.said_at is 'When its main quote was sent.';
comment on column atom.revision is 'Grows with each change; a decision about an earlier revision is refused.';
create index atom_review on atom (status, confidence desc nulls last, id);
comment on index atom_review is 'Review list: one status, highest confidence first; counts of the tabs';
create index atom_open_question on atom (said_at desc, id desc) where type = 'question' and status in ('pending', 'approved');
comment on index atom_open_question is 'Newest questions that may be open';
create index atom_decided on atom (decided_at desc) where decided_by is not null;
comment on index atom_decided is 'What the built-in analyst learns from: the latest decisions';
create index atom_newest on atom (said_at desc, id desc);
comment on index atom_newest is 'List of atoms, newest first';
create index atom_type on atom (type, status, said_at desc, id desc);
comment on index atom_type is 'Newest decisions and open questions; filter by type';
create index atom_similar on atom (similar_to) where similar_to is not null;
comment on index atom_similar is 'Deletion of an atom';
create index atom_run on atom (run_id) where run_id is not null;
comment on index atom_run is 'Atoms of a run';

create table atom_evidence (
  atom_id    uuid not null references atom on delete cascade,
  position   int not null,
  message_id uuid not null,
  revision   int not null,
  start_at   int not null,
  end_at     int not null check (end_at > start_at),
  quote      text not null,
  state      text not null default 'valid' check (state in ('valid', 'changed', 'deleted')),
  author     text not null,
  sent_at    timestamptz not null,
  primary key (atom_id, position)
);
comment on table atom_evidence is
  'Quotes of an atom. An edit or deletion of the message changes the state, never the quote, so there is no foreign key to it.';
comment on column atom_evidence.start_at is 'Position of the first UTF-16 unit in that revision of the message.';
create index atom_evidence_message on atom_evidence (message_id);
comment on index atom_evidence_message is 'Atoms of a message; edits and deletions of messages';

create table topic_atom (
  topic_id   uuid not null references topic on delete cascade,
  atom_id    uuid not null references atom on delete cascade,
  position   int,
  note       text check (char_length(note) <= 1000),
  created_at timestamptz not null default now(),
  primary key (topic_id, atom_id)
);
comment on table topic_atom is 'Which atoms belong to a topic.';
create index topic_atom_atom on topic_atom (atom_id);
comment on index topic_atom_atom is 'Topics of an atom';

create table atom_link (
  from_atom_id uuid not null references atom on delete cascade,
  to_atom_id   uuid not null references atom on delete cascade,
  link_type    text not null check (link_type in ('continues', 'solves', 'contradicts', 'supports', 'refines', 'relates_to', 'depends_on')),
  strength     real check (strength between 0 and 1),
  created_at   timestamptz not null default now(),
  primary key (from_atom_id, to_atom_id),
  check (from_atom_id <> to_atom_id)
);
comment on table atom_link is 'Directed, typed links between atoms; at most one for each ordered pair.';
create index atom_link_to on atom_link (to_atom_id);
comment on index atom_link_to is 'Links that lead to an atom';

create table knowledge_version (
  id            uuid primary key,
  entity_type   text not null check (entity_type in ('topic', 'atom')),
  entity_id     uuid not null,
  version       int not null,
  data          text not null,
  previous      text not null,
  base_revision int not null,
  status        text not null check (status in ('pending', 'approved', 'rejected')),
  created_by    text not null,
  created_at    timestamptz not null default now(),
  decided_by    text,
  decided_at    timestamptz,
  unique (entity_type, entity_id, version)
);
comment on table knowledge_version is 'Proposed and applied changes of topics and atoms, numbered without gaps for each of them.';
comment on column knowledge_version.data is 'The changed fields as JSON.';
comment on column knowledge_version.previous is 'The same fields before the change, as JSON.';
comment on column knowledge_version.base_revision is 'The revision of the topic or atom that the change was made for.';
create index knowledge_version_status on knowledge_version (status, created_at desc, id desc);
comment on index knowledge_version_status is 'List of versions by status, newest first; count of pending versions';

create table knowledge_decision (
  id          uuid primary key,
  entity_type text not null check (entity_type in ('topic', 'atom', 'version')),
  entity_id   uuid not null,
  action      text not null,
  previous    text not null,
  revision    int not null,
  decided_by  text not null,
  decided_at  timestamptz not null default now(),
  undone_at   timestamptz
);
comment on table knowledge_decision is 'Decisions of people about atoms and versions, so that they can be listed and undone.';
comment on column knowledge_decision.previous is 'What undoing restores, as JSON.';
comment on column knowledge_decision.revision is 'The revision of the topic or atom after the decision; a later one means that something was built on it.';
create index knowledge_decision_person on knowledge_decision (decided_by, decided_at desc, id desc);
comment on index knowledge_decision_person is 'Decisions of a person, newest first';

create index knowledge_decision_entity on knowledge_decision (entity_type, entity_id);
comment on index knowledge_decision_entity is 'Undoing decisions of an atom in their order';

create table message_examination (
  message_id  uuid primary key references message on delete cascade,
  revision    int not null,
  analyst     text not null,
  run_id      uuid references extraction_run on delete set null,
  examined_at timestamptz not null default now()
);
comment on table message_examination is 'Which revision of a message was examined, when and by which analyst.';
create index message_examination_run on message_examination (run_id) where run_id is not null;
comment on index message_examination_run is 'Deletion of runs';

create table rejected_atom (
  fingerprint bytea primary key,
  rejected_by text not null,
  rejected_at timestamptz not null default now()
);
comment on table rejected_atom is 'Fingerprints of texts that people rejected; kept when the atom is deleted, so that it is never proposed again.';

create table knowledge_salt (
  id   int primary key check (id = 1),
  salt bytea not null
);
comment on table knowledge_salt is 'The secret of the fingerprints: without it a fingerprint does not tell whether somebody wrote a sentence.';
insert into knowledge_salt (id, salt)
values (1, sha256((gen_random_uuid()::text || gen_random_uuid()::text || gen_random_uuid()::text)::bytea));

alter table message add column topic_id uuid references topic on delete set null;
alter table message add column topic_set_by text;
comment on column message.topic_id is 'The topic of the message; null when none was found.';
comment on column message.topic_set_by is 'The analyst or person that set it; what a person set, no analyst changes.';
create index message_topic on message (topic_id, sent_at desc, id desc) where topic_id is not null;
comment on index message_topic is 'Messages of a topic, newest first';

insert into schedule (name, cron, zone, kind, payload, next_at)
values ('knowledge-extraction', '0 9 * * *', 'Z', 'scheduled_knowledge_extraction_task', '{}', now()),
       ('due-extraction', '*/10 * * * *', 'Z', 'start_due_extraction_task', '{"history": true}', now());
