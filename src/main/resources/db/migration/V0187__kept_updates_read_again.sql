-- Which reader has read the kept updates, and how far a job that reads them again has come.
create table inbox_reread (
  id      boolean primary key default true check (id),
  reader  int not null default 0,
  last_id uuid,
  done    bigint not null default 0 check (done >= 0)
);
comment on table inbox_reread is 'Reading kept updates again, in one row: a newer reader asks for it once.';
comment on column inbox_reread.reader is 'The newest reader that has asked for it.';
comment on column inbox_reread.last_id is 'The last update that was read again; null before the first and after the last.';
insert into inbox_reread default values;
