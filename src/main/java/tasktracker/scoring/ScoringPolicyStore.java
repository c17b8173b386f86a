package tasktracker.scoring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.mapper.Nested;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;
import tasktracker.platform.job.JobState;
import tasktracker.scoring.ScoringPolicy.MessageClass;

/** The statements about thresholds and weights in force, and about classifying stored messages by them. */
@ApplicationScoped
class ScoringPolicyStore {

  /** What stored messages are classified by. */
  record InForce(long generation, @Nested ScoringPolicy weighing) {}

  /** What is stored of a message that the machine has judged. */
  record Judged(UUID id, Instant scoredAt, String was, double score, double content, double author, double temporal, double topics) {

    ImportanceFactors factors() {
      return new ImportanceFactors(content, author, temporal, topics);
    }
  }

  /** What becomes of it. */
  record Reclassified(Judged judged, double importance, MessageClass becomes) {

    boolean changes() {
      return !becomes.wire().equals(judged.was()) || importance != ImportanceFactors.rounded(judged.score());
    }
  }

  private static final String LATEST = "select * from weighing order by generation desc limit 1";

  private @Nullable Database database;

  protected ScoringPolicyStore() {}

  @Inject
  ScoringPolicyStore(Database database) {
    this.database = database;
  }

  /** What is in force. */
  public InForce latest() {
    return database.ask(sql -> sql.createQuery(LATEST).map(Database.to(InForce.class)).one());
  }

  /** The same; until the caller's transaction ends nobody else changes it or writes by another. */
  public InForce lock() {
    database.run(sql -> sql.execute("select pg_advisory_xact_lock(hashtext('weighing'))"));
    return latest();
  }

  public void put(long generation, ScoringPolicy weighing) {
    database.run(sql -> sql.createUpdate("""
            insert into weighing (generation, noise, signal, content_floor, content_ceiling, content, author, temporal, topics)
            values (:generation, :noise, :signal, :contentFloor, :contentCeiling, :content, :author, :temporal, :topics)""")
        .bind("generation", generation).bindMethods(weighing).execute());
  }

  /** The next messages, by id, that the machine has judged: no spam, and none that a person has corrected. */
  public List<UUID> after(UUID last, int limit) {
    return database.ask(sql -> sql.createQuery("""
            select id from message m
             where id > :last and noise_classification in ('noise', 'weak_signal', 'signal') and noise_factors is not null
               and not exists (select from score_correction c where c.message_id = m.id and c.undone_at is null
                                  and c.revision = m.revision)
             order by id limit :limit""")
        .bind("last", last).bind("limit", limit).mapTo(UUID.class).list());
  }

  /** What is stored of these messages, but those that a person has corrected since. */
  public List<Judged> read(List<UUID> ids) {
    return database.ask(sql -> sql.createQuery("""
            select id, scored_at, noise_classification as was, importance_score as score,
                   (noise_factors->>'content')::float8 as content, (noise_factors->>'author')::float8 as author,
                   (noise_factors->>'temporal')::float8 as temporal, (noise_factors->>'topics')::float8 as topics
              from message m
             where id = any(:ids) and noise_classification in ('noise', 'weak_signal', 'signal') and noise_factors is not null
               and not exists (select from score_correction c where c.message_id = m.id and c.undone_at is null
                                  and c.revision = m.revision)
             order by id""")
        .bindArray("ids", UUID.class, ids.toArray()).map(Database.to(Judged.class)).list());
  }

  /** How many there are, roughly: those that people have corrected are counted too. */
  public long judged() {
    return database.ask(sql -> sql.createQuery("""
            select coalesce(sum(messages), 0) from message_count
             where noise_classification in ('noise', 'weak_signal', 'signal')""").mapTo(Long.class).one());
  }

  /** Writes them, but those that were scored anew or corrected since they were read. */
  public int write(List<Reclassified> changed) {
    return database.ask(sql -> sql.createUpdate("""
            update message m set importance_score = r.importance, noise_classification = r.becomes, updated_at = now()
              from unnest(:ids, :scored, :importances, :classes) as r (id, scored_at, importance, becomes)
             where m.id = r.id and m.scored_at = r.scored_at::timestamptz
               and not exists (select from score_correction c where c.message_id = m.id and c.undone_at is null
                                  and c.revision = m.revision)""")
        .bindArray("ids", UUID.class, column(changed, r -> r.judged().id()))
        .bindArray("scored", String.class, column(changed, r -> r.judged().scoredAt().toString()))
        .bindArray("importances", Double.class, column(changed, Reclassified::importance))
        .bindArray("classes", String.class, column(changed, r -> r.becomes().wire())).execute());
  }

  private static Object[] column(List<Reclassified> rows, Function<Reclassified, Object> part) {
    return rows.stream().map(part).toArray();
  }

  /** The job that is at work on it, if one lives. */
  public Optional<ScoringBacklog.Running> running() {
    return database.ask(sql -> sql.createQuery("""
            select state, coalesce(progress_done, 0) as done, coalesce(progress_total, 0) as total from job
             where unique_key = :key and state in <unfinished>""")
        .define("unfinished", JobState.UNFINISHED_SQL).bind("key", ScoringPolicyUpdater.RECLASSIFY + latest().generation()).map(Database.to(ScoringBacklog.Running.class)).findOne());
  }
}
