-- loses: which analysis has made a document (search_document.analysis); all are made anew when the column is there again
drop index search_document_analysis;
alter table search_document drop column analysis;
