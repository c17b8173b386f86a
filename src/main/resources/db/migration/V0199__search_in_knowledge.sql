create table knowledge_document (
  id       uuid primary key,
  topic_id uuid unique references topic on delete cascade,
  atom_id  uuid unique references atom on delete cascade,
  terms    tsvector not null,
  analysis smallint not null,
  check (num_nonnulls(topic_id, atom_id) = 1)
);
comment on table knowledge_document is 'The index terms of topics and atoms, made by the text analysis of the application.';
comment on column knowledge_document.id is 'The id of the topic or atom.';
comment on column knowledge_document.analysis is 'The version of the text analysis that made the terms.';
create index knowledge_document_topics on knowledge_document using gin (terms) where topic_id is not null;
comment on index knowledge_document_topics is 'Full-text search in topics';
create index knowledge_document_atoms on knowledge_document using gin (terms) where atom_id is not null;
comment on index knowledge_document_atoms is 'Full-text search in atoms';

create index atom_near on atom using hnsw (vector vector_cosine_ops) where status <> 'rejected';
comment on index atom_near is 'Semantic search in atoms; the most similar atom of a new one';
