-- loses: a changed schedule of purge-model-calls (schedule.cron, schedule.enabled, schedule.next_at, schedule.last_at, schedule.last_job)
delete from schedule where name = 'purge-model-calls';
