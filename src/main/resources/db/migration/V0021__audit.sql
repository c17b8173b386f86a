create table audit (
  id           uuid primary key,
  at           timestamptz not null default clock_timestamp(),
  account_id   uuid,
  actor        text not null check (length(actor) between 1 and 200),
  how          text not null check (how in ('session', 'token', 'anonymous', 'system')),
  action       text not null check (action ~ '^[a-z_]+(\.[a-z_]+)*$'),
  subject_type text not null check (length(subject_type) between 1 and 100),
  subject_id   text check (length(subject_id) <= 200),
  details      jsonb not null default '{}',
  address      text,
  request_id   text
);
comment on table audit is 'Who did what, when and from where. Rows are added and never changed: keys sort by time, names are copies, nothing refers to other tables.';
-- The log of one person, newest first.
create index audit_actor on audit (actor, id desc);
-- The log of one kind of action, newest first.
create index audit_action on audit (action text_pattern_ops, id desc);
-- What became of one thing, newest first.
create index audit_subject on audit (subject_type, subject_id, id desc);

create function refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception 'The audit log is append-only: % is refused', lower(tg_op) using errcode = 'insufficient_privilege';
end $$;

create trigger audit_is_kept before update or delete or truncate on audit
  for each statement execute function refuse_audit_change();
