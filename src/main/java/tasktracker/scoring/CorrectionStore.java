package tasktracker.scoring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.Ids;
import tasktracker.platform.web.Json;

/** The statements about corrections. All join the caller's transaction. */
@ApplicationScoped
class CorrectionStore {

  /** What of a message a correction changes. */
  record Corrected(UUID id, int revision, @Nullable String noiseClassification, @Nullable String noiseFactors) {}

  /** Characters of a corrected text that teach; cues and hashed words come from the first few thousand. */
  private static final int LESSON = 4000;

  private @Nullable Database database;

  protected CorrectionStore() {}

  @Inject
  CorrectionStore(Database database) {
    this.database = database;
  }

  /** The message, locked. */
  public Optional<Corrected> lock(UUID message) {
    return database.ask(sql -> sql.createQuery("""
            select id, revision, noise_classification, noise_factors::text as noise_factors from message where id = :id for update""")
        .bind("id", message).map(Database.to(Corrected.class)).findOne());
  }

  /** The correction that stands for the text the message has now. */
  public Optional<Correction> standing(UUID message) {
    return database.ask(sql -> sql.createQuery("""
            select c.id, c.message_id, c.account_id, c.actor, c.verdict, c.revision, c.made_at
              from score_correction c join message m on m.id = c.message_id and m.revision = c.revision
             where c.message_id = :message and c.undone_at is null""")
        .bind("message", message).map(Database.to(Correction.class)).findOne());
  }

  public void add(Correction c) {
    database.run(sql -> sql.createUpdate("""
            insert into score_correction (id, message_id, account_id, actor, verdict, revision, made_at)
            values (:id, :messageId, :accountId, :actor, :verdict, :revision, :madeAt)""")
        .bindMethods(c).execute());
  }

  /** Sets whatever stands for the message aside. */
  public void undo(UUID message, UUID by) {
    database.run(sql -> sql.createUpdate("""
            update score_correction set undone_at = now(), undone_by = :by where message_id = :message and undone_at is null""")
        .bind("message", message).bind("by", by).execute());
  }

  /** Makes the message what a person says it is. */
  public void apply(UUID message, CorrectedClass verdict, double importance, ImportanceFactors factors, Reason reason) {
    Map<String, Double> aspect = Aspect.of(verdict.wire()).isPresent() ? Map.of(verdict.wire(), 1.0) : Map.of();
    database.run(sql -> sql.createUpdate("""
            update message set noise_classification = :classification, importance_score = :importance,
                noise_factors = :factors::jsonb, noise_aspects = coalesce(noise_aspects, '{}') || :aspect::jsonb,
                noise_reasons = jsonb_build_array(:reason::jsonb), scored_at = coalesce(scored_at, now()), updated_at = now()
             where id = :message""")
        .bind("classification", verdict.classification().wire()).bind("importance", importance)
        .bind("factors", Json.jsonb().toJson(factors)).bind("aspect", Json.jsonb().toJson(aspect))
        .bind("reason", Json.jsonb().toJson(reason)).bind("message", message).execute());
  }

  /** Changes whenever a correction is made or undone. */
  public String version() {
    return database.ask(sql -> sql.createQuery("""
            select count(*) || '/' || coalesce(max(made_at)::text, '') from score_correction where undone_at is null""")
        .mapTo(String.class).one());
  }

  /** How many corrections stand. */
  public long count() {
    return database.ask(sql -> sql.createQuery("select count(*) from score_correction where undone_at is null")
        .mapTo(Long.class).one());
  }

  /** What to learn from, the newest first. A correction of a text that was edited since teaches no more. */
  public List<CorrectionTrainer.Lesson> lessons(int limit) {
    return database.ask(sql -> sql.createQuery("""
            select c.message_id, left(m.content, :read) as content, c.verdict from score_correction c
              join message m on m.id = c.message_id and m.revision = c.revision
             where c.undone_at is null order by c.made_at desc limit :limit""")
        .bind("limit", limit).bind("read", LESSON).map(Database.to(CorrectionTrainer.Lesson.class)).list());
  }
}
