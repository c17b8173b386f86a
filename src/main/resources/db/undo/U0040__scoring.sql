-- loses: what people corrected
-- loses: what the judge saw in each message, until it is scored again (message.noise_aspects)
-- loses: a changed schedule of score-settled-messages (schedule.cron, schedule.enabled, schedule.next_at, schedule.last_at, schedule.last_job)
drop table score_correction;
alter table message drop column noise_aspects;
delete from schedule where name = 'score-settled-messages';
