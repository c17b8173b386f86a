drop table schedule;
drop table node;
drop table job_attempt;
drop table job;
