package tasktracker.task.builtin;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.analyst.AnalystReason;
import tasktracker.knowledge.analyst.Quote;
import tasktracker.knowledge.builtin.MinutesForm;
import tasktracker.knowledge.builtin.Sentence;
import tasktracker.knowledge.builtin.Terms;
import tasktracker.knowledge.builtin.Utterance;
import tasktracker.task.analyst.ChatPerson;
import tasktracker.task.analyst.DueDate;
import tasktracker.task.builtin.Act.Kind;

/** Reads the tasks of one message. Who agreed to them is not known yet. */
final class TaskReader {

  private static final double ABOUT = 1.7;
  private static final double DATED_OFFER = 1.3;
  /** What is added to the form of a line of minutes that gives work to somebody, and taken from one that orders nothing. */
  private static final double ASSIGNED = 1;
  private static final double NO_ORDER = 1.5;
  private static final int MAX_PER_MESSAGE = 4;
  private static final int MIN_TITLE_WORDS = 2;
  /** Words of the object that say nothing without what was said before. */
  private static final Set<String> EMPTY_OBJECTS = Set.of("it", "this", "that", "them", "these", "those", "now", "please", "today",
      "first", "asap", "too", "then", "down", "up", "out", "care", "over", "off", "on", "myself", "yourself", "right", "away", "here",
      "це", "цим", "його", "її", "їх", "їм", "їй", "йому", "сама", "сам", "тоді", "зараз", "сьогодні", "ласка", "будь", "теж", "також",
      "себе",
      "на", "все", "усе", "это", "этим", "его", "её", "ее", "их", "им", "ей", "ему", "сейчас", "сегодня", "пожалуйста", "тогда", "тоже",
      "также", "сами", "там", "тут", "half", "половину", "one");

  private final TaskSentences sentences;
  private final Antecedents antecedents;
  private final DueDates dates;
  private final Set<String> participants = new HashSet<>();

  TaskReader(List<Utterance> utterances, TaskSentences sentences, Antecedents antecedents, DueDates dates) {
    this.sentences = sentences;
    this.antecedents = antecedents;
    this.dates = dates;
    utterances.forEach(u -> Terms.words(u.message().authorName()).forEach(word -> participants.add(word.toLowerCase(Locale.ROOT))));
  }

  List<TaskDraft> read(Utterance utterance) {
    ListItems list = ListItems.read(utterance.text());
    List<TaskDraft> listed = list.isEmpty() ? List.of() : new ListTasks(this).read(utterance, list);
    if (!listed.isEmpty()) {
      return listed;
    }
    List<TaskDraft> drafts = new ArrayList<>();
    Optional<Utterance.Part> naming = firstNaming(utterance);
    Addressees last = naming.map(part -> Addressees.of(sentences.clauses(utterance, part.sentence()))).orElse(Addressees.NONE);
    Sentence named = naming.map(Utterance.Part::sentence).orElse(null);
    for (Utterance.Part part : utterance.parts()) {
      if (list.isEmpty() || part.sentence().start() < list.headEnd()) {
        Clauses clauses = sentences.clauses(utterance, part.sentence());
        Addressees own = Addressees.of(clauses);
        named = own.isNamed() ? part.sentence() : named;
        last = own.isNamed() || own.isGroup() ? own : last;
        int before = drafts.size();
        readSentence(utterance, part.sentence(), clauses, last, drafts);
        quoteName(drafts.subList(before, drafts.size()), utterance, last, named);
      }
    }
    return new ArrayList<>(drafts.subList(0, Math.min(MAX_PER_MESSAGE, drafts.size())));
  }

  /** Whom the message addresses first; the sentences before that are meant for them too. */
  private Optional<Utterance.Part> firstNaming(Utterance utterance) {
    return utterance.parts().stream().filter(part -> Addressees.of(sentences.clauses(utterance, part.sentence())).isNamed()).findFirst();
  }

  /** The sentence that names the owner is evidence. */
  private static void quoteName(List<TaskDraft> drafts, Utterance utterance, Addressees addressees, @Nullable Sentence named) {
    for (TaskDraft draft : drafts) {
      boolean isTheirs = draft.assignee != null && addressees.person() != null && draft.assignee.id().equals(addressees.person().id());
      if (isTheirs && named != null) {
        draft.evidence.add(new Quote(utterance.id(), named.start(), named.end()));
      }
    }
  }

  private void readSentence(Utterance utterance, Sentence sentence, Clauses clauses, Addressees addressees, List<TaskDraft> drafts) {
    for (Act act : ActFinder.find(clauses)) {
      draft(utterance, sentence, clauses, act).ifPresent(draft -> {
        assign(draft, addressees);
        drafts.add(draft);
      });
    }
  }

  private Optional<TaskDraft> draft(Utterance utterance, Sentence sentence, Clauses clauses, Act act) {
    int verb = act.verb() >= 0 ? clauses.get(act.verb()).start() : sentence.start();
    DueDate due = dates.find(utterance.message(), sentence.start(), sentence.end(), verb);
    if (due == null) {
      due = dueBeside(utterance, sentence);
    }
    Quote quote = TaskSentences.quote(utterance, sentence);
    // Who says when offers no more, but promises.
    boolean isDated = act.kind() == Kind.OFFER && due != null;
    Act meant = isDated ? new Act(Kind.PROMISE, act.verb(), act.verbText(), DATED_OFFER, act.cue(), null, null) : act;
    if (isBare(clauses, meant, due)) {
      return about(utterance, sentence, clauses, meant, due);
    }
    Word first = clauses.get(act.verb());
    String title = TaskTitle.write(utterance.text(), first, act.verbText(), clauseEnd(clauses, act, sentence.end()), due, participants);
    return create(utterance, meant, quote, title, due);
  }

  static Optional<TaskDraft> create(Utterance utterance, Act act, Quote quote, String title, @Nullable DueDate due) {
    if (TaskTitle.countWords(title) < MIN_TITLE_WORDS) {
      return Optional.empty();
    }
    TaskDraft draft = new TaskDraft(utterance, act, quote, title);
    draft.due = due;
    if (due != null) {
      draft.evidence.add(due.quote());
    }
    return Optional.of(draft);
  }

  /** Where the clause of an assignment ends: before the next one of the sentence. */
  private static int clauseEnd(Clauses clauses, Act act, int end) {
    if (act.kind() != Kind.ASSIGN) {
      return beforeAddress(clauses, end);
    }
    for (int i = act.verb() + 1; i < clauses.size(); i++) {
      if (clauses.get(i).is(",") && clauses.has(i + 1) && clauses.names().isName(clauses.get(i + 1))) {
        return clauses.get(i).start();
      }
    }
    return end;
  }

  /** Where the name of the addressee at the end begins, after a comma or before the question mark. */
  private static int beforeAddress(Clauses clauses, int end) {
    int last = clauses.size() - 1;
    while (last > 0 && !clauses.get(last).isWord()) {
      last--;
    }
    int first = last + 1;
    while (first > 1 && clauses.names().isName(clauses.get(first - 1))) {
      first--;
    }
    return first <= last && clauses.get(first - 1).is(",") ? clauses.get(first - 1).start() : end;
  }

  /** A date that is a sentence of its own, or stands in the next one of a short message: "Send me the list. By Friday." */
  private @Nullable DueDate dueBeside(Utterance utterance, Sentence sentence) {
    for (Utterance.Part part : utterance.parts()) {
      boolean isNext = part.sentence().start() >= sentence.end() && part.sentence().start() - sentence.end() <= 2;
      DueDate due = isNext ? dates.find(utterance.message(), part.sentence().start(), part.sentence().end()) : null;
      if (due != null && 2 * (due.quote().end() - due.quote().start()) >= part.sentence().end() - part.sentence().start()) {
        return due;
      }
    }
    return null;
  }

  /** Whether the sentence says only that something is to be done, and not what. */
  static boolean isBare(Clauses clauses, Act act, @Nullable DueDate due) {
    return countObjects(clauses, act, due) == 0;
  }

  /** The number of words after the verb that say what is to be done. */
  static int countObjects(Clauses clauses, Act act, @Nullable DueDate due) {
    int count = 0;
    for (int i = act.verb() + 1; i < clauses.size(); i++) {
      Word word = clauses.get(i);
      boolean isDate = due != null && due.quote().start() <= word.start() && word.end() <= due.quote().end();
      boolean isEmpty = !word.isWord() || isDate || EMPTY_OBJECTS.contains(word.text()) || Terms.isStopWord(word.text())
          || clauses.names().isName(word) || ActWords.shared().isIn("filler", word.text());
      count += isEmpty ? 0 : 1;
    }
    return count;
  }

  private Optional<TaskDraft> about(Utterance utterance, Sentence sentence, Clauses clauses, Act act, @Nullable DueDate due) {
    if (act.kind() == Kind.OFFER || act.kind() == Kind.PROPOSAL) {
      return Optional.empty();
    }
    boolean ownFirst = act.kind().isAddressed() || act.kind() == Kind.OPEN;
    return (ownFirst ? ownPlan(utterance, sentence) : Optional.<Antecedents.Antecedent>empty())
        .or(() -> antecedents.find(utterance, sentence, ownFirst))
        .flatMap(antecedent -> about(utterance, sentence, clauses, act, due, antecedent));
  }

  /** A sentence before it that says what is to be done: "We switch it off. Kevin, please do it." */
  private Optional<Antecedents.Antecedent> ownPlan(Utterance utterance, Sentence sentence) {
    return utterance.parts().stream().map(Utterance.Part::sentence).filter(earlier -> earlier.start() < sentence.start())
        .filter(earlier -> plan(sentences.clauses(utterance, earlier)) >= 0).findFirst()
        .map(earlier -> new Antecedents.Antecedent(utterance, earlier));
  }

  private Optional<TaskDraft> about(Utterance utterance, Sentence sentence, Clauses clauses, Act act, @Nullable DueDate due,
      Antecedents.Antecedent antecedent) {
    Word first = clauses.get(act.verb());
    String verb = act.verbText().isEmpty() ? first.text() : act.verbText();
    String title = Antecedents.isTransparent(verb) ? title(antecedent) : TaskTitle.about(verb, antecedent.sentence().text(), participants);
    Quote said = TaskSentences.quote(antecedent.utterance(), antecedent.sentence());
    Quote own = TaskSentences.quote(utterance, sentence);
    Optional<TaskDraft> draft = create(utterance, act.with(Math.min(act.weight(), ABOUT)), own, title, due);
    draft.ifPresent(d -> d.evidence.addFirst(said));
    return draft;
  }

  /** The work that the antecedent itself names, or what it is about. */
  String title(Antecedents.Antecedent antecedent) {
    Clauses clauses = sentences.clauses(antecedent.utterance(), antecedent.sentence());
    List<Act> acts = ActFinder.find(clauses);
    for (Act act : acts) {
      DueDate due = dates.find(antecedent.utterance().message(), antecedent.sentence().start(), antecedent.sentence().end());
      if (act.verb() >= 0 && countObjects(clauses, act, due) > 0) {
        return TaskTitle.write(antecedent.utterance().text(), clauses.get(act.verb()), act.verbText(), antecedent.sentence().end(), due,
            participants);
      }
    }
    int verb = plan(clauses);
    return verb >= 0
        ? TaskTitle.write(antecedent.utterance().text(), clauses.get(verb), "", antecedent.sentence().end(), null, participants)
        : TaskTitle.about(Antecedents.verb(antecedent, sentences.isRussian(antecedent.utterance())), antecedent.sentence().text(),
            participants);
  }

  /** The verb of "we switch it off", or -1. */
  private static int plan(Clauses clauses) {
    for (int i = 0; i + 1 < clauses.size(); i++) {
      if (clauses.get(i).is("we") && (clauses.isClauseStart(i) || i <= 1) && Verbs.isEnglish(clauses.get(i + 1).text())) {
        return i + 1;
      }
    }
    return -1;
  }

  void assign(TaskDraft draft, Addressees addressees) {
    Act act = draft.act;
    draft.isGroup = act.kind().isAddressed() && addressees.isGroup();
    switch (act.kind()) {
      case PROMISE, OFFER -> draft.assign(isPlural(act) ? null : author(draft.utterance));
      case ASSIGN -> draft.assign(act);
      case ASK, IMPERATIVE -> draft.assign(addressees.isNamed() || addressees.isGroup() ? addressees.person() : answered(draft));
      default -> draft.assign(addressees.person());
    }
  }

  private static boolean isPlural(Act act) {
    return act.cue().startsWith("we") && !act.cue().startsWith("we'd");
  }

  private ChatPerson author(Utterance utterance) {
    return new ChatPerson(utterance.message().authorId(), utterance.message().authorName(), null);
  }

  /** A request that answers a message is meant for its author. */
  private @Nullable ChatPerson answered(TaskDraft draft) {
    Utterance answered = antecedents.repliedTo(draft.utterance);
    if (answered == null || answered.isBy(draft.utterance) || PeopleNames.isBot(answered.message().authorName())) {
      return null;
    }
    answered.parts().stream().findFirst().ifPresent(part -> draft.evidence.add(TaskSentences.quote(answered, part.sentence())));
    return author(answered);
  }

  /** What the message answers, as work that its author takes: "беру" after the report of a problem. */
  Optional<TaskDraft> readCommitment(Utterance utterance) {
    Sentence sentence = utterance.parts().getFirst().sentence();
    return antecedents.find(utterance, sentence, false).filter(this::isWork).flatMap(antecedent -> {
      Act act = new Act(Kind.PROMISE, -1, "", ABOUT, sentence.text(), null, null);
      DueDate due = dates.find(utterance.message(), sentence.start(), sentence.end());
      Optional<TaskDraft> draft = create(utterance, act, new Quote(utterance.id(), sentence.start(), sentence.end()), title(antecedent),
          due);
      draft.ifPresent(d -> {
        d.evidence.addFirst(TaskSentences.quote(antecedent.utterance(), antecedent.sentence()));
        d.assign(author(utterance));
      });
      return draft;
    });
  }

  private boolean isWork(Antecedents.Antecedent antecedent) {
    return Antecedents.isProblem(antecedent)
        || !ActFinder.find(sentences.clauses(antecedent.utterance(), antecedent.sentence())).isEmpty();
  }

  /** A line of minutes, rated by its form. */
  Optional<TaskDraft> readMinutes(Utterance utterance) {
    if (!utterance.isCandidate()) {
      return Optional.empty();
    }
    Sentence sentence = utterance.parts().getFirst().sentence();
    Clauses clauses = sentences.clauses(utterance, sentence);
    if (clauses.size() == 0) {
      return Optional.empty();
    }
    List<Act> acts = ActFinder.find(clauses);
    boolean isOrder = acts.stream().anyMatch(a -> a.kind() == Kind.IMPERATIVE && a.verb() <= 1);
    double weight = MinutesForm.score(utterance, 0) - (isOrder ? 0 : NO_ORDER);
    Act act = acts.stream().filter(a -> a.kind() == Kind.ASSIGN && a.verb() >= 0).findFirst()
        .map(found -> found.with(weight + NO_ORDER + ASSIGNED)).orElse(new Act(Kind.IMPERATIVE, 0, "", weight, "", null, null));
    DueDate due = dates.find(utterance.message(), sentence.start(), sentence.end());
    String title = TaskTitle.write(utterance.text(), clauses.get(act.verb()), act.verbText(), sentence.end(), due, participants);
    Optional<TaskDraft> draft = create(utterance, act, TaskSentences.quote(utterance, sentence), title, due);
    draft.ifPresent(d -> {
      d.assign(act);
      d.reason = AnalystReason.of("minutes");
    });
    return draft;
  }

  Set<String> participants() {
    return participants;
  }

  TaskSentences sentences() {
    return sentences;
  }

  DueDates dates() {
    return dates;
  }
}
