-- The number beside the class of a message: noise 0 to 29, weak signal 30 to 70, signal 71 to 100; none for spam and without a
-- class. It grows with the importance within its class. tasktracker.message.Strength computes the same.
create function message_strength(classification text, importance real) returns smallint language sql immutable parallel safe as $$
  select (case when importance is null then null
               when classification = 'noise' then least(29, round(importance::numeric * 100)::int / 2)
               when classification = 'weak_signal' then greatest(30, least(70, round(importance::numeric * 100)::int))
               when classification = 'signal' then 71 + greatest(0, least(58, round(importance::numeric * 100)::int - 42)) / 2 end)::smallint
$$;
-- Messages by strength, the strongest or the weakest first; spam comes below all others (order by strength, sent_at, id).
create index message_strength on message (coalesce(message_strength(noise_classification, importance_score), -1), sent_at, id)
  where importance_score is not null;
