-- loses: projects and which messages belong to them (project, message_project)
drop table message_project;
drop table project;
