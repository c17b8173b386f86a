package tasktracker;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Set;

/**
 * Whose each table is, and which packages read tables of others. Only the owner writes a table;
 * a statement of another package that reads one is declared here.
 */
final class TableOwners {

  /** Each table of the schema and the package that writes it. */
  static final Map<String, String> OWNERS = Map.ofEntries(
      entry("job", "platform.job"), entry("job_attempt", "platform.job"), entry("node", "platform.job"), entry("schedule", "platform.job"),
      entry("failed_item", "platform.batch"),
      entry("account", "platform.security"), entry("session", "platform.security"), entry("api_token", "platform.security"),
      entry("known_device", "platform.security"), entry("audit", "platform.security"),
      entry("outbound_allowed", "platform.outbound"),
      entry("person", "person"), entry("speaker", "person"), entry("telegram_profile", "person"), entry("avatar", "person"),
      entry("source", "message"), entry("chat", "message"), entry("chat_alias", "message"), entry("message", "message"),
      entry("message_revision", "message"), entry("message_count", "message"), entry("deletion", "message"),
      entry("deleted_message", "message"),
      entry("import", "source"), entry("import_chunk", "source"), entry("import_message_id", "source"), entry("upload_ticket", "source"),
      entry("inbox", "source"),
      entry("inbox_reread", "source"), entry("avatar_ask", "source"), entry("telegram_setup", "source"),
      entry("telegram_secret", "source"), entry("telegram_group", "source"), entry("telegram_reaction", "source"),
      entry("telegram_answer", "source"),
      entry("embedding_model", "embedding"), entry("message_embedding", "embedding"), entry("embedding_tally", "embedding"),
      entry("score_correction", "scoring"), entry("weighing", "scoring"),
      entry("llm_provider", "llm"), entry("llm_provider_excluded_chat", "llm"),
      entry("llm_agent", "llm"), entry("llm_task_config", "llm"), entry("llm_assignment", "llm"), entry("llm_prompt_version", "llm"),
      entry("topic", "knowledge"), entry("topic_former_name", "knowledge"), entry("topic_atom", "knowledge"), entry("atom", "knowledge"),
      entry("atom_evidence", "knowledge"), entry("atom_link", "knowledge"), entry("knowledge_version", "knowledge"),
      entry("knowledge_decision", "knowledge"), entry("knowledge_salt", "knowledge"), entry("rejected_atom", "knowledge"),
      entry("extraction_run", "knowledge"), entry("extraction_refusal", "knowledge"), entry("extraction_run_analyst", "knowledge"),
      entry("message_examination", "knowledge"),
      entry("project", "project"), entry("message_project", "project"),
      entry("analysis_run", "task"), entry("analysis_refusal", "task"), entry("task", "task"), entry("task_change", "task"),
      entry("task_proposal", "task"), entry("proposal_quote", "task"), entry("proposal_decision", "task"),
      entry("rejected_proposal", "task"),
      entry("llm_call", "llm"), entry("llm_budget", "llm"), entry("llm_price", "llm"),
      entry("search_document", "search"), entry("knowledge_document", "search"), entry("search_word", "search"),
      entry("start_page_skip", "summary"),
      entry("backup_run", "ops"));

  /** The tables of other packages that a package reads. */
  static final Map<String, Set<String>> FOREIGN_READS = Map.ofEntries(
      entry("platform.batch", Set.of("message")),
      entry("platform.data", Set.of("message")),
      entry("person", Set.of("message", "deleted_message")),
      entry("message", Set.of("person", "avatar", "telegram_profile", "message_project", "score_correction")),
      entry("source", Set.of("source", "chat", "chat_alias", "message", "message_count", "deleted_message", "speaker",
          "telegram_profile", "job", "job_attempt")),
      entry("embedding", Set.of("message")),
      entry("scoring", Set.of("source", "chat", "message", "message_count", "job")),
      entry("project", Set.of("message")),
      entry("knowledge", Set.of("chat", "message", "person", "job", "project", "message_project")),
      entry("task", Set.of("chat", "message", "message_project", "person", "telegram_profile", "project", "job")),
      entry("search", Set.of("message", "message_embedding", "person", "atom", "topic")),
      entry("llm", Set.of("chat")),
      entry("summary", Set.of("chat", "message")),
      entry("ops", Set.of("import", "inbox", "message", "message_count", "job", "job_attempt", "node", "failed_item")));

  /** Statements whose table is known only when they run: undoing a migration counts the rows of any table. */
  static final Set<String> ASSEMBLED = Set.of("MigrationUndo: select count(*) from");

  private TableOwners() {}
}
