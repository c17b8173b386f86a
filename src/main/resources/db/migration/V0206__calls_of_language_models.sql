create table llm_call (
  id              uuid primary key,
  provider_id     uuid not null,
  provider_name   text not null,
  model           text not null,
  purpose         text not null,
  status          text not null check (status in ('running', 'ok', 'failed')),
  error_kind      text,
  reserved_tokens bigint not null,
  prompt_tokens   bigint not null default 0,
  output_tokens   bigint not null default 0,
  cost            numeric(18, 8),
  currency        text,
  millis          int,
  started_at      timestamptz not null default now(),
  ended_at        timestamptz
);
comment on table llm_call is 'Calls of language models, with tokens, cost and duration; neither prompts nor answers.';
comment on column llm_call.reserved_tokens is 'What counts against the budget while the call runs.';
comment on column llm_call.cost is 'Null when the price of the model is unknown.';
create index llm_call_newest on llm_call (started_at desc, id desc);
comment on index llm_call_newest is 'List of calls, newest first; deletion of old calls';
create index llm_call_running on llm_call (provider_id, started_at) where status = 'running';
comment on index llm_call_running is 'Tokens that are reserved of a budget';

create table llm_budget (
  provider_id uuid not null,
  day         date not null,
  tokens      bigint not null default 0,
  calls       int not null default 0,
  primary key (provider_id, day)
);
comment on table llm_budget is 'Tokens that were used of each provider on each day of UTC.';

create table llm_price (
  model            text not null,
  valid_from       date not null,
  input_per_million  numeric(12, 6) not null check (input_per_million >= 0),
  output_per_million numeric(12, 6) not null check (output_per_million >= 0),
  currency         text not null check (currency ~ '^[A-Z]{3}$'),
  primary key (model, valid_from)
);
comment on table llm_price is 'Prices of models as people entered them; the cost of a model without a price is unknown.';
