package tasktracker.scoring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.AfterCommit;
import tasktracker.platform.data.Ids;
import tasktracker.platform.live.EventPublisher;
import tasktracker.platform.live.LiveTopic.Event;
import tasktracker.platform.security.Audit;
import tasktracker.platform.security.Caller;
import tasktracker.platform.web.Json;
import tasktracker.platform.web.Problem;
import tasktracker.platform.web.LocalizedMessage;

/**
 * What people say against the machine. A correction changes its message at once, is kept with author and time, teaches,
 * and can be undone.
 */
@ApplicationScoped
public class Corrections {

  private @Nullable CorrectionStore store;
  private @Nullable ScoringConfig config;
  private @Nullable Scoring scoring;
  private @Nullable CorrectionTrainer lessoning;
  private @Nullable Audit audit;
  private @Nullable EventPublisher live;
  private @Nullable AfterCommit afterCommit;
  private @Nullable Clock clock;

  protected Corrections() {}

  @Inject
  public Corrections(CorrectionStore store, ScoringConfig config, Scoring scoring, CorrectionTrainer lessoning, Audit audit, EventPublisher live,
      AfterCommit afterCommit, Clock clock) {
    this.store = store;
    this.config = config;
    this.scoring = scoring;
    this.lessoning = lessoning;
    this.audit = audit;
    this.live = live;
    this.afterCommit = afterCommit;
    this.clock = clock;
  }

  /**
   * Somebody says what a message is.
   *
   * @throws Problem 404 for no such message, 422 for a verdict that does not exist
   */
  @Transactional
  public Correction correct(UUID message, String wire, Caller by) {
    CorrectedClass verdict = CorrectedClass.of(wire).orElseThrow(() -> Problem.unprocessable(LocalizedMessage.of("problem.verdict")));
    CorrectionStore.Corrected before = store.lock(message).orElseThrow(() -> Problem.notFound(LocalizedMessage.of("problem.none.message")));
    Correction correction = new Correction(Ids.next(), message, by.accountId(), by.name(), wire, before.revision(), clock.instant());
    store.undo(message, by.accountId());
    store.add(correction);
    ImportanceFactors factors = factors(before, verdict);
    double importance = importance(verdict, factors);
    store.apply(message, verdict, importance, factors, Reason.of("correction", 10, wire, by.displayName()));
    audit.record("message.corrected", "message", message,
        Map.of("verdict", wire, "before", String.valueOf(before.noiseClassification())));
    told(message, importance, verdict);
    return correction;
  }

  private static ImportanceFactors factors(CorrectionStore.Corrected before, CorrectedClass verdict) {
    if (before.noiseFactors() == null) {
      return new ImportanceFactors(verdict.content(), ImportanceFactors.ofAuthor(Double.NaN), 0.3, ImportanceFactors.NO_TOPIC);
    }
    JsonObject known = Json.jsonb().fromJson(before.noiseFactors(), JsonObject.class);
    return new ImportanceFactors(verdict.content(), known.getJsonNumber("author").doubleValue(),
        known.getJsonNumber("temporal").doubleValue(), known.getJsonNumber("topics").doubleValue());
  }

  /** On the right side of the thresholds, so that lists ordered by importance agree with the class. */
  private double importance(CorrectedClass verdict, ImportanceFactors factors) {
    ScoringPolicy weighing = config.weighing();
    double weighed = weighing.importance(factors);
    return verdict.content() == 1 ? Math.max(weighed, Math.min(1, weighing.signal() + 0.01))
        : Math.min(weighed, Math.max(0, weighing.noise() - 0.01));
  }

  private void told(UUID message, double importance, CorrectedClass verdict) {
    live.publish(Event.MESSAGE_SCORED, new Scores.MessageScored(message, importance, verdict.classification().wire()));
    afterCommit.run(lessoning::forget);
  }

  /**
   * Takes back what was said of a message; the machine's own score comes back within a moment.
   *
   * @throws Problem 404 when nothing stands
   */
  @Transactional
  public void undo(UUID message, Caller by) {
    Correction standing = store.standing(message).orElseThrow(() -> Problem.notFound(LocalizedMessage.of("problem.none.correction")));
    store.undo(message, by.accountId());
    audit.record("message.correction_undone", "message", message, Map.of("verdict", standing.verdict()));
    scoring.again(message);
    afterCommit.run(lessoning::forget);
  }

  /** What stands for the message as it is now. */
  public Optional<Correction> standing(UUID message) {
    return store.standing(message);
  }

  /** How many corrections stand, and teach. */
  public long count() {
    return store.count();
  }
}
