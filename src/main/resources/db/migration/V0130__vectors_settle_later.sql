-- An insert into an index of neighbours costs more than computing the vector. New vectors therefore stay out of it and
-- are compared one by one, which is quick while they are few; a job of the background takes them into the index.
alter table message_embedding add column settled boolean not null default true;
alter table message_embedding alter column settled set default false;
comment on column message_embedding.settled is 'In the index of neighbours. Others are found by comparing them one by one.';

do $$
declare
  near record;
begin
  for near in select indexname, indexdef from pg_indexes
               where schemaname = current_schema() and tablename = 'message_embedding' and indexname like 'message\_embedding\_near\_%' loop
    execute format('drop index %I', near.indexname);
    execute regexp_replace(near.indexdef, 'WHERE \((.*)\)$', 'WHERE (settled AND (\1))');
  end loop;
end $$;
-- Those that are compared one by one, and the next to settle.
create index message_embedding_fresh on message_embedding (model_id, message_id) where not settled;
