package tasktracker.task.analysis;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.Fingerprints;
import tasktracker.knowledge.ReasonText;
import tasktracker.knowledge.analyst.AnalystMessage;
import tasktracker.knowledge.analyst.Quote;
import tasktracker.platform.data.Ids;
import tasktracker.platform.data.StorableText;
import tasktracker.task.TaskFields;
import tasktracker.task.analyst.DueDate;
import tasktracker.task.analyst.SubtaskCandidate;
import tasktracker.task.analyst.TaskCandidate;
import tasktracker.task.date.DatePhrase;
import tasktracker.task.date.Grain;
import tasktracker.task.proposal.ProposalQuote;
import tasktracker.task.proposal.ProposalStore;
import tasktracker.task.proposal.Proposals;
import tasktracker.task.proposal.Subtask;

/** Stores what a task analyst proposed and validation accepted, in the transaction of the batch. */
@ApplicationScoped
public class ProposalWriter {

  private static final int MAX_TAGS = 20;
  private static final int MAX_TAG = 50;
  private static final int MAX_NAME = 300;
  private static final Set<Grain> TIMES = Set.of(Grain.SECOND, Grain.MINUTE, Grain.HOUR);

  private final Proposals proposals;
  private final Fingerprints fingerprints;

  @Inject
  public ProposalWriter(Proposals proposals, Fingerprints fingerprints) {
    this.proposals = proposals;
    this.fingerprints = fingerprints;
  }

  /** Who stores, for which run and project, if for any. */
  record Author(String analyst, String createdBy, @Nullable UUID run, @Nullable UUID project) {}

  /**
   * What is stored.
   *
   * @param vectors the embedding of each proposal's text by its key
   */
  record Input(List<TaskCandidate> tasks, WindowReader.Batch batch, Map<String, float[]> vectors, Author author) {

    /** The revisions of the quoted messages. */
    Map<UUID, Integer> quotedRevisions() {
      Map<UUID, Integer> quoted = new HashMap<>();
      tasks.forEach(task -> task.quotes()
          .forEach(quote -> quoted.put(quote.messageId(), batch.revisions().getOrDefault(quote.messageId(), 1))));
      return quoted;
    }
  }

  /** Stores proposals; returns how many are new. What was rejected, or is there, is not proposed again. */
  @Transactional(TxType.MANDATORY)
  int write(Input input) {
    Map<UUID, AnalystMessage> messages = new HashMap<>();
    input.batch().messages().forEach(message -> messages.put(message.id(), message));
    int added = 0;
    for (TaskCandidate task : input.tasks()) {
      added += proposals.add(proposal(task, input, messages)) ? 1 : 0;
    }
    return added;
  }

  private ProposalStore.NewProposal proposal(TaskCandidate task, Input input, Map<UUID, AnalystMessage> messages) {
    UUID id = Ids.next();
    List<ProposalQuote> quotes = quotes(id, task, input.batch(), messages);
    UUID project = input.batch().projects().getOrDefault(quotes.getFirst().messageId(), input.author().project());
    return new ProposalStore.NewProposal(id, input.author().run(), fields(task, project), task.subtasks().stream().map(this::part).toList(),
        task.confidence(), input.author().analyst(), ReasonText.toJson(task.reason()),
        fingerprints.of(task.title() + "\n" + quotes.getFirst().quote()), input.vectors().get(task.key()), quotes,
        input.author().createdBy());
  }

  private static TaskFields fields(TaskCandidate task, @Nullable UUID project) {
    DatePhrase due = task.due() == null ? null : task.due().phrase();
    List<String> tags = task.tags().stream().filter(tag -> tag.length() <= MAX_TAG && StorableText.isStorable(tag)).limit(MAX_TAGS)
        .toList();
    return new TaskFields(task.title(), task.description(), task.priority(), task.category(), tags, project, task.assigneeId(),
        name(task.assigneeName()), dueOn(task.due()), due == null || !TIMES.contains(due.grain()) ? null : due.value().toInstant());
  }

  private static @Nullable String name(@Nullable String name) {
    return name == null ? null : StorableText.of(StorableText.truncate(name, MAX_NAME));
  }

  /** The last day that the phrase allows. */
  static @Nullable LocalDate dueOn(@Nullable DueDate due) {
    if (due == null) {
      return null;
    }
    DatePhrase phrase = due.phrase();
    LocalDate first = phrase.value().toLocalDate();
    if (phrase.isEnd()) {
      return phrase.value().minusNanos(1).toLocalDate();
    }
    if (phrase.until() != null) {
      return phrase.until().minusNanos(1).toLocalDate();
    }
    if (phrase.bound() == DatePhrase.Bound.BEFORE) {
      return first; // "by July", "within two weeks": the value is the bound, not the beginning of a period.
    }
    return switch (phrase.grain()) {
      case WEEK -> first.plusDays(6);
      case MONTH -> first.plusMonths(1).minusDays(1);
      case QUARTER, SEASON -> first.plusMonths(3).minusDays(1);
      case YEAR -> first.plusYears(1).minusDays(1);
      default -> first;
    };
  }

  private Subtask part(SubtaskCandidate part) {
    return new Subtask(part.title().strip(), part.assigneeId(), name(part.assigneeName()), dueOn(part.due()), part.isDone());
  }

  private static List<ProposalQuote> quotes(UUID proposal, TaskCandidate task, WindowReader.Batch batch,
      Map<UUID, AnalystMessage> messages) {
    List<ProposalQuote> quotes = new ArrayList<>();
    for (Quote quote : new LinkedHashSet<>(task.quotes())) {
      AnalystMessage message = Objects.requireNonNull(messages.get(quote.messageId()), "Validation accepts quotes of known messages only");
      quotes.add(new ProposalQuote(proposal, quotes.size(), quote.messageId(), batch.revisions().getOrDefault(quote.messageId(), 1),
          quote.start(), quote.end(), message.text().substring(quote.start(), quote.end()), "valid", message.authorName(),
          message.sentAt()));
    }
    return quotes;
  }

  /** The text that a proposal is embedded by. */
  static String embeddedText(TaskCandidate task) {
    return task.title() + "\n\n" + StorableText.truncate(task.description(), TaskFields.MAX_DESCRIPTION);
  }
}
