create or replace function count_messages() returns trigger language plpgsql as $$
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
drop function count_change(uuid, uuid, text, bigint);
comment on table message_count is
  'How many messages there are per chat and class (unscored for none yet), kept by triggers so that no page counts rows. Slots spread concurrent writers; sum over them.';
