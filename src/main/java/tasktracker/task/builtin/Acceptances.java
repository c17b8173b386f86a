package tasktracker.task.builtin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tasktracker.knowledge.analyst.AnalystReason;
import tasktracker.knowledge.analyst.Quote;
import tasktracker.knowledge.builtin.AgreementFinder;
import tasktracker.knowledge.builtin.Sentence;
import tasktracker.knowledge.builtin.Utterance;
import tasktracker.task.analyst.ChatPerson;
import tasktracker.task.analyst.DueDate;
import tasktracker.task.builtin.Act.Kind;

/**
 * Finds who takes a task that was asked for: "on it", "я зроблю", a short promise; and who agrees to a proposal or an offer.
 * Their words become evidence.
 */
final class Acceptances {

  private static final int MAX_WORDS = 10;
  private static final int MAX_OBJECTS = 2;

  private final TaskReader reader;
  private final Antecedents antecedents;
  private final AgreementFinder agreements;
  private final Map<UUID, List<TaskDraft>> drafts = new HashMap<>();

  Acceptances(TaskReader reader, Antecedents antecedents, AgreementFinder agreements) {
    this.reader = reader;
    this.antecedents = antecedents;
    this.agreements = agreements;
  }

  void add(TaskDraft draft) {
    drafts.computeIfAbsent(draft.utterance.id(), id -> new ArrayList<>()).add(draft);
  }

  /** Takes the message as the answer to a task that was asked for; returns whether it says nothing else. */
  boolean accept(Utterance utterance, List<TaskDraft> own) {
    Sentence first = utterance.parts().isEmpty() ? null : utterance.parts().getFirst().sentence();
    if (first == null) {
      return false;
    }
    Clauses clauses = reader.sentences().clauses(utterance, first);
    boolean isTaken = isTaken(clauses);
    boolean isPromise = isTaken || isShortPromise(utterance, clauses, own);
    boolean isConsent = utterance.agreement() > 0 && !isPromise;
    if (!isPromise && !isConsent) {
      return false;
    }
    List<TaskDraft> targets = targets(utterance, isConsent);
    targets.forEach(draft -> accept(draft, utterance, first, isPromise));
    return isPromise && !targets.isEmpty() && own.size() <= 1;
  }

  /** Whether the sentence says that its author does it: "on it", "ок, зроблю до середи". */
  private static boolean isTaken(Clauses clauses) {
    long words = clauses.words().stream().filter(Word::isWord).count();
    return words <= MAX_WORDS && !clauses.isQuestion() && ActWords.shared().find(clauses.words()).stream()
        .anyMatch(match -> match.section().equals(ActWords.SELF_ACCEPT) && startsAt(clauses, match.from())
            && (words - (match.to() - match.from()) <= MAX_WORDS / 2 || endsClause(clauses, match.to())));
  }

  private static boolean endsClause(Clauses clauses, int index) {
    return clauses.has(index) && clauses.get(index).isBreak();
  }

  private static boolean startsAt(Clauses clauses, int index) {
    return clauses.isSentenceStart(index) || ActWords.shared().find(clauses.words().subList(0, index)).stream()
        .anyMatch(match -> match.section().equals(ActWords.ACCEPT) && match.from() == 0 && index - match.to() <= 1);
  }

  private boolean isShortPromise(Utterance utterance, Clauses clauses, List<TaskDraft> own) {
    DueDate due = reader.dates().find(utterance.message(), utterance.parts().getFirst().sentence().start(),
        utterance.parts().getFirst().sentence().end());
    return utterance.parts().size() <= 2 && own.size() <= 1 && ActFinder.find(clauses).stream()
        .anyMatch(act -> act.kind() == Kind.PROMISE && act.verb() >= 0 && TaskReader.countObjects(clauses, act, due) <= MAX_OBJECTS);
  }

  /** Whether the message says that its author does what it answers, and does not only look at it. */
  boolean isCommitted(Utterance utterance) {
    if (utterance.parts().isEmpty()) {
      return false;
    }
    Clauses clauses = reader.sentences().clauses(utterance, utterance.parts().getFirst().sentence());
    return isTaken(clauses) && ActWords.shared().find(clauses.words()).stream()
        .anyMatch(match -> match.section().equals(ActWords.SELF_ACCEPT) && match.weight() >= 1);
  }

  /** The tasks that the message answers: of the message that it replies to, else of the nearest one that is still open. */
  private List<TaskDraft> targets(Utterance utterance, boolean isConsent) {
    Utterance answered = antecedents.repliedTo(utterance);
    List<Utterance> places = new ArrayList<>(answered != null ? List.of(answered) : List.of());
    antecedents.before(utterance).stream().filter(u -> answered == null || answered.id().equals(u.message().replyTo()))
        .forEach(places::add);
    for (Utterance place : places) {
      List<TaskDraft> open = drafts.getOrDefault(place.id(), List.of()).stream()
          .filter(draft -> !place.isBy(utterance) && isOpen(draft, utterance, isConsent)).toList();
      if (!open.isEmpty()) {
        return open;
      }
    }
    return List.of();
  }

  private static boolean isOpen(TaskDraft draft, Utterance utterance, boolean isConsent) {
    boolean isMine = draft.assignee != null && draft.assignee.id().equals(utterance.message().authorId());
    if (isConsent) {
      return isMine || draft.act.kind() == Kind.OFFER;
    }
    boolean isPromiseOfAnother = draft.act.kind() == Kind.PROMISE || draft.act.kind() == Kind.OFFER;
    return !isPromiseOfAnother && (draft.act.kind() != Kind.ASSIGN || isMine);
  }

  private void accept(TaskDraft draft, Utterance utterance, Sentence sentence, boolean takes) {
    draft.isAccepted = true;
    draft.evidence.add(new Quote(utterance.id(), sentence.start(), sentence.end()));
    if (takes) {
      draft.assign(new ChatPerson(utterance.message().authorId(), utterance.message().authorName(), null));
      draft.reason = AnalystReason.of("accepted", draft.act.cue(), utterance.message().authorName());
    }
    DueDate due = draft.due != null ? null : reader.dates().find(utterance.message(), sentence.start(), sentence.end());
    if (due != null) {
      draft.due = due;
    }
  }

  /** Adds the votes for a proposal; one without is no task. */
  void addVotes(TaskDraft draft) {
    AgreementFinder.Votes votes = agreements.find(draft.utterance);
    if (draft.act.kind() == Kind.OPEN || !votes.isAccepted() || draft.isAccepted) {
      return;
    }
    boolean isProposal = draft.act.kind() == Kind.PROPOSAL;
    boolean isPromise = draft.act.kind() == Kind.PROMISE || draft.act.kind() == Kind.OFFER;
    if (!isProposal && !isPromise || isProposal && votes.agreed() == 0) {
      return;
    }
    draft.isAccepted = true;
    draft.evidence.addAll(votes.quotes());
    if (isProposal) {
      draft.reason = AnalystReason.of("agreed", votes.agreed(), votes.reactions());
    }
  }

}
