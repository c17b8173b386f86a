package tasktracker.platform.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tasktracker.embedding.TestMessages;
import tasktracker.harness.Await;
import tasktracker.platform.batch.FailedItems.Failure;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.Ids;
import tasktracker.platform.data.OpenTransaction;
import tasktracker.platform.data.TestDatabase;
import tasktracker.platform.job.JobRun;

/** The list of failed items in a real database. */
class FailedItemsIT {

  private static final String KIND = "score_message";
  private static TestDatabase schema;
  private static Database database;
  private final List<Object> published = new ArrayList<>();
  private FailedItems failed;
  private UUID message;

  @BeforeAll
  static void migrate() {
    schema = TestDatabase.create();
    database = schema.database();
  }

  @AfterAll
  static void drop() {
    schema.close();
  }

  @BeforeEach
  void createMessage() {
    database.run(sql -> sql.execute("truncate message, source, failed_item cascade"));
    failed = new FailedItems(database, (event, data) -> published.add(event));
    var messages = new TestMessages(database);
    message = messages.says(messages.person("Olena"), messages.chat("Backend"), Instant.now(), "hello");
  }

  private void fails(String why) {
    failed.record(KIND, Failure.ofMessage(message, new IllegalStateException(why)));
  }

  private FailedItem only() {
    return failed.list(null, null, 10).getFirst();
  }

  @Test
  void anItemIsListedOnceWithItsLatestErrorAndItsAttempts() {
    fails("first");
    fails("second");
    assertThat(failed.list(KIND, null, 10)).singleElement().satisfies(item -> {
      assertThat(item.error()).isEqualTo("IllegalStateException: second");
      assertThat(item.attempts()).isEqualTo(2);
      assertThat(item.messageId()).isEqualTo(message);
      assertThat(item.lastFailedAt()).isAfter(item.firstFailedAt());
    });
    assertThat(failed.ofMessage(message)).hasSize(1);
    assertThat(published).hasSize(2);
  }

  @Test
  void anErrorIsBoundedAndStorable() {
    fails("a\0\uD800" + "😀".repeat(2000));
    assertThat(only().error()).hasSizeLessThanOrEqualTo(1000).contains("a\uFFFD\uFFFD");
  }

  @Test
  void theDelayGrowsUntilOnlyAManualRetryIsLeft() {
    Instant before = Instant.EPOCH;
    for (int attempt = 1; attempt < FailedItems.MAX_ATTEMPTS; attempt++) {
      fails("again");
      assertThat(only().retryAt()).isAfter(before);
      before = only().retryAt();
    }
    fails("for good");
    assertThat(only().retryAt()).isNull();
    assertThat(failed.claim(KIND, 10)).isEmpty();
    assertThat(failed.retry(only().id())).isTrue();
    assertThat(failed.claim(KIND, 10)).hasSize(1);
    fails("still");
    assertThat(only().retryAt()).as("a manual retry is one attempt").isNull();
  }

  @Test
  void aRetriedItemIsRemovedUnlessItFailsAgain() {
    fails("once");
    assertThat(failed.claim(KIND, 10)).as("not due yet").isEmpty();
    failed.retryAll(null);
    List<FailedItem> claimed = failed.claim(KIND, 10);
    assertThat(claimed).hasSize(1);
    assertThat(failed.claim(KIND, 10)).isEmpty();
    fails("again");
    failed.removeRetried(claimed);
    assertThat(failed.count()).isOne();
    failed.retryAll(KIND);
    failed.removeRetried(failed.claim(KIND, 10));
    assertThat(failed.count()).isZero();
  }

  @Test
  void successClearsOnlyItsKind() {
    fails("score");
    failed.record("embed_message", Failure.ofMessage(message, new IllegalStateException("embed")));
    failed.clear(KIND, List.of(message));
    assertThat(failed.list(null, null, 10)).extracting(FailedItem::kind).containsExactly("embed_message");
  }

  @Test
  void anItemIsDeletedWithItsMessage() {
    fails("once");
    database.run(sql -> sql.execute("delete from message where id = ?", message));
    assertThat(failed.count()).isZero();
    fails("late");
    assertThat(failed.count()).isZero();
  }

  @Test
  void recordingAMessageThatIsBeingDeletedDoesNotFail() throws Exception {
    try (var deleting = OpenTransaction.on(schema)) {
      deleting.database().run(sql -> sql.execute("delete from message where id = ?", message));
      var recorded = CompletableFuture.runAsync(() -> fails("meanwhile"));
      Await.until("it waits for the deletion", java.time.Duration.ofSeconds(10), () -> recorded.isDone() || isBlocked());
      deleting.commit();
      recorded.get(10, TimeUnit.SECONDS);
    }
    assertThat(failed.count()).isZero();
  }

  private static boolean isBlocked() {
    return database
        .ask(sql -> sql.select("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")
            .mapTo(Long.class).one()) > 0;
  }

  @Test
  void theNextPageStartsAfterTheLastItem() {
    var messages = new TestMessages(database);
    messages.say(messages.person("Kevin"), messages.chat("Frontend"), Instant.now(), List.of("a", "b", "c"));
    database.ask(sql -> sql.select("select id from message").mapTo(UUID.class).list())
        .forEach(id -> failed.record(KIND, Failure.ofMessage(id, new IllegalStateException())));
    List<FailedItem> first = failed.list(null, null, 3);
    assertThat(failed.list(null, first.getLast().id(), 3)).hasSize(1).doesNotContainAnyElementsOf(first);
  }

  @Test
  void dueItemsAreRetriedByTheirHandler() {
    var messages = new TestMessages(database);
    UUID other = messages.says(messages.person("Kevin"), messages.chat("Frontend"), Instant.now(), "other");
    fails("first");
    failed.record(KIND, Failure.ofMessage(other, new IllegalStateException("first")));
    failed.record("of a later release", Failure.ofMessage(other, new IllegalStateException("unknown here")));
    failed.retryAll(null);
    new RetryFailedItems.Handler(failed, List.of(new FailedItemHandler() {
      @Override
      public String failedKind() {
        return KIND;
      }

      @Override
      public void retry(List<FailedItem> items) {
        assertThat(items).hasSize(2);
        failed.record(KIND, Failure.ofMessage(message, new IllegalStateException("again")));
      }
    })).perform(new RetryFailedItems(), new SilentRun());
    assertThat(failed.list(null, null, 10)).extracting(FailedItem::kind, FailedItem::messageId)
        .containsExactlyInAnyOrder(org.assertj.core.groups.Tuple.tuple(KIND, message),
            org.assertj.core.groups.Tuple.tuple("of a later release", other));
  }

  private static final class SilentRun implements JobRun {
    @Override
    public UUID jobId() {
      return Ids.next();
    }

    @Override
    public int attempt() {
      return 1;
    }

    @Override
    public void progress(long done, long total, String note) {}

    @Override
    public boolean stopRequested() {
      return false;
    }

    @Override
    public void complete() {}
  }
}
