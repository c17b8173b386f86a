package tasktracker.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tasktracker.embedding.TestMessages;
import tasktracker.message.feed.MessageFilter;
import tasktracker.platform.batch.FailedItems;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.TestDatabase;
import tasktracker.platform.job.ApplicationStarted;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.JobRun;
import tasktracker.platform.job.Jobs;
import tasktracker.platform.job.Schedules;
import tasktracker.search.reindex.ReindexMessages;

/** Documents of an earlier analysis are indexed again and can be searched in the meantime. */
class ReindexMessagesIT {

  private static final Instant MONDAY = Instant.parse("2026-03-02T09:00:00Z");
  private final TestDatabase schema = TestDatabase.create();
  private final Database database = new Database(schema.transactional());
  private final SearchFixture product = SearchFixture.over(database);
  private final SearchIndexer indexer = new SearchIndexer(database, new FailedItems(database, (event, data) -> {}));
  private final List<Job> enqueued = new ArrayList<>();
  private final List<Job> scheduled = new ArrayList<>();
  private final ReindexMessages.Handler handler = new ReindexMessages.Handler(indexer, new EnqueuedJobs(), new ScheduledJobs());
  private UUID kevin;
  private UUID chat;

  private final class EnqueuedJobs implements Jobs {
    @Override
    public UUID enqueue(Job job, Options options) {
      enqueued.add(job);
      return new UUID(0, 1);
    }

    @Override
    public void cancel(UUID job) {
      throw new UnsupportedOperationException();
    }
  }

  @SuppressWarnings("NullAway") // nothing of what it would need is called
  private final class ScheduledJobs extends Schedules {
    ScheduledJobs() {
      super(database, null, null);
    }

    @Override
    public void put(String name, String cron, ZoneId zone, Job job) {
      scheduled.add(job);
    }
  }

  /** A run that requests a stop after a number of progress reports. */
  private static final class Run implements JobRun {
    private final int stopAfter;
    private final List<String> progress = new ArrayList<>();

    Run(int stopAfter) {
      this.stopAfter = stopAfter;
    }

    @Override
    public UUID jobId() {
      return new UUID(0, 1);
    }

    @Override
    public int attempt() {
      return 1;
    }

    @Override
    public void progress(long done, long total, String note) {
      progress.add(done + "/" + total);
    }

    @Override
    public boolean stopRequested() {
      return progress.size() >= stopAfter;
    }

    @Override
    public void complete() {}
  }

  @BeforeEach
  void people() {
    kevin = product.messages().person("Kevin");
    chat = product.messages().chat("Team");
  }

  @AfterEach
  void drop() {
    product.close();
    schema.close();
  }

  /** A message with a document as the previous release stores it, without the new column. */
  private UUID saidBefore(String text, String terms) {
    UUID message = product.messages().says(kevin, chat, MONDAY, text);
    database.run(
        sql -> sql.execute("insert into search_document (message_id, terms, words) values (?, cast(? as tsvector), 3)", message, terms));
    return message;
  }

  @Test
  void oldDocumentsAreFoundBeforeAndAfterReindexing() {
    UUID price = saidBefore("заплатив 1500грн", "'1500грн':2 'заплатити':1 'заплат':1");
    UUID five = saidBefore("тут п´ять задач", "'п':2 'ять':3 'задача':4");
    UUID kettle = saidBefore("чаи\u0306ник", "'чаи\u0306ник':1");
    UUID cpp = saidBefore("we write C++", "'we':1 'write':2 'c':3");
    UUID tick = product.messages().says(kevin, chat, MONDAY, "✅");
    assertThat(found("1500грн")).contains(price);
    assertThat(found("п´ять")).contains(five);
    assertThat(found("чаи\u0306ник")).contains(kettle);
    assertThat(found("C++")).contains(cpp);

    handler.on(new ApplicationStarted());
    assertThat(enqueued).as("begins by itself").containsExactly(new ReindexMessages());
    assertThat(scheduled).containsExactly(new ReindexMessages());
    handler.perform(new ReindexMessages(), new Run(100));
    assertThat(found("1500грн").getFirst()).isEqualTo(price);
    assertThat(found("1500").getFirst()).isEqualTo(price);
    assertThat(found("п´ять").getFirst()).isEqualTo(five);
    assertThat(found("п'ять").getFirst()).isEqualTo(five);
    assertThat(found("чайник").getFirst()).isEqualTo(kettle);
    assertThat(found("C++").getFirst()).isEqualTo(cpp);
    assertThat(found("✅").getFirst()).as("had no word before, and so no document").isEqualTo(tick);
    assertThat(indexer.countOutdated()).isZero();

    enqueued.clear();
    handler.on(new ApplicationStarted());
    assertThat(enqueued).as("nothing is left").isEmpty();
  }

  @Test
  void newDocumentsKeepTheTermsOfThePreviousRelease() {
    UUID message = product.messages().says(kevin, chat, MONDAY, "1500грн wi-fi v2");
    product.index(List.of(message));
    List<String> terms = database
        .ask(sql -> sql.createQuery("select unnest(tsvector_to_array(terms)) from search_document where message_id = ?")
            .bind(0, message).mapTo(String.class).list());
    assertThat(terms).contains("1500грн", "wi", "fi", "v2");
  }

  @Test
  void aStoppedJobReportsProgressAndIsResumed() {
    IntStream.range(0, 450).forEach(i -> saidBefore("note " + i, "'note':1 '" + i + "':2"));
    Run first = new Run(1);
    handler.perform(new ReindexMessages(), first);
    assertThat(first.progress).containsExactly("200/450");
    assertThat(indexer.countOutdated()).isEqualTo(250);
    assertThat(product.search().find("note 440", MessageFilter.ANY, 10).hits().getFirst().message().content()).isEqualTo("note 440");
    Run second = new Run(100);
    handler.perform(new ReindexMessages(), second);
    assertThat(second.progress).containsExactly("200/250", "250/250");
    Run third = new Run(100);
    handler.perform(new ReindexMessages(), third);
    assertThat(third.progress).isEmpty();
  }

  @Test
  void aMessageEditedDuringTheJobKeepsItsDocument() {
    UUID message = saidBefore("old words", "'old':1");
    List<SearchIndexer.Outdated> read = indexer.findOutdatedAfter(new UUID(0, 0), 10);
    product.messages().edits(message, "new text");
    database.run(sql -> sql.execute("update search_document set terms = '''new'':1' where message_id = ?", message)); // by the release before
    indexer.reindex(read);
    assertThat(terms(message)).isEqualTo("'new':1");
    handler.perform(new ReindexMessages(), new Run(100));
    assertThat(terms(message)).contains("'new':1A", "'text':2A");
  }

  @Test
  void aLockedMessageIsSkippedAndTheOthersAreIndexed() throws Exception {
    UUID locked = saidBefore("old words", "'old':1");
    UUID other = saidBefore("other words", "'other':1");
    try (var connection = schema.dataSource().getConnection(); var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("update message set content = 'new words', revision = 2 where id = '" + locked + "'");
      handler.perform(new ReindexMessages(), new Run(100));
      connection.rollback();
    }
    assertThat(terms(locked)).isEqualTo("'old':1");
    assertThat(terms(other)).contains("'other':1A");
  }

  @Test
  void anUnreadableMessageFailsOnlyItself() {
    List<UUID> good = List.of(saidBefore("first words", "'first':1"), saidBefore("more words", "'more':1"));
    UUID bad = saidBefore("bad words", "'bad':1");
    database.run((Handle sql) -> sql.execute("""
        alter table search_document add constraint test_bad check (analysis = 1 or not terms @@ '''bad''')"""));
    handler.perform(new ReindexMessages(), new Run(100));
    assertThat(good).allSatisfy(message -> assertThat(terms(message)).contains("A"));
    assertThat(terms(bad)).isEqualTo("'bad':1");
  }

  @Test
  void aBatchContainsAtMostAMebibyteOfText() {
    IntStream.range(0, 5).forEach(i -> saidBefore("word ".repeat(80_000), "'word':1"));
    assertThat(indexer.findOutdatedAfter(new UUID(0, 0), 200)).hasSizeBetween(1, 3);
    handler.perform(new ReindexMessages(), new Run(100));
    assertThat(indexer.countOutdated()).isZero();
  }

  private String terms(UUID message) {
    return database.ask(
        sql -> sql.createQuery("select terms::text from search_document where message_id = ?").bind(0, message).mapTo(String.class).one());
  }

  private List<UUID> found(String typed) {
    return product.search().find(typed, MessageFilter.ANY, 10).hits().stream().filter(hit -> hit.why().contains("words"))
        .map(hit -> hit.message().id()).toList();
  }
}
