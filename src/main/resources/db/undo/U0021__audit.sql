drop table audit;
drop function refuse_audit_change();
