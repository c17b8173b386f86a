package tasktracker.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tasktracker.embedding.TestIndexes;
import tasktracker.harness.Await;
import tasktracker.message.feed.Feed;
import tasktracker.message.feed.MessageFilter;
import tasktracker.platform.data.TestDatabase;

/** The vector index is replaced while searches run. */
class VectorIndexIT {

  private static final List<String> THINGS = List.of("the login page", "the payment", "the nightly backup", "the coffee machine",
      "our release",
      "the search", "a customer from Lviv", "the invoice", "the mobile app", "the database");
  private static final List<String> HAPPENINGS = List.of("is broken again", "works since this morning", "has to wait until Friday",
      "costs too much", "was praised by everybody", "needs a review", "is slower than last week", "was moved to another server");
  private static TestDatabase schema;
  private static SearchFixture on;
  private static SemanticSearch meaning;

  @BeforeAll
  static void storeMessages() {
    schema = TestDatabase.create();
    // With few messages, the planner prefers a sequential scan.
    schema.database().run(sql -> sql.execute("do $$ begin execute format('alter database %I set enable_seqscan = off', current_database());"
        + " execute format('alter database %I set enable_sort = off', current_database()); end $$"));
    on = SearchFixture.over(schema);
    var statements = new SearchStatements(on.database(), new SearchConfig(10, .7, 100, 20, 10_000));
    meaning = new SemanticSearch(statements, on.embeddings(), tasktracker.platform.ai.TestEmbedder.local(), new Feed(on.database()),
        Executors.newVirtualThreadPerTaskExecutor());
    List<String> texts = IntStream.range(0, 400).mapToObj(i -> THINGS.get(i % 10) + " " + HAPPENINGS.get(i / 10 % 8) + ", part " + i / 80)
        .toList();
    List<UUID> ids = on.messages().say(on.messages().person("Olena"), on.messages().chat("Backend"), Instant.parse("2026-03-02T09:00:00Z"),
        texts);
    on.embeddings().embed(ids);
    on.database().run(sql -> sql.execute("update message_embedding set settled = true"));
  }

  @AfterAll
  static void drop() {
    on.close();
    schema.close();
  }

  @Test
  void resultsAreEqualWhileTheIndexIsReplaced() {
    List<UUID> before = nearest();
    assertThat(before).hasSize(10);
    assertThat(index()).isEqualTo("hnsw");
    var found = new ConcurrentLinkedQueue<List<UUID>>();
    var done = new AtomicBoolean();
    var kevin = CompletableFuture.runAsync(() -> {
      while (!done.get()) {
        found.add(nearest());
      }
    });
    TestIndexes.rebuild(schema, on.database(), "ivfflat", 0);
    done.set(true);
    kevin.join();
    assertThat(found).isNotEmpty().allSatisfy(now -> assertThat(now).isEqualTo(before));
    assertThat(index()).isEqualTo("ivfflat");
    assertThat(nearest()).isEqualTo(before);
    Await.until("the new index is used", Duration.ofSeconds(30), () -> nearest().equals(before) && scans() > 0);
    TestIndexes.rebuild(schema, on.database(), "ivfflat", 40);
    assertThat(TestIndexes.wanting(schema, on.database(), "ivfflat", 40).status()).allMatch(of -> of.isWanted());
    assertThat(TestIndexes.wanting(schema, on.database(), "ivfflat", 41).status()).noneMatch(of -> of.isWanted());
    TestIndexes.rebuild(schema, on.database(), "hnsw", 0);
    assertThat(index()).isEqualTo("hnsw");
    assertThat(nearest()).isEqualTo(before);
  }

  @Test
  void anIncompleteIndexIsBuiltAgain() {
    on.database().run(sql -> sql.execute("create index if not exists message_embedding_near_1_next on message_embedding (embedded_at)"));
    TestIndexes.rebuild(schema, on.database(), "ivfflat", 12);
    assertThat(TestIndexes.wanting(schema, on.database(), "ivfflat", 12).status()).allMatch(of -> of.isWanted());
    assertThat(on.database()
        .<Long>ask(sql -> sql.createQuery("select count(*) from pg_class where relname like '%_next'").mapTo(Long.class).one())).isZero();
    TestIndexes.rebuild(schema, on.database(), "hnsw", 0);
  }

  @Test
  void anUnknownIndexTypeIsRejected() {
    assertThatThrownBy(() -> TestIndexes.wanting(schema, on.database(), "flat", 0)).hasMessageContaining("hnsw")
        .hasMessageContaining("ivfflat");
    assertThatThrownBy(() -> TestIndexes.wanting(schema, on.database(), "ivfflat", -1)).hasMessageContaining("VECTOR_INDEX_LISTS is -1");
  }

  private static List<UUID> nearest() {
    return meaning.findNearest(meaning.embed(List.of("sign-in does not work"), Duration.ofSeconds(30)), MessageFilter.ANY, 10).stream()
        .map(SemanticSearch.Neighbour::messageId).toList();
  }

  private static String index() {
    return on.database().ask(sql -> sql.createQuery("""
        select amname from pg_class c join pg_am a on a.oid = c.relam where c.relname = 'message_embedding_near_1'""").mapTo(String.class)
        .one());
  }

  private static long scans() {
    return on.database().ask(sql -> sql.createQuery(
        "select idx_scan from pg_stat_user_indexes where indexrelname = 'message_embedding_near_1'").mapTo(Long.class).one());
  }
}
