-- Documents that are there, and those that a server of the release before writes, are of analysis 1.
alter table search_document add column analysis smallint not null default 1;
comment on column search_document.analysis is
  'Which analysis of words has made the terms; ReindexMessagesHandler makes those of earlier ones anew.';
create index search_document_analysis on search_document (analysis);
comment on index search_document_analysis is 'Indexing.countOutdated: how many documents an earlier analysis has made';
