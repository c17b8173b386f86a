-- loses: which vectors wait to be taken in by the index: all are (message_embedding.settled)
do $$
declare
  near record;
begin
  for near in select indexname, indexdef from pg_indexes
               where schemaname = current_schema() and tablename = 'message_embedding' and indexname like 'message\_embedding\_near\_%' loop
    execute format('drop index %I', near.indexname);
    execute regexp_replace(near.indexdef, 'WHERE \(settled AND \((.*)\)\)$', 'WHERE (\1)');
  end loop;
end $$;
drop index message_embedding_fresh;
alter table message_embedding drop column settled;
