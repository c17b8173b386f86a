-- loses: when base backups were drilled, and what came of it
delete from backup_run where kind = 'base_drill';
alter table backup_run drop constraint backup_run_kind_check;
alter table backup_run add constraint backup_run_kind_check check (kind in ('dump', 'base', 'drill'));
