package tasktracker.scoring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.bind.Jsonb;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tasktracker.message.MessageScores;
import tasktracker.platform.batch.FailedItems;
import tasktracker.platform.data.Database;
import tasktracker.platform.web.json.Json;
import tasktracker.scoring.model.Calibration;
import tasktracker.scoring.model.MessageClassifier;
import tasktracker.scoring.model.RepeatedShapes;

/** SQL statements of scoring. Each processes a batch. */
@ApplicationScoped
public class ScoreStore {

  /** The number of previous messages that the author factor is computed from. */
  private static final int AUTHOR_MESSAGES = 50;
  private static final int CHAT_MESSAGES = 1000;
  private static final int FOLLOW_UP_MESSAGES = 12;

  private final Database database;
  private final MessageScores messages;

  @Inject
  ScoreStore(Database database, MessageScores messages) {
    this.database = database;
    this.messages = messages;
  }

  /** The inputs of scoring for these messages, without messages that a person has corrected. */
  public List<ScoringInput> findInputs(Collection<UUID> ids, boolean onlyUnscored) {
    return database.ask(sql -> sql.createQuery("""
            with wanted as materialized (
              select m.* from message m where m.id = any(:ids) and (not :onlyUnscored or m.importance_score is null)
                 and not exists (select from score_correction c where c.message_id = m.id and c.undone_at is null
                                    and c.revision = m.revision)),
            author as (
              select a.author_id, (
                select avg((l.noise_factors->>'content')::float8)
                  from (select noise_factors from message p where p.author_id = a.author_id and p.sent_at < a.first
                         order by p.sent_at desc, p.id desc limit :latest) as l) as mean
                from (select author_id, min(sent_at) as first from wanted group by author_id) as a)
            select w.id, w.chat_id, w.author_id, left(w.content, :read) as content,
                   jsonb_path_query_array(w.entities, cast(:entities as jsonpath))::text as entities, w.revision,
                   extract(epoch from now() - w.sent_at) as age_seconds,
                   coalesce((select sum((r->>'count')::int) from jsonb_array_elements(w.reactions) as r), 0)::int as reactions,
                   (select count(*) from message r where r.chat_id = w.chat_id and r.reply_to = w.external_id)::int as replies,
                   author.mean as author_mean,
                   (select count(*) from (select from message t where t.topic_id = w.topic_id limit 51) as of_topic)::int as topic_messages
              from wanted w join author using (author_id) order by w.sent_at, w.id""")
        .bindArray("ids", UUID.class, ids.toArray()).bind("onlyUnscored", onlyUnscored).bind("latest", AUTHOR_MESSAGES)
        .bind("read", MessageClassifier.MAX_TEXT_LENGTH).bind("entities", MarkedText.JSON_PATH)
        .map(Database.to(ScoringInput.class)).list());
  }

  /** The texts sent by others in the ten minutes after each of these messages, at most twelve for each. */
  public Map<UUID, List<String>> findFollowUps(Collection<UUID> ids) {
    Map<UUID, List<String>> after = new HashMap<>();
    database.run(sql -> sql.createQuery("""
            select m.id, n.content from message m cross join lateral (
              select left(n.content, 100) as content from message n
               where n.chat_id = m.chat_id and (n.sent_at, n.id) > (m.sent_at, m.id)
                 and n.sent_at < m.sent_at + interval '10 minutes' and n.author_id <> m.author_id
               order by n.sent_at, n.id limit :limit) as n
             where m.id = any(:ids)""")
        .bindArray("ids", UUID.class, ids.toArray()).bind("limit", FOLLOW_UP_MESSAGES)
        .map((row, context) -> after.computeIfAbsent(row.getObject(1, UUID.class), id -> new ArrayList<>()).add(row.getString(2)))
        .list());
    return after;
  }

  /** The shapes of the latest messages of each author of these messages in the chat of each message. */
  public RepeatedShapesByAuthor findRepeatedShapes(Collection<UUID> ids) {
    Map<RepeatedShapesByAuthor.Key, List<String>> texts = new HashMap<>();
    database.run(sql -> sql.createQuery("""
            select a.author_id, a.chat_id, l.content
              from (select author_id, chat_id, max(sent_at) as last from message where id = any(:ids) group by 1, 2) as a
             cross join lateral (
              select left(r.content, :read) as content
                from (select p.chat_id, p.content, p.sent_at, p.id from message p
                       where p.author_id = a.author_id and p.sent_at <= a.last order by p.sent_at desc, p.id desc limit :read_most) as r
               where r.chat_id = a.chat_id order by r.sent_at desc, r.id desc limit :latest) as l""")
        .bindArray("ids", UUID.class, ids.toArray()).bind("read", RepeatedShapes.READ_LENGTH).bind("latest", RepeatedShapes.LEARNT_FROM)
        .bind("read_most", 5 * RepeatedShapes.LEARNT_FROM)
        .map((row, context) -> texts.computeIfAbsent(
            new RepeatedShapesByAuthor.Key(row.getObject(1, UUID.class), row.getObject(2, UUID.class)), key -> new ArrayList<>())
            .add(row.getString(3)))
        .list());
    return RepeatedShapesByAuthor.of(texts);
  }

  /** Computes the quantiles of the content scores of the chat's latest messages, without low-content messages. */
  public Calibration computeCalibration(UUID chat) {
    return database.ask(sql -> sql.createQuery("""
            select count(*) as messages, percentile_cont(array(select step / :steps::float8 from generate_series(0, :steps) as step))
                     within group (order by raw) as quantiles
              from (select (noise_aspects->>'raw')::float8 as raw from message
                     where chat_id = :chat and importance_score is not null order by sent_at desc, id desc limit :latest) as l
             where raw is not null""")
        .bind("chat", chat).bind("steps", Calibration.STEPS).bind("latest", CHAT_MESSAGES)
        .map((row, context) -> row.getLong(1) < Calibration.MIN_MESSAGES
            ? Calibration.NONE
            : new Calibration(List.of((Double[]) row.getArray(2).getArray()), row.getInt(1)))
        .one());
  }

  /**
   * Saves the scores with one statement in the caller's transaction. Messages that were edited, corrected or deleted after
   * they were read are not changed.
   *
   * @return the ids of the messages that were updated
   */
  public List<UUID> save(List<Score> scores) {
    return messages.applyScores(scores.stream().map(ScoreStore::row).toList());
  }

  private static MessageScores.ScoreRow row(Score score) {
    Jsonb json = Json.jsonb();
    return new MessageScores.ScoreRow(score.messageId(), score.revision(), score.importance(), score.classification().wire(),
        json.toJson(score.factors()), json.toJson(score.reasons()), json.toJson(score.aspects()), score.language());
  }

  /** The newest messages without a score, except failed items of scoring. */
  public List<UUID> findNewestUnscored(int limit) {
    return database.ask(sql -> sql.createQuery("select id from message m where importance_score is null and "
        + FailedItems.exclude(BatchScorer.KIND, "m.id") + " order by sent_at desc limit :limit")
        .bind("limit", limit).mapTo(UUID.class).list());
  }

  /** The number of messages without a score. */
  public long countUnscored() {
    return database.ask(sql -> sql.createQuery(
        "select coalesce(sum(messages), 0) from message_count where noise_classification = 'unscored'")
        .mapTo(Long.class).one());
  }

  /** Messages that were scored less than ten minutes after they were sent and are now older than that. */
  public List<UUID> findRescorable(int limit) {
    return database.ask(sql -> sql.createQuery("""
            select id from message m
             where sent_at between now() - interval '2 hours' and now() - interval '10 minutes'
               and scored_at < sent_at + interval '10 minutes' and noise_classification <> 'spam'
               and (noise_aspects->>'raw') is not null
               and\s""" + FailedItems.exclude(BatchScorer.KIND, "m.id") + " order by sent_at limit :limit")
        .bind("limit", limit).mapTo(UUID.class).list());
  }
}
