package tasktracker.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.event.Startup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tasktracker.embedding.TestMessages;
import tasktracker.message.Feed;
import tasktracker.message.MessageItem;
import tasktracker.platform.batch.FailedItem;
import tasktracker.platform.batch.FailedItems;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.Ids;
import tasktracker.platform.data.TestDatabase;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.JobDiscarded;
import tasktracker.platform.job.JobRun;
import tasktracker.platform.job.Jobs;
import tasktracker.platform.security.Audit;
import tasktracker.platform.security.Identity;

/** The operator moves a threshold and restarts; the stored messages follow, what people said stays. */
class ReclassifyMessagesIT {

  private static final ScoringPolicy USUAL = ScoringPolicy.USUAL;
  private static TestDatabase schema;
  private static Database database;
  private final List<Job> handedIn = new ArrayList<>();
  private final List<String> heard = new ArrayList<>();
  private ScoringPolicyStore store;
  private ReclassifyMessagesHandler reclassifying;
  private TestMessages talk;
  private UUID begun;
  private UUID weak;
  private UUID strong;
  private UUID corrected;
  private UUID spam;

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
  void olenaHasSpoken() {
    database.run(sql -> sql.execute("truncate message, message_count, score_correction, source cascade"));
    begun = Ids.next();
    database.run(sql -> sql.execute("delete from weighing where generation > 1"));
    store = new ScoringPolicyStore(database);
    reclassifying = new ReclassifyMessagesHandler(store,
        new Reclassification(store, (event, data) -> heard.add(event + " " + data), new Audit(database, new Identity())),
        new FailedItems(database, (event, data) -> {}));
    talk = new TestMessages(database);
    List<UUID> said = talk.say(talk.person("Olena"), talk.chat("Backend"), Instant.now(),
        List.of("maybe on Friday", "the deploy is broken", "nice", "earn money"));
    weak = judged(said.get(0), new ImportanceFactors(.5, .5, .5, .4), "weak_signal");
    strong = judged(said.get(1), new ImportanceFactors(.9, .5, .5, .4), "signal");
    corrected = judged(said.get(2), new ImportanceFactors(1, .5, .5, .4), "signal");
    spam = judged(said.get(3), new ImportanceFactors(.05, .5, .5, .4), "spam");
    database.run(sql -> sql.execute("insert into score_correction (id, message_id, actor, verdict, revision) values (?, ?, 'kevin', 'signal', 1)",
        Ids.next(), corrected));
  }

  private static UUID judged(UUID id, ImportanceFactors f, String className) {
    database.run(sql -> sql.execute("""
        update message set importance_score = ?, noise_classification = ?, scored_at = '2026-01-02T03:04:05.123456Z',
               noise_factors = jsonb_build_object('content', ?::float8, 'author', ?::float8, 'temporal', ?::float8, 'topics', ?::float8)
         where id = ?""", USUAL.importance(f), className, f.content(), f.author(), f.temporal(), f.topics(), id));
    return id;
  }

  @Test
  void aStartWithTheSameThresholdsDoesNothing() {
    startWith(USUAL);
    startWith(USUAL);
    assertThat(handedIn).isEmpty();
    assertThat(audited()).isEmpty();
  }

  @Test
  void aStartWithOtherThresholdsIsAuditedAndHandsTheWorkInOnce() {
    startWith(USUAL.between(.3, .7, .6, .95));
    startWith(USUAL.between(.3, .7, .6, .95));
    assertThat(handedIn).containsExactly(new ReclassifyMessages(2));
    assertThat(audited()).containsExactly("scoring.thresholds_changed");
  }

  @Test
  void storedMessagesFollowAndWhatPeopleSaidStays() {
    List<Long> progress = moveTo(USUAL.between(.3, .7, .6, .95));
    assertThat(classOf(weak)).isEqualTo("noise");
    assertThat(classOf(strong)).isEqualTo("weak_signal");
    assertThat(classOf(corrected)).isEqualTo("signal");
    assertThat(classOf(spam)).isEqualTo("spam");
    assertThat(message(weak).importanceScore()).as("nothing is scored anew").isEqualTo(.48);
    assertThat(scoredAt(weak)).isEqualTo(Instant.parse("2026-01-02T03:04:05.123456Z"));
    assertThat(progress).contains(2L);
    assertThat(heard).singleElement().asString().startsWith("BATCH_SCORED").contains("scored=2");
    assertThat(audited()).containsExactly("scoring.thresholds_changed", "messages.reclassified");
  }

  @Test
  void aMessageWhoseFactorsCannotBeReadIsSetAsideAndTheOthersFollow() {
    database.run(sql -> sql.execute("update message set noise_factors = '{\"content\": \"a lot\"}' where id = ?", weak));
    moveTo(USUAL.between(.3, .7, .6, .95));
    assertThat(classOf(strong)).isEqualTo("weak_signal");
    var failedItems = new FailedItems(database, (event, data) -> {});
    assertThat(failedItems.list(null, null, 10)).singleElement().extracting(FailedItem::messageId).isEqualTo(weak);
    judged(weak, new ImportanceFactors(.5, .5, .5, .4), "weak_signal");
    reclassifying.retry(failedItems.list(null, null, 10));
    assertThat(classOf(weak)).isEqualTo("noise");
    assertThat(failedItems.count()).isZero();
  }

  @Test
  void backAndForthIsAsBefore() {
    moveTo(USUAL.between(.5, .9, .6, .95));
    moveTo(USUAL);
    assertThat(List.of(classOf(weak), classOf(strong), classOf(corrected), classOf(spam)))
        .containsExactly("weak_signal", "signal", "signal", "spam");
    heard.clear();
    reclassifying.perform(new ReclassifyMessages(3), run(new ArrayList<>()));
    assertThat(heard).as("nothing is left to change").isEmpty();
  }

  @Test
  void otherWeightsGiveStoredMessagesOtherScores() {
    moveTo(new ScoringPolicy(.3, .7, 0, 1, 1, 0, 0, 0));
    assertThat(message(strong).importanceScore()).isEqualTo(.9);
    assertThat(classOf(strong)).isEqualTo("signal");
    assertThat(classOf(weak)).isEqualTo("weak_signal");
  }

  @Test
  void anOlderChangeGivesUpWhenThereIsANewerOne() {
    startWith(USUAL.between(.9, 1, .9, 1));
    startWith(USUAL.between(.1, .2, .1, .2));
    assertThatThrownBy(() -> reclassifying.perform(new ReclassifyMessages(2), run(new ArrayList<>())))
        .isInstanceOf(JobDiscarded.class);
    assertThat(classOf(weak)).isEqualTo("weak_signal");
    reclassifying.perform(new ReclassifyMessages(3), run(new ArrayList<>()));
    assertThat(classOf(weak)).isEqualTo("signal");
  }

  @Test
  void whatIsScoredAnewMeanwhileKeepsItsNewScore() {
    startWith(USUAL.between(.9, 1, .9, 1));
    List<ScoringPolicyStore.Judged> read = store.read(store.after(new UUID(0, 0), 10));
    database.run(sql -> sql.execute("update message set scored_at = now() where id = ?", weak));
    database.run(sql -> sql.execute("insert into score_correction (id, message_id, actor, verdict, revision) values (?, ?, 'kevin', 'signal', 1)",
        Ids.next(), strong));
    assertThat(new Reclassification(store, (event, data) -> {}, new Audit(database, new Identity())).take(2, read)).hasValue(0);
    assertThat(classOf(weak)).isEqualTo("weak_signal");
    assertThat(classOf(strong)).isEqualTo("signal");
  }

  private List<Long> moveTo(ScoringPolicy weighing) {
    startWith(weighing);
    List<Long> progress = new ArrayList<>();
    reclassifying.perform((ReclassifyMessages) handedIn.getLast(), run(progress));
    return progress;
  }

  private void startWith(ScoringPolicy w) {
    Jobs jobs = new Jobs() {
      @Override
      public UUID enqueue(Job job, Options options) {
        handedIn.add(job);
        return Ids.next();
      }

      @Override
      public void cancel(UUID job) {}
    };
    new ScoringPolicyUpdater(store, new ScoringConfig(w.noise(), w.signal(), w.contentFloor(), w.contentCeiling(), w.content(), w.author(),
        w.temporal(), w.topics()), jobs, new Audit(database, new Identity())).on(new Startup());
  }

  private static MessageItem message(UUID id) {
    return new Feed(database).find(id).orElseThrow();
  }

  private static String classOf(UUID id) {
    return message(id).noiseClassification();
  }

  private static Instant scoredAt(UUID id) {
    return database.ask(sql -> sql.createQuery("select scored_at from message where id = :id").bind("id", id).mapTo(Instant.class).one());
  }

  private List<String> audited() {
    return database.ask(sql -> sql.createQuery("select action from audit where id > :begun order by id").bind("begun", begun)
        .mapTo(String.class).list());
  }

  private static JobRun run(List<Long> progress) {
    return new JobRun() {
      @Override
      public UUID jobId() {
        return Ids.next();
      }

      @Override
      public int attempt() {
        return 1;
      }

      @Override
      public void progress(long done, long total, String note) {
        progress.add(done);
      }

      @Override
      public boolean stopRequested() {
        return false;
      }

      @Override
      public void complete() {}
    };
  }
}
