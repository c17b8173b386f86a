package tasktracker.scoring.policy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import tasktracker.platform.data.Database;

/** A dry run of other thresholds and weights: which stored messages would change their class. */
@ApplicationScoped
public class ThresholdPreview {

  /** The number of newest messages that are considered. */
  public static final int MAX_MESSAGES = 10_000;
  private static final int EXAMPLES = 8;

  /** The number of messages that would change from one class to another. */
  public record Flip(String was, String becomes, long count) {}

  /** A message that would change its class. */
  public record Example(UUID id, String content, String was, String becomes, double importanceScore, int strength) {}

  /** The result of the dry run. */
  public record Outcome(long lookedAt, List<Flip> flips, List<Example> examples) {

    public long flipped() {
      return flips.stream().mapToLong(Flip::count).sum();
    }
  }

  // The same arithmetic as ScoringPolicy: doubles, added in the same order and rounded to two decimals.
  private static final String CLASSIFIED = """
      with recent as (
        select id, content, noise_classification as was, sent_at,
               (noise_factors->>'content')::float8 as content_factor, (noise_factors->>'author')::float8 as author,
               (noise_factors->>'temporal')::float8 as temporal, (noise_factors->>'topics')::float8 as topics
          from message m
         where importance_score is not null and noise_classification <> 'spam' and noise_factors is not null
           and not exists (select from score_correction c where c.message_id = m.id and c.undone_at is null
                              and c.revision = m.revision)
         order by sent_at desc, id desc limit :limit),
      scored as (
        select *, floor((:content * content_factor + :author * author + :temporal * temporal + :topics * topics) * 100 + 0.5) / 100
               as score from recent),
      classified as (
        select *, case when content_factor < :contentFloor or score < :noise then 'noise'
                       when content_factor > :contentCeiling or score > :signal then 'signal' else 'weak_signal' end as becomes
          from scored)
      """;

  private final Database database;

  @Inject
  public ThresholdPreview(Database database) {
    this.database = database;
  }

  /** Classifies the newest messages by this policy. Corrected messages keep their class. */
  public Outcome preview(ScoringPolicy policy) {
    List<Flip> counts = database.ask(sql -> bindPolicy(sql.createQuery(CLASSIFIED
        + "select was, becomes, count(*) as count from classified group by 1, 2 order by 3 desc"), policy)
        .map(Database.to(Flip.class)).list());
    List<Example> examples = database.ask(sql -> bindPolicy(sql.createQuery(CLASSIFIED + """
        select id, left(content, 160) as content, was, becomes, score as importance_score,
               message_strength(was, score::real) as strength from classified where was <> becomes
         order by sent_at desc, id desc limit\s""" + EXAMPLES), policy).map(Database.to(Example.class)).list());
    return new Outcome(counts.stream().mapToLong(Flip::count).sum(),
        counts.stream().filter(f -> !f.was().equals(f.becomes())).toList(), examples);
  }

  private static org.jdbi.v3.core.statement.Query bindPolicy(org.jdbi.v3.core.statement.Query query, ScoringPolicy policy) {
    return query.bind("limit", MAX_MESSAGES).bindMethods(policy);
  }
}
