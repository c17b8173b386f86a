package tasktracker.scoring.policy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.message.MessageScores;
import tasktracker.platform.data.Database;
import tasktracker.platform.job.JobState;
import tasktracker.scoring.ScoringBacklog;
import tasktracker.scoring.policy.ScoringPolicy.MessageClass;

/** SQL statements on scoring policies and on the scores that reclassification changes. */
@ApplicationScoped
public class ScoringPolicyStore {

  /** The stored class and factors of a scored message. */
  record StoredScore(UUID id, Instant scoredAt, String was, double score, double content, double author, double temporal, double topics) {

    ImportanceFactors factors() {
      return new ImportanceFactors(content, author, temporal, topics);
    }
  }

  /** The new importance and class of a message. */
  record ReclassifiedScore(StoredScore stored, double importance, MessageClass becomes) {

    boolean isChanged() {
      return !becomes.wire().equals(stored.was()) || importance != ImportanceFactors.round(stored.score());
    }
  }

  private static final String CURRENT = "select * from weighing order by generation desc limit 1";

  private final Database database;
  private final MessageScores messages;

  @Inject
  ScoringPolicyStore(Database database, MessageScores messages) {
    this.database = database;
    this.messages = messages;
  }

  /** The current policy. */
  public PolicyVersion getCurrent() {
    return database.ask(sql -> sql.createQuery(CURRENT).map(Database.to(PolicyVersion.class)).one());
  }

  /** The current policy, locked against changes until the caller's transaction ends. */
  public PolicyVersion lock() {
    database.run(sql -> sql.execute("select pg_advisory_xact_lock(hashtext('weighing'))"));
    return getCurrent();
  }

  /** The policy of that generation. */
  Optional<PolicyVersion> find(long generation) {
    return database.ask(sql -> sql.createQuery("select * from weighing where generation = :generation").bind("generation", generation)
        .map(Database.to(PolicyVersion.class)).findOne());
  }

  /** The latest policies, the current one first. */
  List<PolicyVersion> list(int limit) {
    return database.ask(sql -> sql.createQuery("select * from weighing order by generation desc limit :limit").bind("limit", limit)
        .map(Database.to(PolicyVersion.class)).list());
  }

  /** Saves a policy, which is in force from now on. */
  void save(long generation, ScoringPolicy policy, String origin, @Nullable String actor) {
    database.run(sql -> sql
        .createUpdate(
            """
            insert into weighing (generation, noise, signal, content_floor, content_ceiling, content, author, temporal, topics, origin, actor)
            values (:generation, :noise, :signal, :contentFloor, :contentCeiling, :content, :author, :temporal, :topics, :origin, :actor)""")
        .bind("generation", generation).bindMethods(policy).bind("origin", origin).bind("actor", actor).execute());
  }

  /** The next scored messages by id, without spam and without messages that a person has corrected. */
  public List<UUID> findIdsAfter(UUID last, int limit) {
    return database.ask(sql -> sql.createQuery("""
            select id from message m
             where id > :last and noise_classification in ('noise', 'weak_signal', 'signal') and noise_factors is not null
               and not exists (select from score_correction c where c.message_id = m.id and c.undone_at is null
                                  and c.revision = m.revision)
             order by id limit :limit""")
        .bind("last", last).bind("limit", limit).mapTo(UUID.class).list());
  }

  /** The stored scores of these messages, without messages that a person has corrected. */
  public List<StoredScore> findScores(List<UUID> ids) {
    return database.ask(sql -> sql.createQuery("""
            select id, scored_at, noise_classification as was, importance_score as score,
                   (noise_factors->>'content')::float8 as content, (noise_factors->>'author')::float8 as author,
                   (noise_factors->>'temporal')::float8 as temporal, (noise_factors->>'topics')::float8 as topics
              from message m
             where id = any(:ids) and noise_classification in ('noise', 'weak_signal', 'signal') and noise_factors is not null
               and not exists (select from score_correction c where c.message_id = m.id and c.undone_at is null
                                  and c.revision = m.revision)
             order by id""")
        .bindArray("ids", UUID.class, ids.toArray()).map(Database.to(StoredScore.class)).list());
  }

  /** The approximate number of messages to reclassify; it includes corrected messages. */
  public long countClassified() {
    return database.ask(sql -> sql.createQuery("""
            select coalesce(sum(messages), 0) from message_count
             where noise_classification in ('noise', 'weak_signal', 'signal')""").mapTo(Long.class).one());
  }

  /** Saves the new classes, except for messages that were scored again or corrected after they were read. */
  public int saveAll(List<ReclassifiedScore> scores) {
    return messages.applyClasses(scores.stream()
        .map(r -> new MessageScores.ClassRow(r.stored().id(), r.stored().scoredAt(), r.importance(), r.becomes().wire())).toList());
  }

  /** The active job that reclassifies messages, if there is one. */
  public Optional<ScoringBacklog.RunningJob> findRunningJob() {
    return database.ask(sql -> sql.createQuery("""
            select state, coalesce(progress_done, 0) as done, coalesce(progress_total, 0) as total from job
             where unique_key = :key and state in <unfinished>""")
        .define("unfinished", JobState.UNFINISHED_SQL).bind("key", ScoringPolicyUpdater.RECLASSIFY_KEY + getCurrent().generation())
        .map(Database.to(ScoringBacklog.RunningJob.class)).findOne());
  }
}
