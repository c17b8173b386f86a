package tasktracker.task.proposal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.NormalizedText;
import tasktracker.knowledge.topic.TopicStore;
import tasktracker.platform.data.Database;

/**
 * Finds the task or the open proposal that says the same as a new proposal: it rests on the same messages, has the same title,
 * or is similar by the local embedding. The embedding does not tell one number or name from another, above
 * all in Cyrillic, so that a similar one with other numbers or hardly a word in common is left out.
 */
@ApplicationScoped
public class Duplicates {

  /** From this similarity on they may be the same. */
  static final double SIMILAR = .85;
  /** From this similarity on they are the same. */
  static final double SAME = .95;
  private static final int COMPARED = 10;
  private static final double SHARED_WORDS = .3;
  private static final Pattern NUMBER = Pattern.compile("\\p{Nd}+");

  private final Database database;

  @Inject
  public Duplicates(Database database) {
    this.database = database;
  }

  /**
   * What says the same.
   *
   * @param type {@code exact_messages}, {@code same_title} or {@code semantic}
   * @param recommendation what follows from it for the new proposal
   */
  public record Duplicate(@Nullable UUID task, @Nullable UUID proposal, double similarity, String type, String recommendation) {}

  private record Row(UUID id, @Nullable UUID taskId, String title, double similarity) {

    Duplicate as(String type, String recommendation) {
      return new Duplicate(taskId, taskId == null ? id : null, similarity, type, recommendation);
    }
  }

  /** Finds the strongest one; those with a task come first, because merging into a task loses nothing. */
  Optional<Duplicate> find(ProposalStore.NewProposal proposal) {
    return findBySources(proposal).map(row -> row.as("exact_messages", recommend(row)))
        .or(() -> findByTitle(proposal).map(row -> row.as("same_title", recommend(row))))
        .or(() -> findByMeaning(proposal));
  }

  private static String recommend(Row row) {
    return row.taskId() == null ? "reject" : "merge";
  }

  /** Merged ones stand for their task; rejected ones for nothing. */
  private static final String OPEN = """
      select p.id, p.task_id, p.title, SIMILARITY as similarity from task_proposal p left join task t on t.id = p.task_id
       where (p.status = 'pending' or (p.task_id is not null and t.status <> 'closed')) and p.id <> :id
      """;

  /** Two tasks of one message with different words are two tasks. */
  private Optional<Row> findBySources(ProposalStore.NewProposal proposal) {
    List<UUID> messages = proposal.quotes().stream().map(ProposalQuote::messageId).distinct().sorted().toList();
    return database.ask(sql -> sql.createQuery(OPEN.replace("SIMILARITY", "1.0") + """
             and exists (select from proposal_quote q where q.proposal_id = p.id and q.message_id = :message and q.start_at < :end
                            and q.end_at > :start)
             and (select array_agg(distinct q.message_id order by q.message_id) from proposal_quote q where q.proposal_id = p.id) = :messages
           order by p.task_id is null, p.created_at limit 1""")
        .bind("id", proposal.id()).bind("message", proposal.main().messageId()).bind("start", proposal.main().startAt())
        .bind("end", proposal.main().endAt()).bindArray("messages", UUID.class, messages.toArray())
        .map(Database.to(Row.class)).findOne());
  }

  private Optional<Row> findByTitle(ProposalStore.NewProposal proposal) {
    return database.ask(sql -> sql.createQuery(OPEN.replace("SIMILARITY", "1.0") + """
             and p.title_key = :key order by p.task_id is null, p.created_at limit 1""")
        .bind("id", proposal.id()).bind("key", NormalizedText.keyOf(proposal.fields().title())).map(Database.to(Row.class)).findOne());
  }

  private Optional<Duplicate> findByMeaning(ProposalStore.NewProposal proposal) {
    float[] vector = proposal.vector();
    if (vector == null) {
      return Optional.empty();
    }
    return database.ask(sql -> sql.createQuery("select * from ("
        + OPEN.replace("SIMILARITY", "1 - (p.vector <=> cast(:vector as real[])::vector)") + """
             and p.vector is not null order by p.vector <=> cast(:vector as real[])::vector limit :most) as nearest
           where similarity >= :minimum order by similarity >= :same desc, task_id is null, similarity desc""")
        .bind("id", proposal.id()).bindArray("vector", Float.class, TopicStore.boxed(vector)).bind("most", COMPARED)
        .bind("minimum", SIMILAR).bind("same", SAME).map(Database.to(Row.class)).list()).stream()
        .filter(row -> saysNearlyTheSame(row.title(), proposal.fields().title())).findFirst()
        .map(row -> row.as("semantic", row.similarity() >= SAME ? recommend(row) : "update_existing"));
  }

  private static boolean saysNearlyTheSame(String one, String other) {
    Set<String> shared = words(one);
    Set<String> all = words(other);
    all.addAll(shared);
    shared.retainAll(words(other));
    return numbers(one).equals(numbers(other)) && shared.size() >= SHARED_WORDS * all.size();
  }

  private static Set<String> words(String title) {
    return new HashSet<>(List.of(NormalizedText.keyOf(title).split(" ")));
  }

  private static List<String> numbers(String title) {
    return NUMBER.matcher(title).results().map(MatchResult::group).sorted().toList();
  }
}
