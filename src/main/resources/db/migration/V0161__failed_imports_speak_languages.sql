-- Why an import failed is told to people in their language, whenever and wherever they look.
alter table import add column error_saying jsonb;
comment on column import.error_saying is
  'What error says, as a key of the words files and what stands in it. Counts only as long as it says the same in English; null for imports of before.';
