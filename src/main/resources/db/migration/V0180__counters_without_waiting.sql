-- A transaction keeps the counter that it changed locked until it ends. So each takes one that no other has locked, and
-- creates one only where there is none: a chat has as many rows of a class as transactions ever counted in it at once.
create function count_change(of_source uuid, of_chat uuid, of_class text, change bigint) returns void language plpgsql as $$
begin
  update message_count set messages = messages + change
   where (source_id, chat_id, noise_classification, slot) = (
     select source_id, chat_id, noise_classification, slot from message_count
      where source_id = of_source and chat_id = of_chat and noise_classification = of_class
      limit 1 for no key update skip locked);
  if not found then
    -- Any number that no other transaction draws at the same time.
    insert into message_count as c (source_id, chat_id, noise_classification, slot, messages)
    values (of_source, of_chat, of_class, floor(random() * 32768), change)
    on conflict (source_id, chat_id, noise_classification, slot) do update set messages = c.messages + excluded.messages;
  end if;
end $$;

create or replace function count_messages() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    perform count_change(c.source_id, c.chat_id, c.class, c.n)
       from (select source_id, chat_id, coalesce(noise_classification, 'unscored') as class, count(*) as n
               from added group by 1, 2, 3) as c;
  elsif tg_op = 'DELETE' then
    perform count_change(c.source_id, c.chat_id, c.class, c.n)
       from (select r.source_id, r.chat_id, coalesce(r.noise_classification, 'unscored') as class, -count(*) as n
               from removed r join chat on chat.id = r.chat_id group by 1, 2, 3) as c;
  else
    perform count_change(c.source_id, c.chat_id, c.class, c.n)
       from (select source_id, chat_id, class, sum(n)::bigint as n
               from (select source_id, chat_id, coalesce(noise_classification, 'unscored') as class, -1 as n from removed
                     union all
                     select source_id, chat_id, coalesce(noise_classification, 'unscored'), 1 from added) as change
              group by 1, 2, 3 having sum(n) <> 0) as c;
  end if;
  return null;
end $$;

comment on table message_count is
  'How many messages there are per chat and class (unscored for none yet), kept by triggers so that no page counts rows. Sum over the slots: a transaction writes one that no other has locked.';
