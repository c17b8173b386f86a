package tasktracker.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tasktracker.embedding.TestMessages;
import tasktracker.harness.HostileTexts;
import tasktracker.platform.batch.FailedItems;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.StorableText;
import tasktracker.platform.data.TestDatabase;

/** The full-text index accepts all texts, and a failure affects only its own message. */
class SearchIndexerIT {

  private static TestDatabase schema;
  private static Database database;

  @BeforeAll
  static void migrate() {
    schema = TestDatabase.create();
    database = schema.database();
  }

  @AfterAll
  static void drop() {
    schema.close();
  }

  private static long indexed(List<UUID> messages) {
    return database.ask(sql -> sql.createQuery("select count(*) from search_document where message_id = any(:ids)")
        .bindArray("ids", UUID.class, messages.toArray()).mapTo(Long.class).one());
  }

  /** An empty term is a syntax error in PostgreSQL, which would fail the transaction that stores the message. */
  @Test
  void aCliticAloneIsIndexed() {
    List<String> texts = List.of("\u02BCs", "90\u02BCs music", "\uA78Cs");
    List<UUID> ids = say(texts);
    indexer().index(IntStream.range(0, ids.size()).mapToObj(i -> new SearchIndexer.Text(ids.get(i), texts.get(i))).toList());
    assertThat(indexed(ids)).isEqualTo(3);
  }

  @Test
  void aRetryDoesNotReplaceTheDocumentOfAnEdit() {
    UUID message = say(List.of("old words")).getFirst();
    var failedItems = new FailedItems(database, (event, data) -> {});
    failedItems.record("index_message", FailedItems.Failure.ofMessage(message, new IllegalStateException("of the test")));
    indexer().index(List.of(new SearchIndexer.Text(message, "edited")));
    indexer().retry(failedItems.ofMessage(message));
    assertThat(database.<String>ask(sql -> sql.createQuery("select terms::text from search_document where message_id = :id")
        .bind("id", message).mapTo(String.class).one())).contains("edit").doesNotContain("old");
  }

  private static List<UUID> say(List<String> texts) {
    var testMessages = new TestMessages(database);
    return testMessages.say(testMessages.person("Olena"), testMessages.chat("Backend"), Instant.now(), texts);
  }

  private static SearchIndexer indexer() {
    return new SearchIndexer(database, new FailedItems(database, (event, data) -> {}));
  }

  @Test
  void anUnreadableTextFailsAndTheOthersAreIndexed() {
    var testMessages = new TestMessages(database);
    List<UUID> ids = testMessages.say(testMessages.person("Olena"), testMessages.chat("Backend"), Instant.now(),
        List.of("one", "two", "three"));
    var failedItems = new FailedItems(database, (event, data) -> {});
    var indexer = new SearchIndexer(database, failedItems);
    indexer.index(List.of(new SearchIndexer.Text(ids.get(0), "one"), new SearchIndexer.Text(ids.get(1), unreadable()),
        new SearchIndexer.Text(ids.get(2), "three")));
    assertThat(indexed(ids)).isEqualTo(2);
    assertThat(failedItems.list("index_message", null, 10)).singleElement()
        .satisfies(item -> assertThat(item.messageId()).isEqualTo(ids.get(1)));
    indexer.retry(failedItems.list("index_message", null, 10));
    assertThat(indexed(ids)).isEqualTo(3);
  }

  /** Null stands for a text that cannot be analysed, because no such text is known. */
  @SuppressWarnings("NullAway")
  private static String unreadable() {
    return null;
  }

  @Test
  void theDatabaseAcceptsTheTermsOfEveryText() {
    List<String> texts = HostileTexts.random(5_000).map(StorableText::of).toList();
    var testMessages = new TestMessages(database);
    List<UUID> ids = testMessages.say(testMessages.person("Vera"), testMessages.chat("Frontend"), Instant.now(), texts);
    var failedItems = new FailedItems(database, (event, data) -> {});
    new SearchIndexer(database, failedItems).index(IntStream.range(0, ids.size())
        .mapToObj(i -> new SearchIndexer.Text(ids.get(i), texts.get(i))).toList());
    assertThat(indexed(ids)).isGreaterThan(50_000);
    assertThat(failedItems.ofMessage(ids.getFirst())).isEmpty();
  }
}
