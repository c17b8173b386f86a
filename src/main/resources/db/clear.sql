-- What bin/data clear does: all messages go, and what came of them. People, chats, accounts, tokens, settings, the
-- connection with Telegram and the record of actions stay. In one transaction, and all locks at once.
set local lock_timeout = '10s';
do $$
begin
  if exists (select from import where status in ('rehearsing', 'pending', 'running', 'undoing')) then
    raise exception 'An import is at work: wait for it, or cancel it on the page Imports';
  end if;
end $$;
truncate message, message_revision, message_count, score_correction, message_embedding, embedding_tally, search_document, search_word,
  deletion, deleted_message, inbox, telegram_answer, telegram_reaction, import, import_chunk, failed_item, import_message_id,
  topic, topic_former_name, topic_atom, atom, atom_evidence, atom_link, knowledge_version, knowledge_decision, extraction_run,
  extraction_refusal, extraction_run_analyst, message_examination, message_project, knowledge_document,
  analysis_run, analysis_refusal, task, task_change, task_proposal, proposal_quote, proposal_decision;
-- Jobs that run now find nothing to do and end by themselves.
delete from job where state <> 'running';
update schedule set last_job = null;
-- The audit is read by its ids, which begin with the time.
insert into audit (id, actor, how, action, subject_type)
values ((lpad(to_hex((extract(epoch from clock_timestamp()) * 1000)::bigint), 12, '0') || '7' || substr(md5(random()::text), 1, 3)
    || '8' || substr(md5(random()::text), 1, 15))::uuid, 'bin/data', 'system', 'messages.cleared', 'message');
