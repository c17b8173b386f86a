alter table topic add column project_id uuid references project on delete set null;
alter table topic add column project_matched text[] not null default '{}';
comment on column topic.project_id is 'The project of the topic, by its text or its latest messages; null when none is recognised.';
comment on column topic.project_matched is 'The words that the project was recognised by.';
create index topic_project on topic (project_id) where project_id is not null;
comment on index topic_project is 'Topics of a project; deletion of projects';
