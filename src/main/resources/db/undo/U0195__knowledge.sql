-- loses: topics, atoms and their evidence, links, versions, decisions and extraction runs (topic, topic_former_name, extraction_run, extraction_refusal, atom, atom_evidence, topic_atom, atom_link, knowledge_version, knowledge_decision, message_examination, rejected_atom, knowledge_salt)
-- loses: the topics of messages (message.topic_id, message.topic_set_by)
-- loses: changed schedules of knowledge-extraction and due-extraction (schedule.cron, schedule.enabled, schedule.next_at, schedule.last_at, schedule.last_job)
delete from schedule where name in ('knowledge-extraction', 'due-extraction');
alter table message drop column topic_set_by;
alter table message drop column topic_id;
drop table knowledge_salt;
drop table rejected_atom;
drop table message_examination;
drop table knowledge_decision;
drop table knowledge_version;
drop table atom_link;
drop table topic_atom;
drop table atom_evidence;
drop table atom;
drop table extraction_refusal;
drop table extraction_run;
drop table topic_former_name;
drop table topic;
