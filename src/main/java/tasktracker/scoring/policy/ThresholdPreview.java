package tasktracker.scoring.policy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import tasktracker.platform.data.Database;

/** A dry run of other thresholds: which stored messages would change their class. */
@ApplicationScoped
public class ThresholdPreview {

  /** The number of newest messages that are considered. */
  public static final int MAX_MESSAGES = 10_000;
  private static final int EXAMPLES = 8;

  /** The number of messages that would change from one class to another. */
  public record Flip(String was, String becomes, long count) {}

  /** A message that would change its class. */
  public record Example(UUID id, String content, String was, String becomes, double importanceScore) {}

  /** The result of the dry run. */
  public record Outcome(long lookedAt, List<Flip> flips, List<Example> examples) {

    public long flipped() {
      return flips.stream().mapToLong(Flip::count).sum();
    }
  }

  // Scores are stored with single precision. They are rounded to two decimals before they are compared with thresholds.
  private static final String CLASSIFIED = """
      with recent as (
        select id, content, noise_classification as was, round(importance_score::numeric, 2) as score,
               (noise_factors->>'content')::numeric as content_factor, sent_at
          from message m
         where importance_score is not null and noise_classification <> 'spam'
           and not exists (select from score_correction c where c.message_id = m.id and c.undone_at is null
                              and c.revision = m.revision)
         order by sent_at desc, id desc limit :limit),
      classified as (
        select *, case when content_factor < :floor or score < :noise then 'noise'
                       when content_factor > :ceiling or score > :signal then 'signal' else 'weak_signal' end as becomes
          from recent)
      """;

  private final Database database;

  @Inject
  public ThresholdPreview(Database database) {
    this.database = database;
  }

  /** Classifies the newest messages by these thresholds. Corrected messages keep their class. */
  public Outcome preview(ScoringPolicy policy) {
    List<Flip> counts = database.ask(sql -> bindPolicy(sql.createQuery(CLASSIFIED
        + "select was, becomes, count(*) as count from classified group by 1, 2 order by 3 desc"), policy)
        .map(Database.to(Flip.class)).list());
    List<Example> examples = database.ask(sql -> bindPolicy(sql.createQuery(CLASSIFIED + """
        select id, left(content, 160) as content, was, becomes, score as importance_score from classified where was <> becomes
         order by sent_at desc, id desc limit\s""" + EXAMPLES), policy).map(Database.to(Example.class)).list());
    return new Outcome(counts.stream().mapToLong(Flip::count).sum(),
        counts.stream().filter(f -> !f.was().equals(f.becomes())).toList(), examples);
  }

  private static org.jdbi.v3.core.statement.Query bindPolicy(org.jdbi.v3.core.statement.Query query, ScoringPolicy policy) {
    return query.bind("limit", MAX_MESSAGES).bind("floor", policy.contentFloor()).bind("ceiling", policy.contentCeiling())
        .bind("noise", policy.noise()).bind("signal", policy.signal());
  }
}
