create index knowledge_version_change on knowledge_version (entity_type, entity_id, md5(data::jsonb::text))
  where status in ('pending', 'rejected');
comment on index knowledge_version_change is 'Whether the same change of a topic or atom waits or was rejected';
create index knowledge_version_waiting on knowledge_version (entity_type, entity_id) where status = 'pending';
comment on index knowledge_version_waiting is 'Whether a version of a topic or atom waits';
create index knowledge_version_newest on knowledge_version (created_at desc, id desc);
comment on index knowledge_version_newest is 'List of all versions, newest first';
create index knowledge_version_type on knowledge_version (entity_type, status, created_at desc, id desc);
comment on index knowledge_version_type is 'List of versions of topics or of atoms by status, newest first';

drop index knowledge_decision_entity;
create index knowledge_decision_entity on knowledge_decision (entity_type, entity_id, revision);
comment on index knowledge_decision_entity is 'Undoing decisions of an atom in their order';

-- These tables are new in the release that brings this index, so that it is built of few rows.
create index topic_near on topic using hnsw (vector vector_cosine_ops);
comment on index topic_near is 'Semantic search in topics';
