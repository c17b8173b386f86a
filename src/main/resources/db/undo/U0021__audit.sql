-- loses: the record of who did what
drop table audit;
drop function refuse_audit_change();
