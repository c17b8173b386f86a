-- Files of imports that were only previewed, failed or were cancelled are deleted after some days, or by a person.
alter table import add column file_deleted_at timestamptz;
comment on column import.file_deleted_at is
  'When the file was deleted although the import was not done: it can no longer be started. Null otherwise.';
create index import_file_kept on import (updated_at) where status in ('ready', 'failed', 'cancelled') and file_deleted_at is null;
comment on index import_file_kept is 'Imports whose files have been kept for too long (delete_import_files_task)';
comment on table import_chunk is
  'The uploaded file in pieces of a mebibyte, where every node reaches it; gone when the import is done, or when nobody starts it for some days.';
