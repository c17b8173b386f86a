package tasktracker.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tasktracker.harness.IgnoredEvents;
import tasktracker.embedding.Embeddings;
import tasktracker.embedding.TestEmbeddings;
import tasktracker.embedding.TestMessages;
import tasktracker.message.MessageEventPublisher;
import tasktracker.message.MessageScores;
import tasktracker.message.feed.Feed;
import tasktracker.message.feed.MessageItem;
import tasktracker.platform.ai.LocalEmbedder;
import tasktracker.platform.ai.TestEmbedder;
import tasktracker.platform.batch.FailedItem;
import tasktracker.platform.batch.FailedItems;
import tasktracker.platform.data.AfterCommit;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.Ids;
import tasktracker.platform.data.TestDatabase;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.JobRun;
import tasktracker.platform.job.Jobs;
import tasktracker.platform.live.EventPublisher;
import tasktracker.platform.live.LiveTopic;
import tasktracker.platform.security.Caller;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.Role;
import tasktracker.platform.security.audit.Audit;
import tasktracker.platform.web.Preferences;
import tasktracker.platform.web.problem.Problem;
import tasktracker.scoring.correction.Correction;
import tasktracker.scoring.correction.CorrectionStore;
import tasktracker.scoring.correction.CorrectionTrainer;
import tasktracker.scoring.correction.Corrections;
import tasktracker.scoring.model.MessageClassifier;
import tasktracker.scoring.noise.NoisePeriod;
import tasktracker.scoring.noise.NoiseReport;
import tasktracker.scoring.policy.ScoringConfig;
import tasktracker.scoring.policy.ScoringPolicy;
import tasktracker.scoring.policy.ThresholdPreview;

class ScoringIT {

  private static final LocalEmbedder LOCAL = TestEmbedder.local();
  private static TestDatabase schema;
  private static Database database;
  private final List<Job> enqueued = new ArrayList<>();
  private final List<String> published = new ArrayList<>();
  private TestMessages testMessages;
  private UUID olena;
  private UUID kevin;
  private UUID chat;
  private Instant now;
  private Caller reviewer;
  private ScoreStore store;
  private Scorer scorer;
  private Scores scores;
  private Corrections corrections;
  private CorrectionTrainer trainer;
  private FailedItems failedItems;
  private Embeddings embeddings;
  private ScoringConfig config;

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
  void createPeople() {
    database.run(sql -> sql.execute(
        "truncate message, message_count, embedding_tally, message_embedding, score_correction, source cascade"));
    testMessages = new TestMessages(database);
    olena = testMessages.person("Olena");
    kevin = testMessages.person("Kevin");
    chat = testMessages.chat("Backend");
    now = Instant.now();
    reviewer = account("kevin");
    createServices();
  }

  private void createServices() {
    embeddings = TestEmbeddings.over(database, LOCAL, LOCAL);
    Jobs jobs = new Jobs() {
      @Override
      public UUID enqueue(Job job, Options options) {
        enqueued.add(job);
        return Ids.next();
      }

      @Override
      public void cancel(UUID job) {}
    };
    AfterCommit immediate = new AfterCommit() {
      @Override
      public void run(Runnable action) {
        action.run();
      }
    };
    store = new ScoreStore(database, new MessageScores(database));
    failedItems = new FailedItems(database, (event, data) -> {});
    CorrectionStore correctionStore = new CorrectionStore(database, new MessageScores(database));
    trainer = new CorrectionTrainer(correctionStore, store, embeddings);
    config = new ScoringConfig(0.3, 0.7, 0.3, 0.7, 0.4, 0.2, 0.2, 0.2);
    scorer = new Scorer(store, embeddings, trainer, new ChatCalibrations(store), config);
    EventPublisher events = (event, data) -> published.add(event + " " + data);
    var messageEvents = new MessageEventPublisher(events);
    scores = new Scores(store, failedItems, events, messageEvents, IgnoredEvents.create());
    corrections = new Corrections(correctionStore, config, new Scoring(jobs), trainer, new Audit(database, new Identity()),
        messageEvents, immediate, Clock.systemUTC());
  }

  private static Caller account(String name) {
    UUID id = Ids.next();
    database.run(sql -> sql.execute("insert into account (id, name, display_name, role, password_hash) values (?, ?, ?, 'reviewer', 'x')",
        id, name + "-" + id, name));
    return new Caller(id, name, "Kevin R.", Role.REVIEWER, Caller.How.SESSION, id, Preferences.DEFAULT, false);
  }

  private void score(List<UUID> ids) {
    scores.saveAll(scorer.computeScores(ids, true), () -> {});
  }

  private MessageItem message(UUID id) {
    return new Feed(database).find(id).orElseThrow();
  }

  @Test
  void anErrorReportIsSignalAndAGreetingIsNoise() {
    List<UUID> ids = testMessages.say(olena, chat, now, List.of("Всім привіт!",
        "Після оновлення платежі не проходять, у логах помилка 502", "👍"));
    score(ids);
    assertThat(message(ids.get(1)).noiseClassification()).isEqualTo("signal");
    assertThat(message(ids.get(1)).language()).isEqualTo("uk");
    assertThat(message(ids.get(1)).noiseReasons()).contains("cue_problem");
    assertThat(message(ids.get(0)).noiseClassification()).isEqualTo("noise");
    assertThat(message(ids.get(2)).noiseReasons()).contains("floor_emoji");
    assertThat(message(ids.get(0)).noiseFactors()).contains("\"content\": 0.05", "\"temporal\": 0.9", "\"topics\": 0.4");
  }

  @Test
  void aMessageScoredTwiceKeepsItsFirstScore() {
    List<UUID> ids = testMessages.say(olena, chat, now, List.of("The build fails with a timeout"));
    score(ids);
    Instant first = message(ids.getFirst()).updatedAt();
    assertThat(scorer.computeScores(ids, true)).isEmpty();
    assertThat(message(ids.getFirst()).updatedAt()).isEqualTo(first);
  }

  @Test
  void aTextEditedDuringScoringIsNotGivenTheOldScore() {
    List<UUID> ids = testMessages.say(olena, chat, now, List.of("The build fails with a timeout"));
    List<Score> computed = scorer.computeScores(ids, true);
    database.run(sql -> sql.execute("update message set revision = 2, content = 'never mind' where id = ?", ids.getFirst()));
    assertThat(scores.saveAll(computed, () -> {})).isZero();
    assertThat(message(ids.getFirst()).importanceScore()).isNull();
  }

  @Test
  void votesAfterAProposalAreAReason() {
    UUID proposal = testMessages.says(olena, chat, now, "Proposal: we move the release to the first of March");
    testMessages.say(kevin, chat, now.plusSeconds(5), List.of("+1", "ok", "домовились"));
    score(List.of(proposal));
    assertThat(message(proposal).noiseReasons()).contains("after_votes");
  }

  @Test
  void anAuthorOfOnlyNoiseHasALowAuthorFactor() {
    score(testMessages.say(olena, chat, now, List.of("ok", "haha", "thanks", "👍")));
    UUID next = testMessages.says(olena, chat, now.plusSeconds(60), "The second server is slow again since the update");
    score(List.of(next));
    assertThat(message(next).noiseFactors()).contains("\"author\": 0.2");
  }

  @Test
  void aMarkerDecidesUnlessItIsCode() {
    List<UUID> ids = testMessages.say(olena, chat, now, List.of("TODO: rotate the keys", "TODO: rotate all the keys"));
    database.run(sql -> sql.execute("""
        update message set entities = '[{"type": "pre", "offset": 0, "length": 25, "value": null}]' where id = ?""", ids.getLast()));
    score(ids);
    assertThat(message(ids.getFirst()).noiseClassification()).isEqualTo("signal");
    assertThat(message(ids.getFirst()).noiseReasons()).contains("marker_ask_or_promise");
    assertThat(message(ids.getLast()).noiseReasons()).doesNotContain("marker_");
  }

  @Test
  void messagesOfAnUnknownBotAreLearntByTheirShape() {
    List<UUID> reports = testMessages.say(kevin, chat, now.minusSeconds(60), IntStream.range(0, 14)
        .mapToObj(i -> "Nightly import " + i + " failed with error E" + i + ", please look at https://ci.example.com/" + i).toList());
    UUID olenas = testMessages.says(olena, chat, now, "Nightly import 12 failed with error E12, please look at https://ci.example.com/12");
    UUID elsewhere = testMessages.says(kevin, testMessages.chat("Other"), now, "Nightly import 3 failed with error E3, please look");
    score(List.of(reports.getLast(), olenas, elsewhere));
    assertThat(message(reports.getLast()).noiseClassification()).isEqualTo("noise");
    assertThat(message(reports.getLast()).noiseReasons()).contains("floor_automated", "14");
    assertThat(List.of(olenas, elsewhere)).allSatisfy(id -> assertThat(message(id).noiseReasons()).doesNotContain("floor_automated"));
  }

  @Test
  void spamHasItsOwnClass() {
    UUID spam = testMessages.says(olena, chat, now, "Удалённый заработок от 200$ в день без вложений, пиши + в личку");
    score(List.of(spam));
    assertThat(message(spam).noiseClassification()).isEqualTo("spam");
    assertThat(message(spam).importanceScore()).isLessThan(0.5);
  }

  @Test
  void eventsArePublishedForABatchAndForAMessage() {
    List<UUID> ids = testMessages.say(olena, chat, now, List.of("one bug", "two bugs"));
    score(ids.subList(0, 1));
    scorer.computeScores(ids.subList(1, 2), true).forEach(s -> scores.save(s, () -> {}));
    assertThat(published.get(0)).startsWith(LiveTopic.Event.BATCH_SCORED + " BatchScored[totalFound=1, scored=1, failed=0]");
    assertThat(published.get(1)).startsWith(LiveTopic.Event.MESSAGE_SCORED + " MessageScored[messageId=" + ids.get(1));
  }

  @Test
  void aCorrectionIsAppliedAttributedAndCanBeUndone() {
    UUID soup = testMessages.says(olena, chat, now, "Soup is ready");
    score(List.of(soup));
    Correction correction = corrections.correct(soup, "signal", reviewer);
    assertThat(message(soup).noiseClassification()).isEqualTo("signal");
    assertThat(message(soup).importanceScore()).isGreaterThan(0.7);
    assertThat(message(soup).strength()).isBetween(71, 100);
    corrections.correct(soup, "noise", reviewer);
    assertThat(message(soup).strength()).isBetween(0, 29);
    corrections.correct(soup, "signal", reviewer);
    assertThat(message(soup).noiseReasons()).contains("correction", "Kevin R.");
    assertThat(corrections.findActive(soup)).map(Correction::actor).contains("kevin");
    assertThat(correction.madeAt()).isBetween(now.minusSeconds(1), Instant.now());
    corrections.undo(soup, reviewer);
    assertThat(corrections.findActive(soup)).isEmpty();
    assertThat(enqueued).containsExactly(new ScoreMessage(soup));
    assertThat(auditActions(soup)).containsExactly("message.corrected", "message.corrected", "message.corrected",
        "message.correction_undone");
  }

  @Test
  void aCorrectedMessageIsNotScoredAgain() {
    UUID soup = testMessages.says(olena, chat, now, "Soup is ready");
    corrections.correct(soup, "decision", reviewer);
    assertThat(scorer.computeScores(List.of(soup), false)).isEmpty();
    assertThat(message(soup).noiseClassification()).isEqualTo("signal");
  }

  @Test
  void anEditInvalidatesTheCorrection() {
    UUID soup = testMessages.says(olena, chat, now, "Soup is ready");
    corrections.correct(soup, "noise", reviewer);
    testMessages.edits(soup, "The server room is on fire, please call somebody");
    database.run(sql -> sql.execute("update message set revision = 2, importance_score = null where id = ?", soup));
    assertThat(corrections.findActive(soup)).isEmpty();
    score(List.of(soup));
    assertThat(message(soup).importanceScore()).isNotNull();
  }

  @Test
  void aCorrectionIsReplacedAndAnUnknownVerdictRejected() {
    UUID soup = testMessages.says(olena, chat, now, "Soup is ready");
    corrections.correct(soup, "noise", reviewer);
    corrections.correct(soup, "spam", reviewer);
    assertThat(corrections.findActive(soup)).map(Correction::verdict).contains("spam");
    assertThat(corrections.count()).isEqualTo(1);
    assertThatThrownBy(() -> corrections.correct(soup, "great", reviewer)).isInstanceOf(Problem.class).hasMessageContaining("verdict");
    assertThatThrownBy(() -> corrections.correct(Ids.next(), "noise", reviewer)).isInstanceOf(Problem.class);
  }

  @Test
  void correctionsTrainTheClassifiers() {
    assertThat(trainer.classifiers().corrections()).isZero();
    for (String team : List.of("billing", "search", "mobile")) {
      corrections.correct(testMessages.says(olena, chat, now, "Standup bot: no blockers in team " + team), "noise", reviewer);
      corrections.correct(testMessages.says(olena, chat, now, "Handover note of team " + team + " is in the wiki"), "signal", reviewer);
    }
    assertThat(trainer.classifiers().corrections()).isEqualTo(6);
    UUID next = testMessages.says(olena, chat, now, "Standup bot: no blockers in team design");
    score(List.of(next));
    assertThat(message(next).noiseReasons()).contains("learned");
  }

  @Test
  void theBacklogIsScoredNewestFirstWithProgress() {
    List<UUID> ids = testMessages.say(olena, chat, now,
        IntStream.range(0, 250).mapToObj(i -> "Ticket " + i + " fails in the nightly run").toList());
    List<String> progress = new ArrayList<>();
    var handler = new ScoreUnscoredMessages.Handler(store, new BatchScorer(scorer, scores, failedItems));
    handler.perform(new ScoreUnscoredMessages(List.of(), 120), run(progress));
    assertThat(progress).containsExactly("100/120", "120/120");
    assertThat(message(ids.getLast()).importanceScore()).isNotNull();
    assertThat(message(ids.getFirst()).importanceScore()).isNull();
    handler.perform(new ScoreUnscoredMessages(List.of(), null), run(progress));
    assertThat(store.countUnscored()).isZero();
  }

  @Test
  void concurrentBatchesScoreAndCountEveryMessage() {
    List<UUID> ids = testMessages.say(olena, chat, now.minus(Duration.ofDays(30)),
        IntStream.range(0, 600).mapToObj(i -> i % 2 == 0 ? "ok thanks" : "Run " + i + " fails with an error since the update").toList());
    IntStream.range(0, 6).mapToObj(b -> ids.subList(100 * b, 100 * b + 100)).parallel().forEach(this::score);
    assertThat(store.countUnscored()).isZero();
    assertThat(new NoiseReport(database).countByClass().values().stream().mapToLong(n -> n).sum()).isEqualTo(600);
  }

  /** A scorer whose predictor throws for messages that contain the text. */
  private BatchScorer createScorerFailingAt(String text) {
    Scorer failing = new Scorer(store, embeddings, trainer, new ChatCalibrations(store), config,
        (content, vector, followUps, classifiers) -> {
          if (content.contains(text)) {
            throw new StringIndexOutOfBoundsException("Index 0 out of bounds for length 0");
          }
          return MessageClassifier.shared().predict(content, vector, followUps, classifiers);
        });
    return new BatchScorer(failing, scores, failedItems);
  }

  @Test
  void anUnclassifiableTextIsScoredByTheOtherFactors() {
    List<UUID> ids = testMessages.say(olena, chat, now, List.of("one bug", "a poison pill", "two bugs"));
    new ScoreUnscoredMessages.Handler(store, createScorerFailingAt("poison")).perform(new ScoreUnscoredMessages(ids, null),
        run(new ArrayList<>()));
    assertThat(ids).allSatisfy(id -> assertThat(message(id).importanceScore()).isNotNull());
    MessageItem malformed = message(ids.get(1));
    assertThat(malformed.noiseClassification()).isEqualTo("weak_signal");
    assertThat(malformed.noiseReasons()).contains("not_judged");
    assertThat(failedItems.list(null, null, 10)).singleElement().satisfies(item -> {
      assertThat(item.kind()).isEqualTo("score_message");
      assertThat(item.messageId()).isEqualTo(ids.get(1));
      assertThat(item.error()).contains("StringIndexOutOfBoundsException");
    });
    var batchScorer = new BatchScorer(scorer, scores, failedItems);
    batchScorer.retry(failedItems.list(null, null, 10));
    assertThat(failedItems.count()).isZero();
    assertThat(message(ids.get(1)).noiseReasons()).doesNotContain("not_judged");
  }

  @Test
  void anUnreadableMessageFailsAndTheOthersAreScored() {
    List<UUID> ids = testMessages.say(olena, chat, now,
        IntStream.range(0, 250).mapToObj(i -> "Ticket " + i + " fails in the nightly run").toList());
    List<UUID> malformed = List.of(ids.get(30), ids.get(249));
    malformed.forEach(id -> database.run(sql -> sql.execute("update message set reactions = '\"no list\"' where id = ?", id)));
    new ScoreUnscoredMessages.Handler(store, new BatchScorer(scorer, scores, failedItems))
        .perform(new ScoreUnscoredMessages(List.of(), null), run(new ArrayList<>()));
    assertThat(store.countUnscored()).isEqualTo(2);
    assertThat(store.findNewestUnscored(10)).as("failed items are excluded").isEmpty();
    assertThat(failedItems.list(null, null, 10)).extracting(FailedItem::messageId).containsExactlyInAnyOrderElementsOf(malformed);
    malformed.forEach(id -> database.run(sql -> sql.execute("update message set reactions = '[]' where id = ?", id)));
    new BatchScorer(scorer, scores, failedItems).retry(failedItems.list(null, null, 10));
    assertThat(store.countUnscored()).isZero();
    assertThat(failedItems.count()).isZero();
  }

  @Test
  void anUnreadableSingleMessageFailsAndItsJobCompletes() {
    UUID malformed = testMessages.says(olena, chat, now, "hello");
    database.run(sql -> sql.execute("update message set reactions = '\"no list\"' where id = ?", malformed));
    new ScoreMessage.Handler(new BatchScorer(scorer, scores, failedItems)).perform(new ScoreMessage(malformed), run(new ArrayList<>()));
    assertThat(failedItems.ofMessage(malformed)).hasSize(1);
  }

  @Test
  void textsThatOnceFailedWholeBatchesAreScored() {
    List<UUID> ids = testMessages.say(olena, chat, now,
        List.of("We keep both fields.", "Should n’t they be unified?", "I will do it on Monday.", "ok",
            "The build is red.", "ʼn", "n't", "'t", "n’t", "’", "ŉ", "\u0301", "\u200D", "don’ʼt"));
    new ScoreUnscoredMessages.Handler(store, new BatchScorer(scorer, scores, failedItems)).perform(new ScoreUnscoredMessages(ids, null),
        run(new ArrayList<>()));
    assertThat(ids).allSatisfy(id -> assertThat(message(id).noiseReasons()).isNotNull().doesNotContain("not_judged"));
    assertThat(failedItems.count()).isZero();
  }

  @Test
  void theReportAndThePreviewCountStoredMessages() {
    score(testMessages.say(olena, chat, now, List.of("ok", "thanks", "The payment service is down again, error 502 since the deploy",
        "Maybe we could meet next week about the plan")));
    NoisePeriod today = new NoisePeriod(7, java.time.LocalDate.ofInstant(now.plusSeconds(5), java.time.ZoneOffset.UTC),
        java.time.ZoneOffset.UTC);
    NoiseReport.Report report = new NoiseReport(database).compute(today);
    assertThat(report.all().total()).isEqualTo(4);
    assertThat(report.all().noise()).isGreaterThanOrEqualTo(2);
    assertThat(report.noisiest()).singleElement().satisfies(c -> assertThat(c.name()).isEqualTo("Backend"));
    assertThat(new NoiseReport(database).countByClass().values())
        .satisfies(v -> assertThat(v.stream().mapToLong(n -> n).sum()).isEqualTo(4));
    ThresholdPreview preview = new ThresholdPreview(database);
    assertThat(preview.preview(ScoringPolicy.DEFAULT).flipped()).isZero();
    ThresholdPreview.Outcome strict = preview.preview(ScoringPolicy.DEFAULT.withThresholds(0.99, 1, 0.3, 1));
    assertThat(strict.flips()).allSatisfy(f -> assertThat(f.becomes()).isEqualTo("noise"));
    assertThat(strict.flipped()).isEqualTo(report.all().signal() + report.all().weakSignal());
  }

  private static JobRun run(List<String> progress) {
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
        progress.add(done + "/" + total);
      }

      @Override
      public boolean stopRequested() {
        return false;
      }

      @Override
      public void complete() {}
    };
  }

  private static List<String> auditActions(UUID message) {
    return database.ask(sql -> sql.createQuery("select action from audit where subject_id = :id order by id")
        .bind("id", message.toString()).mapTo(String.class).list());
  }
}
