-- One pass per statement, not per row: a batch of a hundred messages writes a handful of counters.
create function count_messages() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into message_count as c (source_id, chat_id, noise_classification, slot, messages)
    select source_id, chat_id, coalesce(noise_classification, 'unscored'), pg_backend_pid() % 8, count(*)
      from added group by 1, 2, 3 order by 1, 2, 3
    on conflict (source_id, chat_id, noise_classification, slot) do update set messages = c.messages + excluded.messages;
  elsif tg_op = 'DELETE' then
    insert into message_count as c (source_id, chat_id, noise_classification, slot, messages)
    select r.source_id, r.chat_id, coalesce(r.noise_classification, 'unscored'), pg_backend_pid() % 8, -count(*)
      from removed r join chat on chat.id = r.chat_id group by 1, 2, 3 order by 1, 2, 3
    on conflict (source_id, chat_id, noise_classification, slot) do update set messages = c.messages + excluded.messages;
  else
    insert into message_count as c (source_id, chat_id, noise_classification, slot, messages)
    select source_id, chat_id, class, pg_backend_pid() % 8, sum(n)
      from (select source_id, chat_id, coalesce(noise_classification, 'unscored') as class, -1 as n from removed
            union all
            select source_id, chat_id, coalesce(noise_classification, 'unscored'), 1 from added) as change
      group by 1, 2, 3 having sum(n) <> 0 order by 1, 2, 3
    on conflict (source_id, chat_id, noise_classification, slot) do update set messages = c.messages + excluded.messages;
  end if;
  return null;
end $$;

create trigger message_added after insert on message
  referencing new table as added for each statement execute function count_messages();
create trigger message_removed after delete on message
  referencing old table as removed for each statement execute function count_messages();
create trigger message_changed after update on message
  referencing old table as removed new table as added for each statement execute function count_messages();
