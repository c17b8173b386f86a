-- A unique key makes whoever writes a new word wait for all others that are writing it. The same word twice harms
-- nobody, so the key goes: writers look for a word first, and readers take each word once.
alter table search_word drop constraint search_word_pkey;
alter table search_word alter column word set not null;
create index search_word_word on search_word (word);
comment on index search_word_word is 'Indexing: whether a word is known already';
comment on table search_word is
  'Every word that was ever written here: what a misspelt one may have meant. A word that several transactions wrote first at the same moment is here several times.';
