-- loses: work that waits, its history, and changed schedules
drop table schedule;
drop table node;
drop table job_attempt;
drop table job;
