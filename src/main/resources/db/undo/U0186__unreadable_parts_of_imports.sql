-- loses: why parts of imported files could not be read in other languages than English (import.unreadable_reasons)
alter table import drop column unreadable_reasons;
update import set lines_done = 0
 where format = 'slack-export' and status in ('pending', 'running', 'failed', 'cancelled');
