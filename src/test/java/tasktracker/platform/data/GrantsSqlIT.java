package tasktracker.platform.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the server's role may do on each table of the migrated database. */
class GrantsSqlIT {

  private static final String ALL_ROWS = "DELETE INSERT SELECT UPDATE";
  /** Tables whose rows the server may not change as it likes. */
  private static final Map<String, String> RESTRICTED = Map.of("audit", "INSERT SELECT", "backup_run", "SELECT",
      "flyway_schema_history", "SELECT");
  /**
   * All other tables. A new table is added here, or above and in {@link Grants} when its rows are a record that nobody may
   * change, or are written by others.
   */
  private static final Set<String> UNRESTRICTED = Set.of("account", "analysis_refusal", "analysis_run", "api_token", "atom",
      "atom_evidence", "atom_link", "avatar",
      "avatar_ask", "chat", "chat_alias", "deleted_message", "deletion", "embedding_model", "embedding_tally", "extraction_refusal",
      "extraction_run", "extraction_run_analyst", "failed_item", "import", "import_chunk", "import_message_id", "inbox", "inbox_reread",
      "job", "job_attempt",
      "knowledge_decision", "knowledge_document", "knowledge_salt", "knowledge_version", "known_device", "llm_agent", "llm_assignment",
      "llm_budget", "llm_call", "llm_price", "llm_prompt_version", "llm_provider", "llm_provider_excluded_chat", "llm_task_config",
      "message", "message_count", "message_embedding", "message_examination", "message_project", "message_revision", "node",
      "outbound_allowed", "person", "project", "proposal_decision", "proposal_quote", "rejected_atom", "rejected_proposal", "schedule",
      "score_correction", "search_document", "search_word",
      "session", "source", "speaker", "start_page_skip", "task", "task_change", "task_proposal", "telegram_answer", "telegram_group",
      "telegram_profile", "telegram_reaction",
      "telegram_secret", "telegram_setup", "topic", "topic_atom", "topic_former_name", "upload_ticket", "weighing");

  private static final String ROLE = "grants_" + UUID.randomUUID().toString().replace("-", "");
  private static TestDatabase database;
  private static Schema schema;

  @BeforeAll
  static void migrate() {
    database = TestDatabase.create();
    schema = new Schema(database.dataSource());
    schema.execute("create role " + ROLE);
    new Grants(schema).grantTo(ROLE);
  }

  @AfterAll
  static void drop() {
    schema.execute("drop owned by " + ROLE);
    schema.execute("drop role " + ROLE);
    database.close();
  }

  @Test
  void everyTableHasThePrivilegesThatAreDeclared() {
    Map<String, String> declared = new TreeMap<>(RESTRICTED);
    UNRESTRICTED.forEach(table -> declared.put(table, ALL_ROWS));
    assertThat(granted()).isEqualTo(declared);
  }

  /** A table with a trigger that refuses changes is a record: the server's role must not be able to change it either. */
  @Test
  void aTableThatRefusesChangesIsRestricted() {
    List<String> refusing = schema.query("""
        select distinct t.tgrelid::regclass::text from pg_trigger t join pg_proc p on p.oid = t.tgfoid
         where p.proname like 'refuse%' and not t.tgisinternal order by 1""");
    assertThat(refusing).containsExactly("audit");
    assertThat(RESTRICTED.keySet()).containsAll(refusing);
  }

  private static Map<String, String> granted() {
    Map<String, String> granted = new TreeMap<>();
    new TreeSet<>(schema.query("""
        select c.relname || '=' || coalesce((select string_agg(a.privilege_type, ' ' order by a.privilege_type)
                                               from aclexplode(c.relacl) a where a.grantee = '%s'::regrole), '')
          from pg_class c
         where c.relkind in ('r', 'p', 'v', 'm') and c.relnamespace = 'public'::regnamespace
           and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')"""
        .formatted(ROLE))).forEach(row -> granted.put(row.split("=")[0], row.split("=", -1)[1]));
    return granted;
  }
}
