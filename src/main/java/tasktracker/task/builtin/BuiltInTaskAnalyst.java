package tasktracker.task.builtin;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tasktracker.knowledge.analyst.AnalystMessage;
import tasktracker.knowledge.analyst.Quote;
import tasktracker.task.analyst.TaskAnalyst;
import tasktracker.task.analyst.TaskAnalystInput;
import tasktracker.task.analyst.TaskCandidate;

/**
 * The task analyst that needs no language model: requests, promises and assignments by phrases and forms of verbs, who takes
 * them by names and answers, due dates by {@link tasktracker.task.date.DatePhrases}. It works without vectors and scores, with
 * less precision. Thread-safe; the cost is linear in the number of messages.
 */
@ApplicationScoped
public class BuiltInTaskAnalyst implements TaskAnalyst {

  public static final String NAME = "builtin";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<TaskCandidate> analyze(TaskAnalystInput input) {
    TaskFinder finder = new TaskFinder(input);
    List<TaskCandidate> candidates = new ArrayList<>();
    for (TaskDraft draft : finder.find()) {
      if (candidates.size() < input.maxTasks()) {
        candidates.add(create("t" + (candidates.size() + 1), draft, finder.confidence(draft)));
      }
    }
    return candidates;
  }

  private static TaskCandidate create(String key, TaskDraft draft, double confidence) {
    AnalystMessage message = draft.utterance.message();
    List<Quote> quotes = draft.quotes();
    List<Word> words = Word.read(message.text(), draft.quote.start(), draft.quote.end());
    List<Word> all = Stream.concat(Word.read(draft.title).stream(), words.stream()).toList();
    return new TaskCandidate(key, draft.title, draft.text().strip(), TaskAttributes.priority(all, draft.due, message),
        TaskAttributes.category(Word.read(draft.title)), TaskAttributes.tags(words, message),
        draft.assignee == null ? null : draft.assignee.id(), draft.assigneeName, draft.due, confidence, draft.reasonOrKind(), quotes,
        draft.subtasks);
  }
}
