insert into schedule (name, cron, zone, kind, payload, next_at)
values ('purge-model-calls', '41 3 * * *', 'Z', 'purge_model_calls_task', '{}', now());
