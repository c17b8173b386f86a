-- Which start of a server has claimed a job: a server that finds a claim of its own that it never learnt of gives it back.
alter table job add column claimed_by uuid;
comment on column job.claimed_by is
  'The incarnation (node.incarnation) of the server that claimed it last; names are given to more than one server at times. Null for claims of earlier releases.';
