-- What was traced where a job was queued, so that the trace of the job can be linked to it.
alter table job add column trace_origin text check (length(trace_origin) <= 100);
comment on column job.trace_origin is 'traceparent of W3C Trace Context; null when nothing was traced.';
