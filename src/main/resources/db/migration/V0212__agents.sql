create table llm_agent (
  id            uuid primary key,
  name          text not null check (char_length(name) between 1 and 100),
  description   text not null default '' check (char_length(description) <= 2000),
  provider_id   uuid not null references llm_provider,
  model_name    text not null check (char_length(model_name) between 1 and 200),
  system_prompt text not null check (char_length(system_prompt) <= 50000),
  temperature   double precision not null default 0.7 check (temperature between 0 and 2),
  max_tokens    int check (max_tokens between 100 and 1000000),
  is_active     boolean not null default true,
  is_builtin    boolean not null default false,
  created_by    text not null,
  created_at    timestamptz not null default now(),
  updated_at    timestamptz not null default now()
);
comment on table llm_agent is 'Agents: a model of a provider with a prompt and limits.';
create unique index llm_agent_name on llm_agent (lower(name));
comment on index llm_agent_name is 'Names differ by more than case';
create index llm_agent_provider on llm_agent (provider_id);
comment on index llm_agent_provider is 'Agents of a provider; deletion of providers';

create table llm_task_config (
  id              uuid primary key,
  name            text not null check (char_length(name) between 1 and 100),
  description     text not null default '' check (char_length(description) <= 2000),
  response_schema json not null,
  is_active       boolean not null default true,
  is_builtin      boolean not null default false,
  created_by      text not null,
  created_at      timestamptz not null default now(),
  updated_at      timestamptz not null default now()
);
comment on table llm_task_config is 'Tasks of agents with the JSON Schema (draft-07) of the answer.';
create unique index llm_task_config_name on llm_task_config (lower(name));
comment on index llm_task_config_name is 'Names differ by more than case';

create table llm_assignment (
  id          uuid primary key,
  agent_id    uuid not null references llm_agent,
  task_id     uuid not null references llm_task_config,
  is_active   boolean not null default true,
  assigned_at timestamptz not null default now(),
  unique (agent_id, task_id)
);
comment on table llm_assignment is 'Which agents do which tasks.';
create index llm_assignment_task on llm_assignment (task_id);
comment on index llm_assignment_task is 'Agents of a task; deletion of tasks';

create table llm_prompt_version (
  id         uuid primary key,
  prompt_key text not null check (char_length(prompt_key) between 1 and 200),
  version    int not null check (version >= 1),
  content    text not null check (char_length(content) <= 50000),
  note       text not null default '' check (char_length(note) <= 500),
  created_by text not null,
  created_at timestamptz not null default now(),
  unique (prompt_key, version)
);
comment on table llm_prompt_version is 'Edited versions of prompts, the highest in use. Version 0 of a shipped prompt is its file.';
comment on column llm_prompt_version.prompt_key is 'Name of a shipped prompt, or agent/ and the id of an agent.';

insert into llm_agent (id, name, description, provider_id, model_name, system_prompt, temperature, is_builtin, created_by)
values ('00000000-0000-7000-8000-000000000002', 'Built-in analyst', 'Reads messages on this server, without a language model.',
        '00000000-0000-7000-8000-000000000001', 'builtin', '', 0, true, 'system');

insert into llm_task_config (id, name, description, response_schema, is_builtin, created_by)
values ('00000000-0000-7000-8000-000000000003', 'knowledge_extraction', 'Topics and atoms from a batch of messages.', '{
  "type": "object",
  "properties": {
    "topics": {
      "type": "array",
      "items": {
        "type": "object",
        "properties": {
          "name": {"type": "string"},
          "description": {"type": "string"},
          "messages": {"type": "array", "items": {"type": "integer"}},
          "confidence": {"type": "number"}
        },
        "required": ["confidence", "description", "messages", "name"],
        "additionalProperties": false
      }
    },
    "atoms": {
      "type": "array",
      "items": {
        "type": "object",
        "properties": {
          "type": {"type": "string", "enum": ["problem", "solution", "decision", "question", "insight", "idea", "blocker", "risk",
            "requirement", "pattern"]},
          "title": {"type": "string"},
          "content": {"type": "string"},
          "topic": {"type": "string"},
          "confidence": {"type": "number"},
          "quotes": {
            "type": "array",
            "items": {
              "type": "object",
              "properties": {"message": {"type": "integer"}, "text": {"type": "string"}},
              "required": ["message", "text"],
              "additionalProperties": false
            }
          }
        },
        "required": ["confidence", "content", "quotes", "title", "topic", "type"],
        "additionalProperties": false
      }
    },
    "links": {
      "type": "array",
      "items": {
        "type": "object",
        "properties": {
          "from_title": {"type": "string"},
          "to_title": {"type": "string"},
          "type": {"type": "string", "enum": ["continues", "solves", "contradicts", "supports", "refines", "relates_to", "depends_on"]}
        },
        "required": ["from_title", "to_title", "type"],
        "additionalProperties": false
      }
    }
  },
  "required": ["atoms", "links", "topics"],
  "additionalProperties": false
}', true, 'system');

insert into llm_assignment (id, agent_id, task_id)
values ('00000000-0000-7000-8000-000000000004', '00000000-0000-7000-8000-000000000002', '00000000-0000-7000-8000-000000000003');
