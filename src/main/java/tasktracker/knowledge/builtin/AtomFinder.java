package tasktracker.knowledge.builtin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.analyst.AnalystReason;
import tasktracker.knowledge.analyst.AtomType;

/** Finds atoms: the sentences that rank highest in their chat for a type, and what the messages around them add. */
final class AtomFinder {

  private static final int MAX_PER_TYPE = 3;
  private static final int MIN_WORDS = 4;
  private static final int MIN_STEMS = 2;
  /** The score of a proposal from which votes make it a decision. */
  private static final double MIN_PROPOSAL = 0.9;
  private static final double VOTE_WEIGHT = 0.15;

  /** How much larger scores of minutes are than those of sentences. */
  private static final double MINUTES_SCALE = 3;
  /** The number of following lines in which the votes on a line of minutes are counted. */
  private static final int VOTE_LINES = 12;

  private record Candidate(Utterance utterance, Utterance.Part part, int conversation, boolean isMeeting, Map<AtomType, Double> scores) {

    double score(AtomType type) {
      return scores.getOrDefault(type, 0.0);
    }

    String kind(AtomType type) {
      return isMeeting && type == AtomType.DECISION ? PrecisionTable.MINUTES : type.wire();
    }

    /** The score on a scale that is common to all types. */
    double comparable(AtomType type) {
      return kind(type).equals(PrecisionTable.MINUTES) ? score(type) / MINUTES_SCALE : score(type);
    }
  }

  private final List<Utterance> utterances;
  private final List<Conversation> conversations;
  private final Feedback feedback;
  private final AgreementFinder agreements;
  private final PrecisionTable table = PrecisionTable.shared();
  private final Map<String, double[]> chatScores = new HashMap<>();

  AtomFinder(List<Utterance> utterances, List<Conversation> conversations, Feedback feedback) {
    this.utterances = utterances;
    this.conversations = conversations;
    this.feedback = feedback;
    this.agreements = new AgreementFinder(utterances);
  }

  /** The atoms, best first. */
  List<AtomDraft> find() {
    List<Candidate> candidates = candidates();
    collectChatScores(candidates);
    List<AtomDraft> drafts = new ArrayList<>();
    for (Candidate candidate : candidates) {
      draft(candidate).ifPresent(drafts::add);
    }
    drafts.replaceAll(this::withVotes);
    drafts.removeIf(draft -> feedback.isRejected(draft.type, draft.stems, draft.vector()));
    drafts.sort(Comparator.comparingDouble((AtomDraft draft) -> -draft.confidence).thenComparingDouble(draft -> -draft.rank)
        .thenComparingInt(draft -> draft.utterance.index()));
    return limit(mergeCopies(drafts));
  }

  private List<Candidate> candidates() {
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < conversations.size(); i++) {
      boolean isMeeting = conversations.get(i).isMeeting();
      for (Utterance utterance : conversations.get(i).candidates()) {
        for (Utterance.Part part : utterance.parts()) {
          if (isReadable(utterance, part)) {
            candidates.add(new Candidate(utterance, part, i, isMeeting, score(utterance, part, isMeeting)));
          }
        }
      }
    }
    return candidates;
  }

  private static boolean isReadable(Utterance utterance, Utterance.Part part) {
    String text = part.sentence().text();
    return part.words() >= MIN_WORDS && Terms.stems(text).size() >= MIN_STEMS && AgendaCutter.headingOf(utterance.text()) == null;
  }

  private Map<AtomType, Double> score(Utterance utterance, Utterance.Part part, boolean isMeeting) {
    Map<AtomType, Double> scores = new EnumMap<>(TypeScorer.score(utterance, part));
    if (isMeeting) {
      scores.remove(AtomType.DECISION);
      if (part == utterance.parts().getFirst()) {
        scores.put(AtomType.DECISION, MinutesForm.score(utterance, countVotes(utterance)));
      }
    }
    for (AtomType type : AtomType.values()) {
      if (feedback.hasLearned(type)) {
        scores.merge(type, feedback.adjustment(type, part.tokens(), utterance.message().vector()), Double::sum);
      }
    }
    return scores;
  }

  private int countVotes(Utterance utterance) {
    int from = utterance.index() + 1;
    return (int) utterances.subList(from, Math.min(utterances.size(), from + VOTE_LINES)).stream().filter(Utterance::isVote).count();
  }

  /** The best score of each message for each kind, ascending: a chat has its own level. */
  private void collectChatScores(List<Candidate> candidates) {
    Map<String, Map<Utterance, Double>> best = new HashMap<>();
    for (Candidate candidate : candidates) {
      for (AtomType type : AtomType.values()) {
        best.computeIfAbsent(candidate.kind(type), kind -> new HashMap<>()).merge(candidate.utterance, candidate.score(type), Math::max);
      }
    }
    best.forEach((kind, scores) -> chatScores.put(kind, scores.values().stream().mapToDouble(score -> score).sorted().toArray()));
  }

  /** The best score of each message for a type; negative infinity for messages that no atom can rest on. */
  double[] scoresOf(AtomType type) {
    double[] scores = new double[utterances.size()];
    java.util.Arrays.fill(scores, Double.NEGATIVE_INFINITY);
    candidates().forEach(c -> scores[c.utterance.index()] = Math.max(scores[c.utterance.index()], c.score(type)));
    return scores;
  }

  /** The atom of the sentence with its most likely type, if its rank is high enough. */
  private Optional<AtomDraft> draft(Candidate candidate) {
    AtomDraft best = null;
    for (Map.Entry<AtomType, Double> entry : candidate.scores.entrySet()) {
      AtomType type = entry.getKey();
      String kind = candidate.kind(type);
      double rank = table.rank(kind, entry.getValue(), Objects.requireNonNull(chatScores.get(kind)));
      double confidence = table.confidence(kind, rank);
      if (confidence > 0 && (best == null || candidate.comparable(type) > candidate.comparable(best.type))) {
        best = new AtomDraft(type, candidate.utterance, candidate.part, candidate.conversation, rank, confidence,
            reason(type, candidate));
      }
    }
    return Optional.ofNullable(best);
  }

  private AnalystReason reason(AtomType type, Candidate candidate) {
    double adjustment = feedback.adjustment(type, candidate.part.tokens(), candidate.utterance.message().vector());
    return adjustment > candidate.score(type) / 2
        ? AnalystReason.of("learned", feedback.decisions(type))
        : candidate.kind(type).equals(PrecisionTable.MINUTES)
            ? AnalystReason.of("minutes")
            : TypeScorer.reason(type, candidate.utterance, candidate.part);
  }

  /** A proposal that people agreed to is a decision, with their words as evidence; votes make a decision more certain. */
  private AtomDraft withVotes(AtomDraft draft) {
    boolean isProposal = draft.type == AtomType.IDEA && draft.part.cues().strength(Cues.PROPOSAL) >= MIN_PROPOSAL
        && !draft.part.sentence().isQuestion();
    if (!isProposal && draft.type != AtomType.DECISION) {
      return draft;
    }
    AgreementFinder.Votes votes = agreements.find(draft.utterance);
    if (isProposal && (!votes.isAccepted() || votes.agreed() == 0)) {
      return draft;
    }
    double confidence = Math.min(0.95, draft.confidence + VOTE_WEIGHT * Math.log1p(votes.all()));
    AtomDraft decision = isProposal
        ? draft.as(AtomType.DECISION, confidence, AnalystReason.of("agreed", votes.agreed(), votes.reactions()))
        : draft;
    decision.confidence = confidence;
    decision.evidence.addAll(votes.quotes());
    return decision;
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
