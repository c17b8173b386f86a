alter table message add column noise_aspects jsonb;
comment on column message.noise_aspects is
  'What the judge saw, 0 to 1: each aspect, spam, and raw, the content before it was calibrated to its chat.';

create table score_correction (
  id         uuid primary key,
  message_id uuid not null references message on delete cascade,
  account_id uuid references account,
  actor      text not null check (length(actor) between 1 and 300),
  verdict    text not null check (verdict in ('signal', 'noise', 'spam', 'problem', 'ask_or_promise', 'decision', 'wish',
                                              'question', 'explanation_or_fix')),
  revision   int not null,
  made_at    timestamptz not null default now(),
  undone_at  timestamptz,
  undone_by  uuid references account
);
comment on table score_correction is 'What a person said a message is. The one that is not undone stands above the machine, and teaches it.';
comment on column score_correction.revision is 'Which text of the message it was said about: an edit sets it aside.';
-- At most one stands for a message; which one does.
create unique index score_correction_standing on score_correction (message_id) where undone_at is null;
-- What to learn from: all that stand, newest first.
create index score_correction_lessons on score_correction (made_at desc) where undone_at is null;

insert into schedule (name, cron, zone, kind, payload, next_at)
values ('score-settled-messages', '*/2 * * * *', 'Z', 'score_settled_messages_task', '{}', now());
