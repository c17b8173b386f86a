-- loses: which imports can no longer be started because their files were deleted (import.file_deleted_at)
drop index import_file_kept;
alter table import drop column file_deleted_at;
