alter table knowledge_version add column edited_at timestamptz;
comment on column knowledge_version.edited_at is
  'When its author last changed it: edits within one session are one version. Null for a proposed change.';
comment on column knowledge_version.base_revision is
  'The revision of the topic or atom that the change was made for; of an edit, the one before its last change.';
create index knowledge_version_edit on knowledge_version (entity_type, entity_id, base_revision) where edited_at is not null;
comment on index knowledge_version_edit is 'The edit that a further one continues';
