create table weighing (
  generation      bigint primary key,
  noise           float8 not null,
  signal          float8 not null,
  content_floor   float8 not null,
  content_ceiling float8 not null,
  content         float8 not null,
  author          float8 not null,
  temporal        float8 not null,
  topics          float8 not null,
  since           timestamptz not null default now()
);
comment on table weighing is
  'The thresholds and weights by which stored messages were classified, one row a change; the latest is in force. A server that starts with others adds a row and has the stored messages classified anew.';
insert into weighing (generation, noise, signal, content_floor, content_ceiling, content, author, temporal, topics)
values (1, .3, .7, .3, .7, .4, .2, .2, .2);
