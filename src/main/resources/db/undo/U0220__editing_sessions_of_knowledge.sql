-- loses: when people last changed their edits (knowledge_version.edited_at); the next edit begins a version of its own
drop index knowledge_version_edit;
alter table knowledge_version drop column edited_at;
