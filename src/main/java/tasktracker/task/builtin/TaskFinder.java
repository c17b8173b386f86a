package tasktracker.task.builtin;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.analyst.AnalystReason;
import tasktracker.knowledge.builtin.AgreementFinder;
import tasktracker.knowledge.builtin.Conversation;
import tasktracker.knowledge.builtin.ConversationSplitter;
import tasktracker.knowledge.builtin.Utterance;
import tasktracker.knowledge.extraction.Instructions;
import tasktracker.scoring.model.Aspect;
import tasktracker.task.analyst.TaskAnalystInput;
import tasktracker.task.builtin.Act.Kind;

/** Finds the tasks of a chat and ranks them. */
final class TaskFinder {

  private static final double DUE = 0.6;
  private static final double ASSIGNED = 0.5;
  private static final double ACCEPTED = 0.8;
  private static final double AGREED = 0.9;
  private static final double REACTION = 0.15;
  private static final int MAX_REACTIONS = 3;
  private static final double ASPECT = 0.15;
  private static final double GROUP = 0.3;
  private static final double SHORT = 0.6;
  private static final int FEW_STEMS = 2;
  private static final double LEARNED = 1;
  private static final int MAX_COMPARED = 40;

  private final List<Utterance> utterances;
  private final BitSet inMeetings = new BitSet();
  private final TaskReader reader;
  private final Acceptances acceptances;
  private final TaskFeedback feedback;

  TaskFinder(TaskAnalystInput input) {

    this.utterances = IntStream.range(0, input.messages().size()).mapToObj(i -> Utterance.of(i, input.messages().get(i))).toList();
    if (!utterances.isEmpty()) {
      ConversationSplitter.split(utterances).stream().filter(Conversation::isMeeting)
          .forEach(meeting -> meeting.utterances().forEach(utterance -> inMeetings.set(utterance.index())));
      Transcripts.find(utterances, inMeetings);
    }
    PeopleNames names = new PeopleNames(input.people(), input.messages());
    Antecedents antecedents = new Antecedents(utterances);
    this.reader = new TaskReader(utterances, new TaskSentences(utterances, names), antecedents, new DueDates(input));
    this.acceptances = new Acceptances(reader, antecedents, new AgreementFinder(utterances));
    this.feedback = new TaskFeedback(input.decided());
  }

  /** The tasks that are certain enough, best first. */
  List<TaskDraft> find() {
    List<TaskDraft> drafts = rated();
    drafts.removeIf(draft -> confidence(draft) == 0 || feedback.isRejected(draft.stems));
    drafts.sort(Comparator.comparingDouble((TaskDraft draft) -> -draft.score).thenComparingInt(draft -> draft.utterance.index()));
    return mergeCopies(drafts);
  }

  /** All tasks with their scores, in the order of the messages. */
  List<TaskDraft> rated() {
    List<TaskDraft> drafts = new ArrayList<>();
    for (Utterance utterance : utterances) {
      if (isReadable(utterance)) {
        read(utterance, drafts);
      }
    }
    drafts.forEach(acceptances::addVotes);
    drafts.removeIf(draft -> draft.act.kind().needsAgreement() && !draft.isAccepted);
    drafts.forEach(this::rate);
    return drafts;
  }

  /** Spam, programs and orders to programs are left out, as evidence too. */
  private static boolean isReadable(Utterance utterance) {
    return !"spam".equals(utterance.message().messageClass()) && !PeopleNames.isBot(utterance.message().authorName())
        && !Instructions.areIn(utterance.text());
  }

  private void read(Utterance utterance, List<TaskDraft> drafts) {
    if (inMeetings.get(utterance.index())) {
      reader.readMinutes(utterance).ifPresent(drafts::add);
      return;
    }
    List<TaskDraft> own = reader.read(utterance);
    boolean isAnswer = acceptances.accept(utterance, own);
    if (!isAnswer && own.isEmpty() && acceptances.isCommitted(utterance)) {
      reader.readCommitment(utterance).ifPresent(own::add);
    }
    // A short promise such as "я зроблю" is noise by itself; what it answers makes it a task.
    boolean isCandidate = utterance.isCandidate() || own.stream().anyMatch(draft -> !draft.evidence.isEmpty());
    if (!isAnswer && isCandidate) {
      own.forEach(acceptances::add);
      drafts.addAll(own);
    }
  }

  private void rate(TaskDraft draft) {
    double adjustment = feedback.adjustment(draft.text(), draft.utterance);
    double weight = draft.act.kind().needsAgreement() ? Math.max(AGREED, draft.act.weight()) : draft.act.weight();
    draft.score = weight + form(draft) + context(draft) + adjustment;
    if (adjustment > LEARNED) {
      draft.reason = AnalystReason.of("learned", feedback.decisions());
    }
  }

  private double form(TaskDraft draft) {
    double score = draft.due != null ? DUE : 0;
    boolean isNamed = draft.assigneeName != null && draft.act.kind() != Kind.PROMISE && draft.act.kind() != Kind.OFFER;
    score += isNamed && draft.assignee != null ? ASSIGNED : 0;
    score -= draft.isGroup ? GROUP : 0;
    return draft.stems.size() < FEW_STEMS ? score - SHORT : score;
  }

  private static double context(TaskDraft draft) {
    double score = draft.isAccepted ? ACCEPTED : 0;
    score += REACTION * Math.min(MAX_REACTIONS, draft.utterance.message().reactions());
    return score + ASPECT * Math.clamp(draft.utterance.z(Aspect.ASK_OR_PROMISE), -2, 2);
  }

  double confidence(TaskDraft draft) {
    return ScoreTable.confidence(draft.score, inMeetings.get(draft.utterance.index()));
  }

  /** Merges what says the same: the best one stays and gets what it lacks, the words of the others become evidence. */
  private static List<TaskDraft> mergeCopies(List<TaskDraft> drafts) {
    List<TaskDraft> kept = new ArrayList<>();
    Map<String, List<TaskDraft>> byStem = new HashMap<>();
    for (TaskDraft draft : drafts) {
      TaskDraft copy = findCopy(draft, byStem);
      if (copy == null) {
        kept.add(draft);
        draft.stems.forEach(stem -> byStem.computeIfAbsent(stem, s -> new ArrayList<>()).add(draft));
      } else {
        merge(copy, draft);
      }
    }
    return kept;
  }

  private static @Nullable TaskDraft findCopy(TaskDraft draft, Map<String, List<TaskDraft>> byStem) {
    for (String stem : draft.stems) {
      List<TaskDraft> others = byStem.getOrDefault(stem, List.of());
      // A word of very many tasks tells nothing; the bound keeps the cost linear.
      for (TaskDraft other : others.subList(Math.max(0, others.size() - MAX_COMPARED), others.size())) {
        boolean isOfAnother = draft.assignee != null && other.assignee != null && !draft.assignee.id().equals(other.assignee.id());
        if (!isOfAnother && draft.isCopyOf(other)) {
          return other;
        }
      }
    }
    return null;
  }

  private static void merge(TaskDraft kept, TaskDraft copy) {
    kept.evidence.addAll(copy.quotes());
    if (kept.assignee == null && copy.assignee != null) {
      kept.assign(copy.assignee);
    }
    kept.due = kept.due == null ? copy.due : kept.due;
  }
}
