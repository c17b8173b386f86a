package tasktracker.task.analyst;

import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.NormalizedText;
import tasktracker.knowledge.analyst.AnalystInput;
import tasktracker.knowledge.analyst.AnalystMessage;
import tasktracker.knowledge.analyst.AnalystReason;
import tasktracker.knowledge.analyst.Analysis;
import tasktracker.knowledge.analyst.AtomCandidate;
import tasktracker.knowledge.analyst.AtomType;
import tasktracker.knowledge.analyst.Quote;
import tasktracker.knowledge.extraction.AnalysisValidator;
import tasktracker.platform.data.StorableText;
import tasktracker.task.date.DatePhrase;
import tasktracker.task.date.DatePhrases;
import tasktracker.task.date.Mode;

/**
 * Checks what a task analyst proposes against the messages that it read, whoever the analyst is. What fails is refused with
 * the reason; nothing is repaired into a guess. Titles, quotes, numbers and names are held to the rules of atoms.
 */
public final class TaskValidator {

  /** A task that was refused, by its title; the reason is the last part of a key {@code extraction.refused.*}. */
  public record Refusal(String title, String reason) {}

  /** What passed, and what was refused. */
  public record Result(List<TaskCandidate> accepted, List<Refusal> refused) {}

  private static final int MAX_TAGS = 10;
  private static final int MAX_TAG = 40;
  private static final int MAX_SUBTASKS = 50;
  private static final int MAX_DESCRIPTION = 10_000;
  private static final int MIN_NAME = 3;
  private static final Pattern SENTENCE = Pattern.compile("(?<=[.!?…])\\s+|\\n+");

  private final TaskAnalystInput input;
  private final Map<UUID, AnalystMessage> messages = new HashMap<>();
  private final Map<UUID, ChatPerson> people = new HashMap<>();

  private TaskValidator(TaskAnalystInput input) {
    this.input = input;
    input.messages().forEach(message -> messages.put(message.id(), message));
    input.messages().forEach(m -> people.put(m.authorId(), new ChatPerson(m.authorId(), m.authorName(), null)));
    input.people().forEach(person -> people.put(person.id(), person));
  }

  public static Result validate(TaskAnalystInput input, List<TaskCandidate> proposed) {
    return new TaskValidator(input).validate(proposed);
  }

  private Result validate(List<TaskCandidate> proposed) {
    List<TaskCandidate> accepted = new ArrayList<>();
    List<Refusal> refused = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    for (TaskCandidate task : proposed) {
      String problem = problem(task);
      problem = problem == null && !keys.add(task.key()) ? "duplicate" : problem;
      problem = problem == null && accepted.size() >= input.maxTasks() ? "too_many" : problem;
      if (problem == null) {
        accepted.add(task);
      } else {
        refused.add(new Refusal(StorableText.truncate(StorableText.of(task.title()), 300), problem));
      }
    }
    return new Result(accepted, refused);
  }

  private @Nullable String problem(TaskCandidate task) {
    String problem = problemOfText(task);
    if (problem == null && isMadeUp(task.assigneeId(), task.assigneeName(), task.quotes())) {
      problem = "name";
    }
    if (problem == null && isMadeUp(task.due(), task.quotes())) {
      problem = "date";
    }
    if (problem == null && !task.tags().stream().allMatch(TaskValidator::isTag) || task.tags().size() > MAX_TAGS) {
      problem = "tag";
    }
    return problem != null ? problem : problemOfSubtasks(task);
  }

  /** Title, description and quotes are those of an atom; the description is checked part by part, because it may be longer. */
  private @Nullable String problemOfText(TaskCandidate task) {
    if (task.description().isBlank() || task.description().length() > MAX_DESCRIPTION) {
      return "content";
    }
    for (String part : SENTENCE.split(task.description().strip())) {
      String problem = part.isBlank() ? null : problem(task.title(), part.strip(), task.confidence(), task.quotes());
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  private @Nullable String problem(String title, String content, double confidence, List<Quote> quotes) {
    AtomCandidate atom = new AtomCandidate("t", AtomType.REQUIREMENT, null, title, content, confidence, quotes, AnalystReason.of("task"));
    AnalysisValidator.Result result = AnalysisValidator.validate(new AnalystInput(quoted(quotes), List.of(), List.of(), 1),
        new Analysis(List.of(), List.of(atom), List.of()));
    return result.refused().isEmpty() ? null : result.refused().getFirst().reason();
  }

  /** The messages that are quoted: so that the cost of a check does not grow with the chat. */
  private List<AnalystMessage> quoted(List<Quote> quotes) {
    return quotes.stream().map(quote -> messages.get(quote.messageId())).filter(Objects::nonNull).distinct().toList();
  }

  // People.

  /** Whether the assignee is no member of the chat, or is neither named in the quotes nor the author of one of them. */
  private boolean isMadeUp(@Nullable UUID id, @Nullable String name, List<Quote> quotes) {
    if (id == null) {
      return name != null && !isSaid(name, quotes);
    }
    ChatPerson person = people.get(id);
    if (person == null || name == null || !name.equals(person.displayName())) {
      return true;
    }
    boolean isAuthor = quotes.stream().map(quote -> messages.get(quote.messageId()))
        .anyMatch(message -> message != null && message.authorId().equals(id));
    return !isAuthor && !NameForms.areIn(said(quotes), person);
  }

  private boolean isSaid(String name, List<Quote> quotes) {
    return NormalizedText.of(said(quotes)).contains(NormalizedText.of(name)) && name.length() >= MIN_NAME - 1;
  }

  private String said(List<Quote> quotes) {
    StringBuilder said = new StringBuilder();
    quotes.forEach(quote -> said.append(text(quote)).append('\n'));
    return said.toString();
  }

  private String text(Quote quote) {
    return Objects.requireNonNull(messages.get(quote.messageId())).text().substring(quote.start(), quote.end());
  }

  // Dates.

  /** Whether the words of the date are not quoted, or mean another time than the rules of dates say. */
  private boolean isMadeUp(@Nullable DueDate due, List<Quote> quotes) {
    if (due == null) {
      return false;
    }
    Quote words = due.quote();
    boolean isQuoted = quotes.stream().anyMatch(quote -> quote.messageId().equals(words.messageId()) && quote.start() <= words.start()
        && words.end() <= quote.end());
    AnalystMessage message = messages.get(words.messageId());
    return !isQuoted || message == null || words.start() != due.phrase().start() || words.end() != due.phrase().end()
        || !isRead(message, due.phrase());
  }

  private boolean isRead(AnalystMessage message, DatePhrase phrase) {
    boolean isMarked = input.dates().stream().anyMatch(date -> date.messageId().equals(message.id()) && date.start() == phrase.start()
        && date.end() == phrase.end() && date.at().equals(phrase.value().toInstant()));
    ZonedDateTime sentAt = message.sentAt().atZone(input.zoneOf(message.authorId()));
    return isMarked || DatePhrases.find(message.text(), sentAt, Mode.TASK).stream()
        .anyMatch(found -> found.start() == phrase.start() && found.end() == phrase.end() && found.value().equals(phrase.value()));
  }

  // Tags and sub-tasks.

  private static boolean isTag(String tag) {
    return !tag.isBlank() && tag.codePointCount(0, tag.length()) <= MAX_TAG && StorableText.isStorable(tag);
  }

  private @Nullable String problemOfSubtasks(TaskCandidate task) {
    if (task.subtasks().size() > MAX_SUBTASKS) {
      return "too_many";
    }
    for (SubtaskCandidate subtask : task.subtasks()) {
      List<Quote> quotes = new ArrayList<>(task.quotes());
      quotes.add(subtask.quote());
      String problem = problem(subtask.title(), subtask.title(), task.confidence(), List.of(subtask.quote()));
      if (problem != null) {
        return problem;
      }
      if (isMadeUp(subtask.assigneeId(), subtask.assigneeName(), quotes)) {
        return "name";
      }
      if (isMadeUp(subtask.due(), quotes)) {
        return "date";
      }
    }
    return null;
  }
}
