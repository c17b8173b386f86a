-- loses: that a word was first written by several transactions at once; it is there once again
delete from search_word again using search_word once where again.word = once.word and again.ctid > once.ctid;
drop index search_word_word;
alter table search_word add constraint search_word_pkey primary key (word);
comment on table search_word is
  'Every word that was ever written here: what a misspelt one may have meant.';
