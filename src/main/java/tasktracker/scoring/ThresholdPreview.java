package tasktracker.scoring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;

/** Tells which stored messages would change their class if a threshold were moved, before anybody moves it. */
@ApplicationScoped
public class ThresholdPreview {

  /** Of more messages, the newest are looked at. */
  public static final int LOOKED_AT = 10_000;
  private static final int EXAMPLES = 8;

  /** So many messages would go from one class to another. */
  public record Flip(String was, String becomes, long count) {}

  /** One of them. */
  public record Example(UUID id, String content, String was, String becomes, double importanceScore) {}

  /** What would happen. */
  public record Outcome(long lookedAt, List<Flip> flips, List<Example> examples) {

    public long flipped() {
      return flips.stream().mapToLong(Flip::count).sum();
    }
  }

  // Scores are kept in single precision: rounding to two decimals makes 0.7 equal to 0.7.
  private static final String JUDGED = """
      with recent as (
        select id, content, noise_classification as was, round(importance_score::numeric, 2) as score,
               (noise_factors->>'content')::numeric as content_factor, sent_at
          from message m
         where importance_score is not null and noise_classification <> 'spam'
           and not exists (select from score_correction c where c.message_id = m.id and c.undone_at is null
                              and c.revision = m.revision)
         order by sent_at desc, id desc limit :limit),
      judged as (
        select *, case when content_factor < :floor or score < :noise then 'noise'
                       when content_factor > :ceiling or score > :signal then 'signal' else 'weak_signal' end as becomes
          from recent)
      """;

  private @Nullable Database database;

  protected ThresholdPreview() {}

  @Inject
  public ThresholdPreview(Database database) {
    this.database = database;
  }

  /** What these thresholds would make of the newest messages; those a person has judged stay as they are. */
  public Outcome with(ScoringPolicy weighing) {
    List<Flip> counts = database.ask(sql -> bound(sql.createQuery(JUDGED
        + "select was, becomes, count(*) as count from judged group by 1, 2 order by 3 desc"), weighing)
        .map(Database.to(Flip.class)).list());
    List<Example> examples = database.ask(sql -> bound(sql.createQuery(JUDGED + """
        select id, left(content, 160) as content, was, becomes, score as importance_score from judged where was <> becomes
         order by sent_at desc, id desc limit\s""" + EXAMPLES), weighing).map(Database.to(Example.class)).list());
    return new Outcome(counts.stream().mapToLong(Flip::count).sum(),
        counts.stream().filter(f -> !f.was().equals(f.becomes())).toList(), examples);
  }

  private static org.jdbi.v3.core.statement.Query bound(org.jdbi.v3.core.statement.Query query, ScoringPolicy weighing) {
    return query.bind("limit", LOOKED_AT).bind("floor", weighing.contentFloor()).bind("ceiling", weighing.contentCeiling())
        .bind("noise", weighing.noise()).bind("signal", weighing.signal());
  }
}
