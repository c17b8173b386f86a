package tasktracker.fault;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tasktracker.harness.Await;
import tasktracker.harness.Product;

/**
 * Server, database and broker go away in the middle of an extraction, with durable services: the run goes on where its
 * last batch ended. Every candidate is examined once, and nothing that was found is doubled or lost.
 */
@Order(3)
class KnowledgeRecoveryIT {

  private static final Duration LONG = Duration.ofSeconds(240);
  private static final int MESSAGES = 3_000;
  private static Product product;
  private static long candidates;

  @BeforeAll
  static void importAChat() {
    product = Product.durable("knowledge-fault", Map.of("KNOWLEDGE_AUTOMATIC", "false", "KNOWLEDGE_BATCH", "10")).start();
    String id = product.api().upload("/api/v1/imports", Map.of("source", "telegram-export", "dry_run", "false"),
        TelegramExportFile.of("knowledge", 1_016, MESSAGES).file()).expect(202).json().getString("id");
    Await.until("import completed", LONG,
        () -> product.api().get("/api/v1/imports/" + id).expect(200).json().getString("status").equals("completed"));
    new StoredMessages(product).awaitDrained();
    candidates = product.count("select count(*) from message where noise_classification in ('signal', 'weak_signal')"
        + " and length(content) >= 10");
    assertThat(candidates).isGreaterThan(500);
  }

  @AfterAll
  static void end() {
    product.close();
  }

  @BeforeEach
  void forgetEverything() {
    product.database()
        .useHandle(sql -> sql.execute("truncate atom, extraction_run, knowledge_version, knowledge_decision cascade"));
    product.database().useHandle(sql -> sql.execute("update message set topic_id = null, topic_set_by = null"));
    product.database().useHandle(sql -> sql.execute("delete from topic"));
  }

  private static String extractAll() {
    return product.api().post("/api/v1/knowledge/extract", "{\"period\":{\"period_type\":\"all\"}}").expect(202).json()
        .getString("extraction_id");
  }

  private static long processed(String run) {
    return product.count("select messages_processed from extraction_run where id = ?::uuid", run);
  }

  private static void awaitProcessed(String run, long messages) {
    Await.until(messages + " messages examined", LONG, () -> processed(run) >= messages);
    assertThat(processed(run)).as("in the middle").isLessThan(candidates);
  }

  private static JsonObject awaitCompleted(String run) {
    Await.until("the run is completed", LONG, () -> product.isReady()
        && product.api().get("/api/v1/knowledge/extract/" + run).expect(200).json().getString("status").equals("completed"));
    return product.api().get("/api/v1/knowledge/extract/" + run).expect(200).json();
  }

  /** What the run counts is what is stored, each candidate was examined once, and running again adds nothing. */
  private static void isWhole(String run) {
    JsonObject ended = awaitCompleted(run);
    assertThat(ended.getInt("messages_processed")).isEqualTo((int) candidates).isEqualTo(ended.getInt("message_count"));
    assertThat(product.count("select count(*) from message_examination where run_id = ?::uuid", run)).isEqualTo(candidates);
    assertThat(ended.getInt("atoms_created")).isPositive().isEqualTo((int) product.count("select count(*) from atom"));
    assertThat(ended.getInt("quotes_added")).isEqualTo((int) product.count("select count(*) from atom_evidence"));
    assertThat(ended.getInt("topics_created")).isEqualTo((int) product.count("select count(*) from topic"));
    assertThat(product.count("select count(*) from atom a where not exists (select from atom_evidence e where e.atom_id = a.id)")).isZero();
    assertThat(product.count("select count(*) - count(distinct (atom_id, message_id, quote)) from atom_evidence")).isZero();
    assertThat(product.count("select count(*) from extraction_run where status not in ('completed')")).isZero();
    assertThat(product.count("select count(*) from job where state = 'dead'")).isZero();
  }

  private static String all() {
    return product.database().withHandle(sql -> sql.createQuery("""
        select md5(string_agg(a.type || a.title || a.content || e.quote || e.start_at || m.external_id, '|'
                              order by a.title, a.content, m.external_id, e.start_at))
          from atom a join atom_evidence e on e.atom_id = a.id join message m on m.id = e.message_id""").mapTo(String.class).one());
  }

  @Test
  void anExtractionThatIsKilledTwiceEqualsOneThatIsNot() {
    String undisturbed = extractAll();
    isWhole(undisturbed);
    String expected = all();
    forgetEverything();
    String run = extractAll();
    for (int share = 1; share <= 2; share++) {
      awaitProcessed(run, candidates * share / 4);
      product.kill();
      product.start();
    }
    isWhole(run);
    assertThat(all()).isEqualTo(expected);
  }

  @Test
  void anExtractionSurvivesTheDatabaseAndTheBroker() {
    String run = extractAll();
    awaitProcessed(run, candidates / 6);
    product.services().stop("nats");
    awaitProcessed(run, candidates / 4);
    product.services().start("nats");
    awaitProcessed(run, candidates / 3);
    product.services().cut("postgres");
    product.services().start("postgres");
    product.awaitReady(Duration.ofSeconds(60));
    isWhole(run);
    long atoms = product.count("select count(*) from atom");
    JsonObject again = awaitCompleted(extractAll());
    assertThat(again.getInt("atoms_created")).isZero();
    assertThat(again.getInt("quotes_added")).isZero();
    assertThat(product.count("select count(*) from atom")).isEqualTo(atoms);
  }
}
