-- loses: the index of words; it is made again in minutes
drop table search_word, search_document;
