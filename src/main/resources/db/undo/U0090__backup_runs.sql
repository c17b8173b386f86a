-- loses: the record of backups; the backups stay
drop table backup_run;
