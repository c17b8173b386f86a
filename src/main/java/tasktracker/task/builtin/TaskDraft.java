package tasktracker.task.builtin;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.analyst.AnalystReason;
import tasktracker.knowledge.analyst.Quote;
import tasktracker.knowledge.builtin.Terms;
import tasktracker.knowledge.builtin.Utterance;
import tasktracker.task.analyst.ChatPerson;
import tasktracker.task.analyst.DueDate;
import tasktracker.task.analyst.SubtaskCandidate;

/** A task in the making: the sentence that it rests on, and what was found out about it. */
final class TaskDraft {

  /** The maximum number of quotes of a task. */
  static final int MAX_QUOTES = 6;

  final Utterance utterance;
  final Act act;
  final Quote quote;
  final String title;
  /** The stems of the words by which copies are found. */
  final Set<String> stems;
  final List<Quote> evidence = new ArrayList<>();
  List<SubtaskCandidate> subtasks = List.of();
  @Nullable ChatPerson assignee;
  @Nullable String assigneeName;
  @Nullable DueDate due;
  boolean isGroup;
  boolean isAccepted;
  double score;
  @Nullable AnalystReason reason;

  TaskDraft(Utterance utterance, Act act, Quote quote, String title) {
    this.utterance = utterance;
    this.act = act;
    this.quote = quote;
    this.title = title;
    this.stems = Terms.stems(title);
  }

  void assign(@Nullable ChatPerson person) {
    assignee = person;
    assigneeName = person == null ? null : person.displayName();
  }

  /** Assigns it to whom an act names; a name that is nobody's in the chat is kept as it was said. */
  void assign(Act named) {
    assignee = named.person();
    assigneeName = named.assigneeName();
  }

  String text() {
    return utterance.text().substring(quote.start(), quote.end());
  }

  AnalystReason reasonOrKind() {
    return reason != null ? reason : AnalystReason.of(act.kind().name().toLowerCase(java.util.Locale.ROOT), act.cue());
  }

  List<Quote> quotes() {
    List<Quote> all = new ArrayList<>(List.of(quote));
    for (Quote other : evidence) {
      boolean isKnown = all.stream()
          .anyMatch(q -> q.messageId().equals(other.messageId()) && q.start() <= other.start() && other.end() <= q.end());
      if (!isKnown && all.size() < MAX_QUOTES) {
        all.add(other);
      }
    }
    return all;
  }

  boolean isCopyOf(TaskDraft other) {
    return Terms.overlap(stems, other.stems) >= 0.7
        || quote.messageId().equals(other.quote.messageId()) && quote.start() < other.quote.end() && other.quote.start() < quote.end()
            && Terms.containment(stems, other.stems) >= 0.8 && act.kind() != Act.Kind.ASSIGN;
  }
}
