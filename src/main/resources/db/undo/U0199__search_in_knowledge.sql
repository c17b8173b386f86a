-- loses: the search index of topics and atoms (knowledge_document); it is made anew when the table is there again
drop index atom_near;
drop table knowledge_document;
