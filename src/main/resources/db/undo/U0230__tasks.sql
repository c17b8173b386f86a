-- loses: tasks with their history, proposals with their quotes and decisions, and analysis runs (analysis_run, analysis_refusal, task, task_change, task_proposal, proposal_quote, proposal_decision, rejected_proposal)
-- loses: changed schedule of lost-analysis-runs (schedule.cron, schedule.enabled, schedule.next_at, schedule.last_at, schedule.last_job)
delete from schedule where name = 'lost-analysis-runs';
drop table rejected_proposal;
drop table proposal_decision;
drop table proposal_quote;
drop table task_proposal;
drop table task_change;
drop table task;
drop table analysis_refusal;
drop table analysis_run;
