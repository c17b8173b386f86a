-- loses: who changed the thresholds and weights on the page; the next start applies those of the environment
alter table weighing drop column actor, drop column origin;
