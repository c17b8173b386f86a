-- One part of a file that cannot be read, such as a day of a conversation, is told with its reason while the others are imported.
alter table import add column unreadable_reasons jsonb;
comment on column import.unreadable_reasons is
  'Why the parts told by rehearsal.unreadable_parts could not be read, in the same order: an array of keys of the words files and what stands in them. Null for imports of before.';
-- Archives of Slack tell more lines than before (days with other names, parts that cannot be read), so "lines_done" of an
-- import that is on its way may mean other lines. It begins again; what is stored already is known and not stored twice.
update import set lines_done = 0
 where format = 'slack-export' and status in ('pending', 'running', 'failed', 'cancelled');
