package tasktracker.knowledge.builtin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.analyst.AnalystReason;
import tasktracker.knowledge.analyst.AtomType;

/** Finds atoms: the sentences that rank highest in their chat for a type, and what the messages around them add. */
final class AtomFinder {

  private static final int MAX_PER_TYPE = 3;
  private static final int MIN_WORDS = 4;
  private static final int MIN_STEMS = 2;
  /** The strength of a proposal from which votes make it a decision. */
  private static final double MIN_PROPOSAL = 0.9;
  private static final double VOTE_WEIGHT = 0.05;
  /** The probabilities were measured on chats; the talk of a meeting has fewer atoms. */
  private static final double MEETING = 0.5;
  /** The least probability of a second atom of a message. */
  private static final double SECOND = 0.6;
  /** The number of following lines in which the votes on a line of minutes are counted. */
  private static final int VOTE_LINES = 12;

  /**
   * A sentence that may be an atom.
   *
   * @param scores the probability of each type
   * @param minutes the score as a decision or action of minutes; negative infinity in other chats
   */
  private record Candidate(Utterance utterance, Utterance.Part part, int conversation, Map<AtomType, Double> scores, double minutes) {}

  private final List<Utterance> utterances;
  private final List<Conversation> conversations;
  private final Feedback feedback;
  private final AgreementFinder agreements;
  private final MessageRoles roles;
  private final TypeFeatures features;
  private final PrecisionTable table = PrecisionTable.shared();

  AtomFinder(List<Utterance> utterances, List<Conversation> conversations, Feedback feedback) {
    this.utterances = utterances;
    this.conversations = conversations;
    this.feedback = feedback;
    this.agreements = new AgreementFinder(utterances);
    this.roles = new MessageRoles(conversations);
    this.features = new TypeFeatures(utterances, roles, agreements);
  }

  /** The atoms, best first. */
  List<AtomDraft> find() {
    List<AtomDraft> drafts = new ArrayList<>();
    for (Candidate candidate : candidates()) {
      draft(candidate).ifPresent(drafts::add);
    }
    drafts.replaceAll(this::withVotes);
    drafts.removeIf(draft -> feedback.isRejected(draft.type, draft.stems, draft.vector()));
    drafts.stream().filter(draft -> draft.type == AtomType.INSIGHT)
        .forEach(draft -> roles.question(draft.utterance).ifPresent(draft.evidence::add));
    drafts.sort(Comparator.comparingDouble((AtomDraft draft) -> -draft.confidence).thenComparingDouble(draft -> -draft.readableRank())
        .thenComparingInt(draft -> draft.utterance.index()));
    return limit(mergeCopies(onePerMessage(drafts)));
  }

  private List<Candidate> candidates() {
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < conversations.size(); i++) {
      for (Utterance utterance : conversations.get(i).candidates()) {
        for (Utterance.Part part : utterance.parts()) {
          if (isReadable(utterance, part)) {
            candidates.add(new Candidate(utterance, part, i, score(utterance, part), scoreMinutes(utterance, part, i)));
          }
        }
      }
    }
    return candidates;
  }

  private boolean isReadable(Utterance utterance, Utterance.Part part) {
    boolean needsNoMore = part.sentence().isQuestion() || roles.isAnswer(utterance);
    int stems = Terms.stems(part.sentence().text()).size();
    return part.words() >= MIN_WORDS && stems >= (needsNoMore ? 1 : MIN_STEMS) && AgendaCutter.headingOf(utterance.text()) == null;
  }

  private Map<AtomType, Double> score(Utterance utterance, Utterance.Part part) {
    Map<AtomType, Double> adjustments = new EnumMap<>(AtomType.class);
    for (AtomType type : AtomType.values()) {
      adjustments.put(type, feedback.adjustment(type, part.tokens(), utterance.message().vector()));
    }
    return TypeModel.shared().probabilities(features.of(utterance, part), adjustments);
  }

  private double scoreMinutes(Utterance utterance, Utterance.Part part, int conversation) {
    return conversations.get(conversation).isMeeting() && part == utterance.parts().getFirst()
        ? MinutesForm.score(utterance, countVotes(utterance))
            + feedback.adjustment(AtomType.DECISION, part.tokens(), utterance.message().vector())
        : Double.NEGATIVE_INFINITY;
  }

  private int countVotes(Utterance utterance) {
    int from = utterance.index() + 1;
    return (int) utterances.subList(from, Math.min(utterances.size(), from + VOTE_LINES)).stream().filter(Utterance::isVote).count();
  }

  /** The score of each message as a decision or action of minutes; negative infinity for messages that no atom can rest on. */
  double[] minutesScores() {
    double[] scores = new double[utterances.size()];
    java.util.Arrays.fill(scores, Double.NEGATIVE_INFINITY);
    candidates().forEach(c -> scores[c.utterance.index()] = Math.max(scores[c.utterance.index()], c.minutes));
    return scores;
  }

  /** The atom of the sentence with its most likely type, if it is likely enough. */
  private Optional<AtomDraft> draft(Candidate candidate) {
    boolean isMeeting = conversations.get(candidate.conversation).isMeeting();
    double inMinutes = table.confidence(PrecisionTable.MINUTES, candidate.minutes);
    if (inMinutes > 0) {
      return Optional.of(create(candidate, AtomType.DECISION, inMinutes, AnalystReason.of("minutes")));
    }
    return mostLikely(candidate, isMeeting)
        .map(type -> create(candidate, type, confidence(candidate.scores.getOrDefault(type, 0.0), isMeeting), reason(type, candidate)))
        .filter(draft -> draft.confidence > 0);
  }

  private double confidence(double probability, boolean isMeeting) {
    double measured = table.confidence(PrecisionTable.CHAT, probability);
    return isMeeting ? MEETING * measured : measured;
  }

  private static AtomDraft create(Candidate candidate, AtomType type, double confidence, AnalystReason reason) {
    return new AtomDraft(type, candidate.utterance, candidate.part, candidate.conversation, candidate.scores.getOrDefault(type, 0.0),
        confidence,
        reason);
  }

  /** In minutes, decisions are found by their form alone. */
  private Optional<AtomType> mostLikely(Candidate candidate, boolean isMeeting) {
    boolean isAccepted = candidate.part.cues().strength(Cues.PROPOSAL) > 0 && agreements.find(candidate.utterance).isAccepted();
    return candidate.scores.entrySet().stream().filter(entry -> !isMeeting || entry.getKey() != AtomType.DECISION)
        .filter(entry -> TypeModel.isSaid(entry.getKey(), candidate.part, isAccepted)).max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey);
  }

  private AnalystReason reason(AtomType type, Candidate candidate) {
    double adjustment = feedback.adjustment(type, candidate.part.tokens(), candidate.utterance.message().vector());
    return adjustment > 1
        ? AnalystReason.of("learned", feedback.decisions(type))
        : TypeReasons.of(type, candidate.utterance, candidate.part, roles);
  }

  /** A proposal that people agreed to is a decision, with their words as evidence; votes make a decision more certain. */
  private AtomDraft withVotes(AtomDraft draft) {
    boolean isProposal = draft.type == AtomType.IDEA && !conversations.get(draft.conversation).isMeeting()
        && draft.part.cues().strength(Cues.PROPOSAL) >= MIN_PROPOSAL
        && !draft.part.sentence().isQuestion();
    if (!isProposal && draft.type != AtomType.DECISION) {
      return draft;
    }
    AgreementFinder.Votes votes = agreements.find(draft.utterance);
    if (isProposal && (!votes.isAccepted() || votes.agreed() == 0)) {
      return draft;
    }
    double confidence = Math.min(0.95, draft.confidence + VOTE_WEIGHT * Math.log1p(votes.all()));
    AtomDraft decision = isProposal || isAgreed(draft, votes)
        ? draft.as(AtomType.DECISION, confidence, AnalystReason.of("agreed", votes.agreed(), votes.reactions()))
        : draft;
    decision.confidence = confidence;
    decision.evidence.addAll(votes.quotes());
    return decision;
  }

  /** Whether it is a decision only because people agreed to it. */
  private static boolean isAgreed(AtomDraft draft, AgreementFinder.Votes votes) {
    return draft.part.cues().strength(Cues.PROPOSAL) > 0 && votes.isAccepted() && votes.agreed() > 0;
  }

  /** The best atom of each message; another one only if it is of another type and as certain. */
  private static List<AtomDraft> onePerMessage(List<AtomDraft> drafts) {
    Map<Utterance, AtomDraft> best = new HashMap<>();
    return drafts.stream().filter(draft -> {
      AtomDraft first = best.putIfAbsent(draft.utterance, draft);
      return first == null || first.type != draft.type && draft.rank >= SECOND;
    }).toList();
  }

  /** Merges what says the same: the best one stays, the others become evidence. A decision wins over its proposal. */
  private static List<AtomDraft> mergeCopies(List<AtomDraft> drafts) {
    List<AtomDraft> kept = new ArrayList<>();
    Map<String, List<AtomDraft>> byStem = new HashMap<>();
    for (AtomDraft draft : drafts) {
      AtomDraft copy = findCopy(draft, byStem);
      if (copy == null) {
        kept.add(draft);
        draft.stems.forEach(stem -> byStem.computeIfAbsent(stem, s -> new ArrayList<>()).add(draft));
      } else {
        copy.evidence.add(draft.quote);
        copy.evidence.addAll(draft.evidence);
      }
    }
    return kept;
  }

  /** Only atoms with a common word can be copies. */
  private static @Nullable AtomDraft findCopy(AtomDraft draft, Map<String, List<AtomDraft>> byStem) {
    for (String stem : draft.stems) {
      for (AtomDraft other : byStem.getOrDefault(stem, List.of())) {
        if (draft.isNearCopyOf(other)) {
          return other;
        }
      }
    }
    return null;
  }

  private static List<AtomDraft> limit(List<AtomDraft> drafts) {
    Map<String, Integer> counts = new HashMap<>();
    return drafts.stream().filter(draft -> counts.merge(draft.conversation + " " + draft.type, 1, Integer::sum) <= MAX_PER_TYPE).toList();
  }
}
