package tasktracker.task.builtin;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.analyst.AnalystReason;
import tasktracker.knowledge.analyst.Quote;
import tasktracker.knowledge.builtin.TitleWriter;
import tasktracker.knowledge.builtin.Utterance;
import tasktracker.task.analyst.ChatPerson;
import tasktracker.task.analyst.DueDate;
import tasktracker.task.analyst.SubtaskCandidate;
import tasktracker.task.builtin.Act.Kind;

/** Reads the tasks of the list of a message: one for each item that somebody gets, or one with the items as sub-tasks. */
final class ListTasks {

  private static final double LISTED = 1.9;
  private static final double HEAD = 1.2;

  private final TaskReader reader;
  private final TaskSentences sentences;
  private final DueDates dates;
  private final Set<String> participants;

  ListTasks(TaskReader reader) {
    this.reader = reader;
    this.sentences = reader.sentences();
    this.dates = reader.dates();
    this.participants = reader.participants();
  }

  /** The tasks of the list; empty for one that is no list of tasks. */
  List<TaskDraft> read(Utterance utterance, ListItems list) {
    List<Clauses> items = list.items().stream().map(item -> sentences.item(utterance, item)).toList();
    List<Optional<Act>> assigned = items.stream().map(clauses -> ActFinder.find(clauses).stream()
        .filter(act -> act.kind() == Kind.ASSIGN && act.verb() >= 0).findFirst()).toList();
    long named = assigned.stream().filter(Optional::isPresent).count();
    boolean isTaskList = list.isChecklist() || hasHeading(utterance, list) || headAct(utterance, list).isPresent();
    if (named > 0 && 2 * named >= items.size()) {
      return separate(utterance, list, items, assigned);
    }
    return isTaskList ? together(utterance, list, items).stream().toList() : List.of();
  }

  private static boolean hasHeading(Utterance utterance, ListItems list) {
    String head = utterance.text().substring(0, list.headEnd()).strip();
    String line = head.substring(head.lastIndexOf('\n') + 1);
    List<Word> words = Word.read(line);
    return ActWords.shared().find(words).stream().anyMatch(match -> match.section().equals("heading") && (match.from() == 0
        || line.endsWith(":")));
  }

  private Optional<Act> headAct(Utterance utterance, ListItems list) {
    return utterance.parts().stream().filter(part -> part.sentence().end() <= list.headEnd() + 1)
        .flatMap(part -> ActFinder.find(sentences.clauses(utterance, part.sentence())).stream())
        .filter(act -> act.weight() >= HEAD && !act.kind().needsAgreement()).findFirst();
  }

  /** Items for different people are different tasks. */
  private List<TaskDraft> separate(Utterance utterance, ListItems list, List<Clauses> items, List<Optional<Act>> assigned) {
    List<TaskDraft> drafts = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      ListItems.Item item = list.items().get(i);
      Act act = assigned.get(i).orElse(new Act(Kind.NEED, 0, "", LISTED, "", null, null));
      DueDate due = dates.find(utterance.message(), item.start(), item.end());
      if (!item.isDone() && items.get(i).has(act.verb())) {
        Quote quote = new Quote(utterance.id(), item.start(), TaskSentences.limit(utterance.text(), item.start(), item.end()));
        TaskReader.create(utterance, act, quote, itemTitle(utterance, items.get(i), act.verb(), item, due), due).ifPresent(draft -> {
          draft.assign(act);
          drafts.add(draft);
        });
      }
    }
    return drafts;
  }

  private String itemTitle(Utterance utterance, Clauses clauses, int first, ListItems.Item item, @Nullable DueDate due) {
    Verbs.Verb verb = Verbs.of(clauses.get(first), clauses.isRussian());
    boolean isVerb = verb != null || Verbs.isInfinitive(clauses.get(first));
    String text = verb == null || verb.form() == Verbs.Form.BASE ? "" : verb.infinitive();
    String title = TaskTitle.write(utterance.text(), clauses.get(first), text, item.end(), due, participants);
    return isVerb || title.isBlank() ? title : TaskTitle.about(Antecedents.prepare(title, clauses.isRussian()), lower(title), participants);
  }

  private static String lower(String title) {
    boolean isWord = title.length() > 1 && Character.isLowerCase(title.charAt(1));
    return isWord ? Character.toLowerCase(title.charAt(0)) + title.substring(1) : title;
  }

  private Optional<TaskDraft> together(Utterance utterance, ListItems list, List<Clauses> items) {
    if (list.items().stream().allMatch(ListItems.Item::isDone)) {
      return Optional.empty();
    }
    int end = list.items().getLast().end();
    Act act = headAct(utterance, list).orElse(new Act(Kind.NEED, 0, "", LISTED, "", null, null));
    Optional<Utterance.Part> head = headPart(utterance, list, act);
    DueDate due = dates.find(utterance.message(), head.map(part -> part.sentence().start()).orElse(0), list.headEnd());
    String title = head.map(part -> headTitle(utterance, part, act, list.headEnd(), due)).orElse("");
    if (TaskTitle.countWords(title) == 0) {
      title = TitleWriter.write(utterance.text().substring(list.items().getFirst().start(), list.items().getFirst().end()), participants);
    }
    int start = head.map(part -> part.sentence().start()).orElse(list.items().getFirst().start());
    TaskDraft draft = new TaskDraft(utterance, act.with(Math.max(act.weight(), LISTED)),
        new Quote(utterance.id(), start, TaskSentences.limit(utterance.text(), start, end)), title);
    draft.due = due;
    if (due != null) {
      draft.evidence.add(due.quote());
    }
    draft.subtasks = subtasks(utterance, list, items);
    draft.reason = AnalystReason.of("list", draft.subtasks.size());
    reader.assign(draft, head.map(part -> Addressees.of(sentences.clauses(utterance, part.sentence()))).orElse(Addressees.NONE));
    return Optional.of(draft);
  }

  /** The sentence of the act; for a plain heading, the last one before the list. */
  private Optional<Utterance.Part> headPart(Utterance utterance, ListItems list, Act act) {
    List<Utterance.Part> parts = utterance.parts().stream().filter(part -> part.sentence().start() < list.headEnd()).toList();
    return parts.stream().filter(part -> ActFinder.find(sentences.clauses(utterance, part.sentence())).contains(act)).findFirst()
        .or(() -> parts.isEmpty() ? Optional.empty() : Optional.of(parts.getLast()));
  }

  private String headTitle(Utterance utterance, Utterance.Part part, Act act, int headEnd, @Nullable DueDate due) {
    Clauses clauses = sentences.clauses(utterance, part.sentence());
    int end = Math.min(part.sentence().end(), headEnd);
    boolean isFound = ActFinder.find(clauses).contains(act);
    return clauses.has(act.verb()) && clauses.get(act.verb()).start() < end
        ? TaskTitle.write(utterance.text(), clauses.get(isFound ? act.verb() : 0), isFound ? act.verbText() : "", end, due, participants)
        : "";
  }

  private List<SubtaskCandidate> subtasks(Utterance utterance, ListItems list, List<Clauses> items) {
    List<SubtaskCandidate> subtasks = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      ListItems.Item item = list.items().get(i);
      Act act = ActFinder.find(items.get(i)).stream().filter(a -> a.kind() == Kind.ASSIGN && a.verb() >= 0).findFirst().orElse(null);
      DueDate due = dates.find(utterance.message(), item.start(), item.end());
      int first = act == null ? 0 : act.verb();
      String title = items.get(i).has(first)
          ? TaskTitle.write(utterance.text(), items.get(i).get(first), "", item.end(), due, participants)
          : "";
      if (!title.isBlank()) {
        ChatPerson person = act == null ? null : act.person();
        subtasks.add(new SubtaskCandidate(title, person == null ? null : person.id(),
            act == null ? null : act.assigneeName(), due, item.isDone(),
            new Quote(utterance.id(), item.start(), item.end())));
      }
    }
    return subtasks;
  }
}
