create table search_document (
  message_id uuid primary key references message on delete cascade,
  terms      tsvector not null,
  words      int not null check (words > 0)
);
comment on table search_document is
  'The words of each message in the forms they are found by, made by the application: no text search configuration of the database knows Ukrainian.';
comment on column search_document.words is 'Length in words: a word in a short message weighs more.';
-- Its most common terms and their frequencies are what words are weighed by; the usual hundred would be too few.
alter table search_document alter column terms set statistics 1000;
-- Messages that hold some of the words: terms @@ ?.
create index search_document_terms on search_document using gin (terms);

create table search_word (
  word text primary key check (length(word) between 3 and 40)
);
comment on table search_word is 'Every word that was ever written here: what a misspelt one may have meant.';
-- Words spelt like another (word % ?), and words that begin with some letters (word like ?).
create index search_word_trigrams on search_word using gin (word gin_trgm_ops);
