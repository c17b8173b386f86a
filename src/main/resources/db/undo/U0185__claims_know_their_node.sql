-- loses: which start of a server has claimed a job (job.claimed_by); claims that were never answered are lost workers again
alter table job drop column claimed_by;
