package tasktracker.message;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import tasktracker.platform.data.Database;

/**
 * Writes the scores of messages that scoring computes. All methods join the caller's transaction and are one statement
 * each. Computed values never replace those of an active correction, also of one that was made after the computation.
 */
@ApplicationScoped
public class MessageScores {

  /** The score of a revision of a message; factors, reasons and aspects are JSON. */
  public record ScoreRow(UUID id, int revision, double importance, String classification, String factors, String reasons,
      String aspects, String language) {}

  /** The importance and class that a message gets if it was last scored at that time. */
  public record ClassRow(UUID id, Instant scoredAt, double importance, String classification) {}

  /** What a correction sets; factors, the added aspect and the only reason are JSON. */
  public record CorrectionRow(UUID id, double importance, String classification, String factors, String aspect, String reason) {}

  private static final String NOT_CORRECTED = """
      not exists (select from score_correction c where c.message_id = m.id and c.undone_at is null
                     and c.revision = m.revision)
      """;
  private final Database database;

  @Inject
  public MessageScores(Database database) {
    this.database = database;
  }

  /**
   * Saves scores. Messages that were edited, corrected or deleted after they were read are not changed.
   *
   * @return the ids of the messages that were updated
   */
  @Transactional
  public List<UUID> applyScores(List<ScoreRow> rows) {
    return database.ask(sql -> sql.createQuery("""
            update message m
               set importance_score = r.importance, noise_classification = r.classification, noise_factors = r.factors::jsonb,
                   noise_reasons = r.reasons::jsonb, noise_aspects = r.aspects::jsonb, language = r.language,
                   scored_at = now(), updated_at = now()
              from unnest(:ids, :revisions, :importances, :classes, :factors, :reasons, :aspects, :languages)
                     as r (id, revision, importance, classification, factors, reasons, aspects, language)
             where m.id = r.id and m.revision = r.revision and\s""" + NOT_CORRECTED + "returning m.id")
        .bindArray("ids", UUID.class, column(rows, ScoreRow::id))
        .bindArray("revisions", Integer.class, column(rows, ScoreRow::revision))
        .bindArray("importances", Double.class, column(rows, ScoreRow::importance))
        .bindArray("classes", String.class, column(rows, ScoreRow::classification))
        .bindArray("factors", String.class, column(rows, ScoreRow::factors))
        .bindArray("reasons", String.class, column(rows, ScoreRow::reasons))
        .bindArray("aspects", String.class, column(rows, ScoreRow::aspects))
        .bindArray("languages", String.class, column(rows, ScoreRow::language)).mapTo(UUID.class).list());
  }

  /**
   * Saves importances and classes, except for messages that were scored again or corrected after they were read.
   *
   * @return the number of changed messages
   */
  @Transactional
  public int applyClasses(List<ClassRow> rows) {
    return database.ask(sql -> sql.createUpdate("""
            update message m set importance_score = r.importance, noise_classification = r.classification, updated_at = now()
              from unnest(:ids, :scored, :importances, :classes) as r (id, scored_at, importance, classification)
             where m.id = r.id and m.scored_at = r.scored_at::timestamptz and\s""" + NOT_CORRECTED)
        .bindArray("ids", UUID.class, column(rows, ClassRow::id))
        .bindArray("scored", String.class, column(rows, row -> row.scoredAt().toString()))
        .bindArray("importances", Double.class, column(rows, ClassRow::importance))
        .bindArray("classes", String.class, column(rows, ClassRow::classification)).execute());
  }

  /** Saves the class and the factors of a correction. */
  @Transactional
  public void applyCorrection(CorrectionRow row) {
    database.run(sql -> sql.createUpdate("""
            update message set noise_classification = :classification, importance_score = :importance,
                noise_factors = :factors::jsonb, noise_aspects = coalesce(noise_aspects, '{}') || :aspect::jsonb,
                noise_reasons = jsonb_build_array(:reason::jsonb), scored_at = coalesce(scored_at, now()), updated_at = now()
             where id = :id""")
        .bindMethods(row).execute());
  }

  private static <T> Object[] column(List<T> rows, Function<T, Object> getter) {
    return rows.stream().map(getter).toArray();
  }
}
