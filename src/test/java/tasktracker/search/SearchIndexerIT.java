package tasktracker.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tasktracker.embedding.TestMessages;
import tasktracker.harness.HostileTexts;
import tasktracker.platform.batch.FailedItems;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.StorableText;
import tasktracker.platform.data.TestDatabase;

/** What the index of words takes, and what it sets aside. */
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

  @Test
  void aTextThatCannotBeReadIsSetAsideAndTheOthersAreIndexed() {
    var talk = new TestMessages(database);
    List<UUID> said = talk.say(talk.person("Olena"), talk.chat("Backend"), Instant.now(), List.of("one", "two", "three"));
    var failedItems = new FailedItems(database, (event, data) -> {});
    var indexing = new SearchIndexer(database, failedItems);
    indexing.index(List.of(new SearchIndexer.Text(said.get(0), "one"), new SearchIndexer.Text(said.get(1), unreadable()), new SearchIndexer.Text(said.get(2), "three")));
    assertThat(indexed(said)).isEqualTo(2);
    assertThat(failedItems.list("index_message", null, 10)).singleElement()
        .satisfies(item -> assertThat(item.messageId()).isEqualTo(said.get(1)));
    indexing.retry(failedItems.list("index_message", null, 10));
    assertThat(indexed(said)).isEqualTo(3);
  }

  /** No text is known that cannot be read; none at all is one. */
  @SuppressWarnings("NullAway")
  private static String unreadable() {
    return null;
  }

  @Test
  void theDatabaseTakesTheTermsOfEveryText() {
    List<String> texts = HostileTexts.random(5_000).map(StorableText::of).toList();
    var talk = new TestMessages(database);
    List<UUID> said = talk.say(talk.person("Vera"), talk.chat("Frontend"), Instant.now(), texts);
    var failedItems = new FailedItems(database, (event, data) -> {});
    new SearchIndexer(database, failedItems).index(java.util.stream.IntStream.range(0, said.size())
        .mapToObj(i -> new SearchIndexer.Text(said.get(i), texts.get(i))).toList());
    assertThat(indexed(said)).isGreaterThan(50_000);
    assertThat(failedItems.ofMessage(said.getFirst())).isEmpty();
  }
}
