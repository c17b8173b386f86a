-- loses: how often jobs have lost their worker (job.lost)
drop index job_suspect;
alter table job drop column lost;
