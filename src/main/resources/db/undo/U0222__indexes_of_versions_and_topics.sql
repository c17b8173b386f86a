drop index topic_near;
drop index knowledge_decision_entity;
create index knowledge_decision_entity on knowledge_decision (entity_type, entity_id);
drop index knowledge_version_type;
drop index knowledge_version_newest;
drop index knowledge_version_waiting;
drop index knowledge_version_change;
