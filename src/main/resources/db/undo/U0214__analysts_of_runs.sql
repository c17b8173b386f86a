-- loses: which analysts did what in a run (extraction_run_analyst)
-- loses: which agents were chosen for runs (extraction_run.agent_id)
drop table extraction_run_analyst;
alter table extraction_run drop column agent_id;
comment on column extraction_run.analyst is null;
