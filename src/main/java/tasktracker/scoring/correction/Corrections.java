package tasktracker.scoring.correction;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tasktracker.message.MessageEventPublisher;
import tasktracker.message.MessagesRestored;
import tasktracker.platform.data.AfterCommit;
import tasktracker.platform.data.Ids;
import tasktracker.platform.security.Caller;
import tasktracker.platform.security.audit.Audit;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.json.Json;
import tasktracker.platform.web.problem.Problem;
import tasktracker.scoring.Scoring;
import tasktracker.scoring.model.Reason;
import tasktracker.scoring.policy.ImportanceFactors;
import tasktracker.scoring.policy.ScoringConfig;
import tasktracker.scoring.policy.ScoringPolicy;

/**
 * Corrections of scores by people. A correction changes its message immediately, is stored with author and time, is used
 * for training, and can be undone.
 */
@ApplicationScoped
public class Corrections {

  private final CorrectionStore store;
  private final ScoringConfig config;
  private final Scoring scoring;
  private final CorrectionTrainer trainer;
  private final Audit audit;
  private final MessageEventPublisher messageEvents;
  private final AfterCommit afterCommit;
  private final Clock clock;

  @Inject
  public Corrections(CorrectionStore store, ScoringConfig config, Scoring scoring, CorrectionTrainer trainer, Audit audit,
      MessageEventPublisher messageEvents,
      AfterCommit afterCommit, Clock clock) {
    this.store = store;
    this.config = config;
    this.scoring = scoring;
    this.trainer = trainer;
    this.audit = audit;
    this.messageEvents = messageEvents;
    this.afterCommit = afterCommit;
    this.clock = clock;
  }

  /**
   * Corrects the class of a message.
   *
   * @throws Problem 404 if the message does not exist, 422 if the verdict is unknown
   */
  @Transactional
  public Correction correct(UUID message, String wire, Caller by) {
    CorrectedClass verdict = CorrectedClass.of(wire).orElseThrow(() -> Problem.unprocessable(LocalizedMessage.of("problem.verdict")));
    CorrectionStore.CorrectedMessage before = store.lock(message)
        .orElseThrow(() -> Problem.notFound(LocalizedMessage.of("problem.none.message")));
    Correction correction = new Correction(Ids.next(), message, by.accountId(), by.name(), wire, before.revision(), clock.instant());
    store.undo(message, by.accountId());
    store.save(correction);
    ImportanceFactors factors = createFactors(before, verdict);
    double importance = computeImportance(verdict, factors);
    store.apply(message, verdict, importance, factors, Reason.of("correction", 10, wire, by.displayName()));
    audit.record("message.corrected", "message", message,
        Map.of("verdict", wire, "before", String.valueOf(before.noiseClassification())));
    publishScored(message, importance, verdict);
    return correction;
  }

  private static ImportanceFactors createFactors(CorrectionStore.CorrectedMessage before, CorrectedClass verdict) {
    if (before.noiseFactors() == null) {
      return new ImportanceFactors(verdict.content(), ImportanceFactors.authorFactor(Double.NaN), 0.3, ImportanceFactors.DEFAULT_TOPICS);
    }
    JsonObject stored = Json.jsonb().fromJson(before.noiseFactors(), JsonObject.class);
    return new ImportanceFactors(verdict.content(), stored.getJsonNumber("author").doubleValue(),
        stored.getJsonNumber("temporal").doubleValue(), stored.getJsonNumber("topics").doubleValue());
  }

  /** Computes an importance within the bounds of the class, so that lists sorted by importance agree with the class. */
  private double computeImportance(CorrectedClass verdict, ImportanceFactors factors) {
    ScoringPolicy policy = config.policy();
    double computed = policy.computeImportance(factors);
    return verdict.content() == 1
        ? Math.max(computed, Math.min(1, policy.signal() + 0.01))
        : Math.min(computed, Math.max(0, policy.noise() - 0.01));
  }

  private void publishScored(UUID message, double importance, CorrectedClass verdict) {
    messageEvents.publishScored(message, importance, verdict.classification().wire());
    afterCommit.run(trainer::invalidate);
  }

  /**
   * Undoes the correction of a message and enqueues a job that scores it again.
   *
   * @throws Problem 404 if there is no active correction
   */
  @Transactional
  public void undo(UUID message, Caller by) {
    Correction active = store.findActive(message).orElseThrow(() -> Problem.notFound(LocalizedMessage.of("problem.none.correction")));
    store.undo(message, by.accountId());
    audit.record("message.correction_undone", "message", message, Map.of("verdict", active.verdict()));
    scoring.rescore(message);
    afterCommit.run(trainer::invalidate);
  }

  void on(@Observes MessagesRestored event) {
    if (!event.corrections().isEmpty()) {
      store.restore(event.corrections());
    }
  }

  /** The correction that applies to the current revision of the message. */
  public Optional<Correction> findActive(UUID message) {
    return store.findActive(message);
  }

  /** The number of active corrections. */
  public long count() {
    return store.count();
  }
}
