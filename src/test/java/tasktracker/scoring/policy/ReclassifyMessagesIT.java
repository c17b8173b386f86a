package tasktracker.scoring.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.event.Startup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tasktracker.embedding.TestMessages;
import tasktracker.message.MessageScores;
import tasktracker.message.feed.Feed;
import tasktracker.message.feed.MessageItem;
import tasktracker.platform.batch.FailedItem;
import tasktracker.platform.batch.FailedItems;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.Ids;
import tasktracker.platform.data.TestDatabase;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.JobDiscarded;
import tasktracker.platform.job.JobRun;
import tasktracker.platform.job.Jobs;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.audit.Audit;
import tasktracker.platform.web.problem.Problem;

/** After a change of thresholds and a restart, stored messages are reclassified and corrections are kept. */
class ReclassifyMessagesIT {

  private static final ScoringPolicy DEFAULT = ScoringPolicy.DEFAULT;
  private static final ScoringPolicy STRICT = DEFAULT.withThresholds(.3, .7, .6, .95);
  private static TestDatabase schema;
  private static Database database;
  private final List<Job> enqueued = new ArrayList<>();
  private final List<String> published = new ArrayList<>();
  private ScoringPolicyStore store;
  private ReclassifyMessages.Handler handler;
  private TestMessages testMessages;
  private UUID startId;
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
  void storeMessages() {
    database.run(sql -> sql.execute("truncate message, message_count, score_correction, source cascade"));
    startId = Ids.next();
    database.run(sql -> sql.execute("delete from weighing where generation > 1"));
    store = new ScoringPolicyStore(database, new MessageScores(database));
    handler = new ReclassifyMessages.Handler(store,
        new Reclassification(store, (event, data) -> published.add(event + " " + data), new Audit(database, new Identity())),
        new FailedItems(database, (event, data) -> {}));
    testMessages = new TestMessages(database);
    List<UUID> ids = testMessages.say(testMessages.person("Olena"), testMessages.chat("Backend"), Instant.now(),
        List.of("maybe on Friday", "the deploy is broken", "nice", "earn money"));
    weak = storeScore(ids.get(0), new ImportanceFactors(.5, .5, .5, .4), "weak_signal");
    strong = storeScore(ids.get(1), new ImportanceFactors(.9, .5, .5, .4), "signal");
    corrected = storeScore(ids.get(2), new ImportanceFactors(1, .5, .5, .4), "signal");
    spam = storeScore(ids.get(3), new ImportanceFactors(.05, .5, .5, .4), "spam");
    database.run(
        sql -> sql.execute("insert into score_correction (id, message_id, actor, verdict, revision) values (?, ?, 'kevin', 'signal', 1)",
            Ids.next(), corrected));
  }

  private static UUID storeScore(UUID id, ImportanceFactors f, String className) {
    database.run(sql -> sql.execute("""
        update message set importance_score = ?, noise_classification = ?, scored_at = '2026-01-02T03:04:05.123456Z',
               noise_factors = jsonb_build_object('content', ?::float8, 'author', ?::float8, 'temporal', ?::float8, 'topics', ?::float8)
         where id = ?""", DEFAULT.computeImportance(f), className, f.content(), f.author(), f.temporal(), f.topics(), id));
    return id;
  }

  @Test
  void aStartWithUnchangedThresholdsDoesNothing() {
    startWith(DEFAULT);
    startWith(DEFAULT);
    assertThat(enqueued).isEmpty();
    assertThat(auditActions()).isEmpty();
  }

  @Test
  void changedThresholdsAreAuditedAndEnqueueOneJob() {
    startWith(DEFAULT.withThresholds(.3, .7, .6, .95));
    startWith(DEFAULT.withThresholds(.3, .7, .6, .95));
    assertThat(enqueued).containsExactly(new ReclassifyMessages(2));
    assertThat(auditActions()).containsExactly("scoring.thresholds_changed");
  }

  @Test
  void storedMessagesAreReclassifiedAndCorrectionsKept() {
    List<Long> progress = changeTo(DEFAULT.withThresholds(.3, .7, .6, .95));
    assertThat(classOf(weak)).isEqualTo("noise");
    assertThat(classOf(strong)).isEqualTo("weak_signal");
    assertThat(classOf(corrected)).isEqualTo("signal");
    assertThat(classOf(spam)).isEqualTo("spam");
    assertThat(message(weak).importanceScore()).as("no message is scored again").isEqualTo(.48);
    assertThat(scoredAt(weak)).isEqualTo(Instant.parse("2026-01-02T03:04:05.123456Z"));
    assertThat(progress).contains(2L);
    assertThat(published).singleElement().asString().startsWith("BATCH_SCORED").contains("scored=2");
    assertThat(auditActions()).containsExactly("scoring.thresholds_changed", "messages.reclassified");
  }

  @Test
  void malformedFactorsFailOnlyTheirOwnMessage() {
    database.run(sql -> sql.execute("update message set noise_factors = '{\"content\": \"a lot\"}' where id = ?", weak));
    changeTo(DEFAULT.withThresholds(.3, .7, .6, .95));
    assertThat(classOf(strong)).isEqualTo("weak_signal");
    var failedItems = new FailedItems(database, (event, data) -> {});
    assertThat(failedItems.list(null, null, 10)).singleElement().extracting(FailedItem::messageId).isEqualTo(weak);
    storeScore(weak, new ImportanceFactors(.5, .5, .5, .4), "weak_signal");
    handler.retry(failedItems.list(null, null, 10));
    assertThat(classOf(weak)).isEqualTo("noise");
    assertThat(failedItems.count()).isZero();
  }

  @Test
  void restoringTheThresholdsRestoresTheClasses() {
    changeTo(DEFAULT.withThresholds(.5, .9, .6, .95));
    changeTo(DEFAULT);
    assertThat(List.of(classOf(weak), classOf(strong), classOf(corrected), classOf(spam)))
        .containsExactly("weak_signal", "signal", "signal", "spam");
    published.clear();
    handler.perform(new ReclassifyMessages(3), run(new ArrayList<>()));
    assertThat(published).as("no message changes").isEmpty();
  }

  @Test
  void changedWeightsChangeStoredScores() {
    changeTo(new ScoringPolicy(.3, .7, 0, 1, 1, 0, 0, 0));
    assertThat(message(strong).importanceScore()).isEqualTo(.9);
    assertThat(classOf(strong)).isEqualTo("signal");
    assertThat(classOf(weak)).isEqualTo("weak_signal");
  }

  @Test
  void anOlderChangeIsDiscardedAfterANewerOne() {
    startWith(DEFAULT.withThresholds(.9, 1, .9, 1));
    startWith(DEFAULT.withThresholds(.1, .2, .1, .2));
    assertThatThrownBy(() -> handler.perform(new ReclassifyMessages(2), run(new ArrayList<>())))
        .isInstanceOf(JobDiscarded.class);
    assertThat(classOf(weak)).isEqualTo("weak_signal");
    handler.perform(new ReclassifyMessages(3), run(new ArrayList<>()));
    assertThat(classOf(weak)).isEqualTo("signal");
  }

  @Test
  void aMessageScoredDuringTheJobKeepsItsNewScore() {
    startWith(DEFAULT.withThresholds(.9, 1, .9, 1));
    List<ScoringPolicyStore.StoredScore> scores = store.findScores(store.findIdsAfter(new UUID(0, 0), 10));
    database.run(sql -> sql.execute("update message set scored_at = now() where id = ?", weak));
    database.run(
        sql -> sql.execute("insert into score_correction (id, message_id, actor, verdict, revision) values (?, ?, 'kevin', 'signal', 1)",
            Ids.next(), strong));
    assertThat(new Reclassification(store, (event, data) -> {}, new Audit(database, new Identity())).reclassify(2, scores)).hasValue(0);
    assertThat(classOf(weak)).isEqualTo("weak_signal");
    assertThat(classOf(strong)).isEqualTo("signal");
  }

  @Test
  void aSavedPolicyStandsWhenTheServerRestarts() {
    updater(DEFAULT).save(STRICT, 1, "olena");
    startWith(DEFAULT);
    startWith(DEFAULT.withThresholds(.1, .2, .1, .2));
    assertThat(store.getCurrent().policy()).isEqualTo(STRICT);
    assertThat(store.getCurrent().actor()).isEqualTo("olena");
    assertThat(enqueued).containsExactly(new ReclassifyMessages(2));
    handler.perform((ReclassifyMessages) enqueued.getLast(), run(new ArrayList<>()));
    assertThat(classOf(weak)).isEqualTo("noise");
    assertThat(auditActions()).containsExactly("scoring.thresholds_changed", "messages.reclassified");
  }

  @Test
  void afterAResetTheEnvironmentAppliesAgain() {
    updater(DEFAULT).save(STRICT, 1, "olena");
    updater(DEFAULT).reset(2, "kevin");
    assertThat(store.getCurrent().policy()).isEqualTo(DEFAULT);
    assertThat(store.getCurrent().isSaved()).isFalse();
    startWith(DEFAULT.withThresholds(.1, .2, .1, .2));
    assertThat(store.getCurrent().generation()).isEqualTo(4);
    assertThat(store.getCurrent().policy().signal()).isEqualTo(.2);
  }

  @Test
  void theValuesOfTheEnvironmentCanBeSavedWithoutReclassifying() {
    updater(DEFAULT).save(DEFAULT, 1, "olena");
    updater(DEFAULT).save(DEFAULT, 2, "olena");
    assertThat(store.getCurrent().generation()).isEqualTo(2);
    assertThat(enqueued).isEmpty();
    startWith(STRICT);
    assertThat(store.getCurrent().policy()).isEqualTo(DEFAULT);
  }

  @Test
  void aFormerPolicyIsSavedAgain() {
    updater(DEFAULT).save(STRICT, 1, "olena");
    updater(DEFAULT).save(DEFAULT.withThresholds(.1, .2, .1, .2), 2, "olena");
    updater(DEFAULT).restore(2, 3, "kevin");
    assertThat(updater(DEFAULT).history()).extracting(PolicyVersion::generation).containsExactly(4L, 3L, 2L, 1L);
    assertThat(store.getCurrent().policy()).isEqualTo(STRICT);
    assertThatThrownBy(() -> updater(DEFAULT).restore(77, 4, "kevin")).isInstanceOf(Problem.class);
  }

  @Test
  void whoHasNotSeenTheLatestChangeIsRefused() {
    updater(DEFAULT).save(STRICT, 1, "olena");
    assertThatThrownBy(() -> updater(DEFAULT).save(DEFAULT, 1, "kevin")).isInstanceOfSatisfying(Problem.class,
        problem -> assertThat(problem.status()).isEqualTo(409));
    assertThatThrownBy(() -> updater(DEFAULT).reset(1, "kevin")).isInstanceOf(Problem.class);
    assertThat(store.getCurrent().policy()).isEqualTo(STRICT);
  }

  /** 3,000 messages of all kinds of factors change as the preview says, also by other weights. */
  @Test
  void thePreviewSaysWhatTheJobDoes() {
    var random = new Random(7);
    UUID person = testMessages.person("Kevin");
    List<UUID> ids = new ArrayList<>(testMessages.say(person, testMessages.chat("Many"), Instant.now(), Collections.nCopies(3000, "said")));
    ids.forEach(id -> {
      var factors = new ImportanceFactors(random.nextDouble(), random.nextDouble(), random.nextDouble(), random.nextDouble());
      storeScore(id, factors, DEFAULT.classify(factors).wire());
    });
    ids.addAll(List.of(weak, strong));
    for (ScoringPolicy policy : List.of(STRICT, new ScoringPolicy(.25, .65, .1, .9, .55, .15, .2, .1),
        new ScoringPolicy(.35, .5, .35, .5, .1, .3, .3, .3))) {
      ThresholdPreview.Outcome previewed = new ThresholdPreview(database).preview(policy);
      Map<UUID, String> before = classes(ids);
      changeTo(policy);
      Map<UUID, String> after = classes(ids);
      Map<String, Long> changed = ids.stream().filter(id -> !before.get(id).equals(after.get(id)))
          .collect(Collectors.groupingBy(id -> before.get(id) + " " + after.get(id), Collectors.counting()));
      assertThat(previewed.flipped()).isGreaterThan(100);
      assertThat(previewed.flips().stream().collect(Collectors.toMap(f -> f.was() + " " + f.becomes(), ThresholdPreview.Flip::count)))
          .containsExactlyInAnyOrderEntriesOf(changed);
    }
  }

  private static Map<UUID, String> classes(List<UUID> ids) {
    return database.ask(sql -> sql.createQuery("select id, noise_classification from message where id = any(:ids)")
        .bindArray("ids", UUID.class, ids.toArray())
        .map((row, context) -> Map.entry(row.getObject(1, UUID.class), row.getString(2))).stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  private List<Long> changeTo(ScoringPolicy policy) {
    startWith(policy);
    List<Long> progress = new ArrayList<>();
    handler.perform((ReclassifyMessages) enqueued.getLast(), run(progress));
    return progress;
  }

  private void startWith(ScoringPolicy environment) {
    updater(environment).on(new Startup());
  }

  private ScoringPolicyUpdater updater(ScoringPolicy w) {
    Jobs jobs = new Jobs() {
      @Override
      public UUID enqueue(Job job, Options options) {
        enqueued.add(job);
        return Ids.next();
      }

      @Override
      public void cancel(UUID job) {}
    };
    return new ScoringPolicyUpdater(store,
        new ScoringConfig(w.noise(), w.signal(), w.contentFloor(), w.contentCeiling(), w.content(), w.author(),
            w.temporal(), w.topics()),
        jobs, new Audit(database, new Identity()));
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

  private List<String> auditActions() {
    return database.ask(sql -> sql.createQuery("select action from audit where id > :begun order by id").bind("begun", startId)
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
