create table message (
  id               uuid primary key,
  source_id        uuid not null references source on delete cascade,
  chat_id          uuid not null references chat on delete cascade,
  external_id      text not null check (length(external_id) between 1 and 200),
  author_id        uuid not null references person,
  kind             text not null check (kind in ('text', 'media', 'service', 'unsupported')),
  content          text not null,
  content_hash     bytea not null,
  entities         jsonb not null default '[]',
  sent_at          timestamptz not null,
  edited_at        timestamptz,
  revision         int not null default 1,
  thread_id        text,
  thread_title     text,
  reply_to         text,
  forwarded_from   text,
  media_group      text,
  reactions        jsonb not null default '[]',
  language         text check (language in ('en', 'uk', 'ru', 'other')),
  import_id        uuid,
  importance_score real check (importance_score between 0 and 1),
  noise_classification text check (noise_classification in ('noise', 'weak_signal', 'signal', 'spam')),
  noise_factors    jsonb,
  noise_reasons    jsonb,
  scored_at        timestamptz,
  created_at       timestamptz not null default now(),
  updated_at       timestamptz not null default now(),
  unique (source_id, chat_id, external_id)
);
comment on column message.content_hash is 'SHA-256 of the content: an edit that changes no text makes no revision.';
comment on column message.noise_factors is 'The four factors: {content, author, temporal, topics}.';
comment on column message.noise_reasons is 'Why, in order of weight: [{code, params, weight}]; words are made when shown.';

-- The feed, newest first, keyset paged: order by sent_at desc, id desc.
create index message_feed on message (sent_at desc, id desc);
-- The feed of one class (tabs of /messages), and its counts.
create index message_class_feed on message (noise_classification, sent_at desc, id desc);
-- The feed of one chat, and the neighbours of a message in it.
create index message_chat_feed on message (chat_id, sent_at desc, id desc);
-- What one person said; the author factor.
create index message_author_feed on message (author_id, sent_at desc, id desc);
-- What is still to be scored, newest first (score_unscored_messages_task).
create index message_unscored on message (sent_at desc) where importance_score is null;
-- Undo of an import.
create index message_import on message (import_id) where import_id is not null;
-- Who answered a message.
create index message_reply on message (chat_id, reply_to) where reply_to is not null;
-- Filters by score range.
create index message_score on message (importance_score, sent_at desc) where importance_score is not null;

create table message_revision (
  message_id  uuid not null references message on delete cascade,
  revision    int not null,
  content     text not null,
  entities    jsonb not null default '[]',
  edited_at   timestamptz,
  replaced_at timestamptz not null default now(),
  primary key (message_id, revision)
);
comment on table message_revision is 'What a message said before it was edited.';

create table message_count (
  source_id            uuid not null references source on delete cascade,
  chat_id              uuid not null references chat on delete cascade,
  noise_classification text not null,
  slot                 smallint not null,
  messages             bigint not null default 0,
  primary key (source_id, chat_id, noise_classification, slot)
);
comment on table message_count is
  'How many messages there are per chat and class (unscored for none yet), kept by triggers so that no page counts rows. Slots spread concurrent writers; sum over them.';
