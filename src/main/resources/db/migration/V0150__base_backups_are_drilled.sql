-- A drill of a base backup is another thing than one of a dump: each has its own age.
alter table backup_run drop constraint backup_run_kind_check;
alter table backup_run add constraint backup_run_kind_check check (kind in ('dump', 'base', 'drill', 'base_drill'));
