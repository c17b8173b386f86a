create table project (
  id                   uuid primary key,
  name                 text not null unique check (char_length(name) between 1 and 200),
  description          text not null default '' check (char_length(description) <= 5000),
  keywords             text[] not null check (cardinality(keywords) between 1 and 200),
  glossary             text not null,
  components           text not null,
  critical_keywords    text[] not null,
  high_keywords        text[] not null,
  default_assignee_ids uuid[] not null,
  pm_person_id         uuid references person on delete set null,
  language             text check (language in ('en', 'uk', 'ru')),
  is_active            boolean not null default true,
  version              text not null,
  generation           bigint not null default 1,
  revision             int not null default 1,
  created_by           text not null,
  created_at           timestamptz not null default now(),
  updated_at           timestamptz not null default now()
);
comment on table project is 'Projects of the team: the words by which messages are recognised, and what agents need to know.';
comment on column project.glossary is 'Terms and their definitions as JSON.';
comment on column project.components is 'Parts of the project with their own keywords, as JSON.';
comment on column project.version is 'Major.minor.patch; the minor number grows with each change of words or rules.';
comment on column project.generation is 'Grows with each change that messages must be classified again for.';
create index project_pm on project (pm_person_id) where pm_person_id is not null;
comment on index project_pm is 'Deletion of people';

create table message_project (
  message_id uuid primary key references message on delete cascade,
  project_id uuid not null references project on delete cascade,
  confidence real not null check (confidence between 0 and 1),
  matched    text[] not null,
  sent_at    timestamptz not null
);
comment on table message_project is 'The project of a message, with the words that it was recognised by.';
create index message_project_newest on message_project (project_id, sent_at desc, message_id desc);
comment on index message_project_newest is 'Messages of a project, newest first';
