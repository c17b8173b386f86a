-- At least one row in every table, as the product would write it. A migration that makes a table adds its row here.
insert into source (id, name, type) values ('00000000-0000-0000-0000-000000000001', 'telegram', 'telegram');
insert into chat (id, source_id, external_id, kind, title)
values ('00000000-0000-0000-0000-000000000002', '00000000-0000-0000-0000-000000000001', 'channel:1', 'supergroup', 'Команда');
insert into chat_alias select source_id, 'group:1', id from chat;
insert into person (id, first_name, last_name) values ('00000000-0000-0000-0000-000000000003', 'Olena', 'Коваль');
insert into speaker select source.id, 'user:1', person.id from source, person;
insert into telegram_profile (id, telegram_user_id, person_id, source_id, first_name)
select gen_random_uuid(), 1, person.id, source.id, 'Olena' from source, person;
insert into avatar (person_id, media_type, bytes) select id, 'image/png', '\x89504e47' from person;
insert into avatar_ask (person_id) select id from person;
insert into message (id, source_id, chat_id, external_id, author_id, kind, content, content_hash, sent_at,
    importance_score, noise_classification, noise_factors, noise_reasons, scored_at)
select gen_random_uuid(), chat.source_id, chat.id, n::text, person.id, 'text', 'Привіт ' || n, sha256(n::text::bytea), timestamptz '2026-03-02 12:00Z' + n * interval '1 minute',
    0.83, 'signal', '{"content": 0.9}', '[]', now()
  from chat, person, generate_series(1, 3) n;
update message set noise_aspects = '{"raw": 0.7}';
insert into message_revision (message_id, revision, content) select id, 0, 'Привет' from message;
insert into score_correction (id, message_id, actor, verdict, revision) select gen_random_uuid(), id, 'kevin', 'signal', 1 from message;
insert into message_embedding (message_id, model_id, content_hash, vector, settled)
select id, 1, content_hash, (array_fill(0.1::real, array[384]))::vector, true from message;
insert into search_document (message_id, terms, words) select id, to_tsvector('simple', content), 2 from message;
insert into search_word (word) values ('привіт');
insert into account (id, name, display_name, role, password_hash)
values ('00000000-0000-0000-0000-000000000004', 'kevin', 'Kevin', 'admin', 'not a hash');
insert into session (id, token_hash, account_id, expires_at)
select gen_random_uuid(), sha256('cookie'), id, now() + interval '1 day' from account;
insert into api_token (id, account_id, name, role, token_hash, hint) select gen_random_uuid(), id, 'script', 'admin', sha256('token'), 'oken' from account;
insert into known_device (id, token_hash, account_id) select gen_random_uuid(), sha256('device'), id from account;
insert into upload_ticket select sha256('ticket'), id, now() + interval '1 minute' from session;
insert into audit (id, actor, how, action, subject_type) values (gen_random_uuid(), 'kevin', 'session', 'message.delete', 'message');
insert into inbox (id, source_id, update_id, body_hash, body, state) select gen_random_uuid(), id, 1, sha256('{}'), '{}', 'stored' from source;
insert into import (id, source_id, format, file_name, status, created_by) select gen_random_uuid(), id, 'telegram', 'result.json', 'completed', 'kevin' from source;
update import set error_saying = '{"key": "problem.upload.none", "parameters": []}';
insert into import_chunk select id, 1, '\x7b7d' from import;
insert into import_message_id select id, gen_random_uuid(), gen_random_uuid(), true from import;
insert into job (id, kind, queue, payload, state, max_attempts, finished_at) values (gen_random_uuid(), 'score_message_task', 'default', '{}', 'completed', 3, now());
insert into job_attempt select id, 1, 'node-1', now(), now(), 'failed', 'it was tired' from job;
insert into node (name, incarnation, roles) values ('node-1', gen_random_uuid(), 'web,worker');
insert into backup_run (kind, state, finished_at) values ('dump', 'ok', clock_timestamp());
insert into telegram_secret (hash) values (sha256('secret'));
insert into telegram_group (id, telegram_id, chat_key, kind) values (gen_random_uuid(), -1001, 'channel:1', 'supergroup');
insert into telegram_reaction select id, '1', 'user:1', now(), '[]', now(), '[]' from chat;
insert into telegram_answer (inbox_id) select id from inbox;
insert into deletion (id, message_ids, status, asked_by) values (gen_random_uuid(), array[gen_random_uuid()], 'deleted', 'kevin');
insert into deleted_message (id, deletion_id, source_id, chat_id, author_id, external_id, message)
select gen_random_uuid(), deletion.id, chat.source_id, chat.id, person.id, '77', '{"content": "нічого"}' from deletion, chat, person;
insert into failed_item (id, kind, item, message_id, error) select gen_random_uuid(), 'score_message', id::text, id, 'it could not be read' from message;
insert into project (id, name, keywords, glossary, components, critical_keywords, high_keywords, default_assignee_ids, version, created_by)
values ('00000000-0000-0000-0000-000000000021', 'Kvitka', '{sync}', '{}', '[]', '{}', '{}', '{}', '1.0.0', 'kevin');
insert into message_project select id, '00000000-0000-0000-0000-000000000021', .75, '{sync}', sent_at from message;
insert into topic (id, name, name_key, icon, color, created_by)
values ('00000000-0000-0000-0000-000000000022', 'Sync 2.0', 'sync 2 0', 'code', '#8B5CF6', 'kevin');
insert into topic_former_name (name_key, topic_id, name) values ('channel sync', '00000000-0000-0000-0000-000000000022', 'Channel sync');
update message set topic_id = '00000000-0000-0000-0000-000000000022', topic_set_by = 'person';
insert into extraction_run (id, scope, trigger_type, status, analyst, selection, created_by)
values ('00000000-0000-0000-0000-000000000023', 'history', 'history', 'completed', 'builtin', '{}', 'history');
insert into extraction_refusal (id, run_id, item, reason) select gen_random_uuid(), id, 'An atom', 'no_quote' from extraction_run;
insert into extraction_run_analyst (run_id, analyst) select id, 'builtin' from extraction_run;
insert into atom (id, type, title, content, status, fingerprint, said_at, created_by)
select gen_random_uuid(), 'decision', 'We ship ' || n, 'We ship on Friday', 'pending', sha256(n::text::bytea), now(), 'kevin'
  from generate_series(1, 2) as n;
insert into atom_evidence (atom_id, position, message_id, revision, start_at, end_at, quote, author, sent_at)
select a.id, 0, m.id, 1, 0, 2, 'We', 'Kevin', m.sent_at from atom a, (select * from message order by id limit 1) as m;
insert into topic_atom (topic_id, atom_id) select '00000000-0000-0000-0000-000000000022', id from atom;
insert into atom_link (from_atom_id, to_atom_id, link_type) select min(id::text)::uuid, max(id::text)::uuid, 'supports' from atom;
insert into knowledge_version (id, entity_type, entity_id, version, data, previous, base_revision, status, created_by)
select gen_random_uuid(), 'atom', id, 1, '{}', '{}', 1, 'pending', 'kevin' from atom;
insert into knowledge_decision (id, entity_type, entity_id, action, previous, revision, decided_by)
select gen_random_uuid(), 'atom', id, 'approve', '{}', 2, 'kevin' from atom;
insert into message_examination (message_id, revision, analyst) select id, 1, 'builtin' from message;
insert into rejected_atom (fingerprint, rejected_by) values (sha256('no'), 'kevin');
insert into llm_call (id, provider_id, provider_name, model, purpose, status, reserved_tokens)
values (gen_random_uuid(), gen_random_uuid(), 'Local', 'm', 'test', 'ok', 100);
insert into llm_budget (provider_id, day) values (gen_random_uuid(), '2026-11-30');
insert into llm_price (model, valid_from, input_per_million, output_per_million, currency) values ('m', '2026-01-01', 1, 2, 'USD');
insert into knowledge_document (id, topic_id, terms, analysis) select gen_random_uuid(), id, 'sync', 1 from topic;
insert into outbound_allowed (id, host, port, created_by) values (gen_random_uuid(), 'localhost', 11434, 'kevin');
insert into llm_provider (id, name, type, created_by) values ('00000000-0000-0000-0000-000000000024', 'Local', 'ollama', 'kevin');
insert into llm_provider_excluded_chat (provider_id, chat_id) select '00000000-0000-0000-0000-000000000024', id from chat;
insert into llm_agent (id, name, provider_id, model_name, system_prompt, created_by)
values ('00000000-0000-0000-0000-000000000025', 'Reader', '00000000-0000-0000-0000-000000000024', 'm', 'You read.', 'kevin');
insert into llm_prompt_version (id, prompt_key, version, content, created_by)
values (gen_random_uuid(), 'agent/00000000-0000-0000-0000-000000000025', 1, 'You read.', 'kevin');
insert into start_page_skip (account_id) select id from account;
insert into analysis_run (id, scope, trigger_type, status, analyst, time_window_start, time_window_end, config_snapshot, created_by)
values ('00000000-0000-0000-0000-000000000024', '00000000-0000-0000-0000-000000000000', 'manual', 'completed', 'builtin', '2026-03-01', '2026-03-08', '{}', 'kevin');
insert into analysis_refusal (id, run_id, item, reason) select gen_random_uuid(), id, 'A task', 'no_quote' from analysis_run;
insert into task (id, title, status, priority, category, created_by)
values ('00000000-0000-0000-0000-000000000025', 'Renew the certificate', 'open', 'high', 'chore', 'kevin');
insert into task_change (id, task_id, action, previous, data, revision, changed_by) select gen_random_uuid(), id, 'created', '{}', '{}', 1, 'kevin' from task;
insert into task_proposal (id, run_id, title, title_key, description, priority, category, confidence, analyst, reason, fingerprint, message_id, status, task_id, said_at, created_by, decided_by, decided_at)
select '00000000-0000-0000-0000-000000000026', r.id, t.title, lower(t.title), '', 'high', 'chore', .8, 'builtin', '{}', sha256('task'), m.id, 'approved', t.id, m.sent_at, 'kevin', 'kevin', now()
  from analysis_run r, task t, (select * from message order by id limit 1) as m;
insert into proposal_quote (proposal_id, position, message_id, revision, start_at, end_at, quote, author, sent_at)
select p.id, 0, m.id, 1, 0, 2, 'We', 'Kevin', m.sent_at from task_proposal p, (select * from message order by id limit 1) as m;
insert into proposal_decision (id, proposal_id, action, task_id, revision, decided_by) select gen_random_uuid(), id, 'approve', task_id, 2, 'kevin' from task_proposal;
insert into rejected_proposal (fingerprint, rejected_by) values (sha256('no task'), 'kevin');
