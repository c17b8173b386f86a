package tasktracker.scoring.correction;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.bind.Jsonb;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.message.MessageScores;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.Ids;
import tasktracker.platform.web.json.Json;
import tasktracker.scoring.model.Aspect;
import tasktracker.scoring.model.Reason;
import tasktracker.scoring.policy.ImportanceFactors;

/** SQL statements on corrections. Each joins the caller's transaction. */
@ApplicationScoped
public class CorrectionStore {

  /** The columns of a message that a correction changes. */
  record CorrectedMessage(UUID id, int revision, @Nullable String noiseClassification, @Nullable String noiseFactors) {}

  /** The number of characters of a text used for training; cue phrases and hashed words come from the first few thousand. */
  private static final int MAX_CONTENT_LENGTH = 4000;

  private final Database database;
  private final MessageScores messages;

  @Inject
  public CorrectionStore(Database database, MessageScores messages) {
    this.database = database;
    this.messages = messages;
  }

  /** Locks the message and returns it. */
  public Optional<CorrectedMessage> lock(UUID message) {
    return database.ask(sql -> sql.createQuery("""
            select id, revision, noise_classification, noise_factors::text as noise_factors from message where id = :id for update""")
        .bind("id", message).map(Database.to(CorrectedMessage.class)).findOne());
  }

  /** The correction that applies to the current revision of the message. */
  public Optional<Correction> findActive(UUID message) {
    return database.ask(sql -> sql.createQuery("""
            select c.id, c.message_id, c.account_id, c.actor, c.verdict, c.revision, c.made_at
              from score_correction c join message m on m.id = c.message_id and m.revision = c.revision
             where c.message_id = :message and c.undone_at is null""")
        .bind("message", message).map(Database.to(Correction.class)).findOne());
  }

  public void save(Correction correction) {
    database.run(sql -> sql.createUpdate("""
            insert into score_correction (id, message_id, account_id, actor, verdict, revision, made_at)
            values (:id, :messageId, :accountId, :actor, :verdict, :revision, :madeAt)""")
        .bindMethods(correction).execute());
  }

  /** Inserts corrections again that were deleted with their messages; each text is a JSON array of rows. */
  public void restore(List<String> corrections) {
    database.run(sql -> sql.createUpdate("""
            insert into score_correction
            select r.* from unnest(:corrections) as c (stored), jsonb_populate_recordset(null::score_correction, c.stored::jsonb) as r""")
        .bindArray("corrections", String.class, corrections).execute());
  }

  /** Marks the active correction of the message as undone, if there is one. */
  public void undo(UUID message, UUID by) {
    database.run(sql -> sql.createUpdate("""
            update score_correction set undone_at = now(), undone_by = :by where message_id = :message and undone_at is null""")
        .bind("message", message).bind("by", by).execute());
  }

  /** Updates the message with the class and the factors of the correction. */
  public void apply(UUID message, CorrectedClass verdict, double importance, ImportanceFactors factors, Reason reason) {
    Map<String, Double> aspect = Aspect.of(verdict.wire()).isPresent() ? Map.of(verdict.wire(), 1.0) : Map.of();
    Jsonb json = Json.jsonb();
    messages.applyCorrection(new MessageScores.CorrectionRow(message, importance, verdict.classification().wire(),
        json.toJson(factors), json.toJson(aspect), json.toJson(reason)));
  }

  /** A version that changes with each correction that is made or undone. */
  public String getVersion() {
    return database.ask(sql -> sql.createQuery("""
            select count(*) || '/' || coalesce(max(made_at)::text, '') from score_correction where undone_at is null""")
        .mapTo(String.class).one());
  }

  /** The number of active corrections. */
  public long count() {
    return database.ask(sql -> sql.createQuery("select count(*) from score_correction where undone_at is null")
        .mapTo(Long.class).one());
  }

  /** The active corrections, newest first, without corrections of texts that were edited later. */
  public List<CorrectionTrainer.TrainingExample> findTrainingExamples(int limit) {
    return database.ask(sql -> sql.createQuery("""
            select c.message_id, left(m.content, :read) as content, c.verdict from score_correction c
              join message m on m.id = c.message_id and m.revision = c.revision
             where c.undone_at is null order by c.made_at desc limit :limit""")
        .bind("limit", limit).bind("read", MAX_CONTENT_LENGTH).map(Database.to(CorrectionTrainer.TrainingExample.class)).list());
  }
}
