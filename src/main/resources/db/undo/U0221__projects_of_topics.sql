-- loses: the projects of topics (topic.project_id, topic.project_matched); they are found again after the next change of a project
drop index topic_project;
alter table topic drop column project_matched, drop column project_id;
