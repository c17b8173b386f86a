-- loses: which trace a job that waits came from (job.trace_origin)
alter table job drop column trace_origin;
