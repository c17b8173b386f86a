package tasktracker.knowledge.builtin;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.analyst.AnalystReason;
import tasktracker.knowledge.analyst.AtomType;
import tasktracker.scoring.model.Aspect;

/** Rates how strongly a sentence is an atom of each type: by cue phrases, by its marker, and by the aspects of the message. */
final class TypeScorer {

  private static final double MARKER = 2.5;
  private static final double QUESTION_MARK = 0.9;
  private static final double CLEAR_IDEA = 0.9;
  /** A sentence that begins with a word such as "it" cannot be read alone. */
  private static final double ANAPHORA = 0.35;
  private static final double MIN_ASPECT_REASON = 1;

  /** The share of an aspect and of the cue phrases in the score of a type. */
  private record Weights(@Nullable Aspect aspect, double aspectWeight, double cueWeight, boolean needsCue) {}

  private static final Map<AtomType, Weights> WEIGHTS = new EnumMap<>(Map.of(
      AtomType.PROBLEM, new Weights(Aspect.PROBLEM, 0.5, 1, false),
      AtomType.SOLUTION, new Weights(Aspect.EXPLANATION_OR_FIX, 0.35, 1, true),
      AtomType.DECISION, new Weights(Aspect.DECISION, 0.4, 1, true),
      AtomType.QUESTION, new Weights(Aspect.QUESTION, 0.3, 0.6, false),
      AtomType.INSIGHT, new Weights(Aspect.EXPLANATION_OR_FIX, 0.35, 1, false),
      AtomType.IDEA, new Weights(Aspect.WISH, 0.4, 1, true),
      AtomType.BLOCKER, new Weights(Aspect.PROBLEM, 0.2, 1.2, true),
      AtomType.RISK, new Weights(Aspect.PROBLEM, 0.15, 1.2, true),
      AtomType.REQUIREMENT, new Weights(Aspect.WISH, 0.2, 1, true),
      AtomType.PATTERN, new Weights(null, 0, 1.2, true)));

  private TypeScorer() {}

  private static Weights weights(AtomType type) {
    return Objects.requireNonNull(WEIGHTS.get(type), "Each type has weights");
  }

  /** The score of each type that is possible for the sentence. */
  static Map<AtomType, Double> score(Utterance utterance, Utterance.Part part) {
    Map<AtomType, Double> scores = new EnumMap<>(AtomType.class);
    String marker = TitleWriter.markerOf(part.sentence().text());
    boolean isQuestion = part.sentence().isQuestion();
    for (AtomType type : AtomType.values()) {
      double score = score(type, utterance, part, isQuestion);
      if (marker.equals(type.wire())) {
        score = Math.max(score, 0) + MARKER;
      }
      if (score > 0) {
        scores.put(type, score - (Anaphora.startsWith(part) ? ANAPHORA : 0));
      }
    }
    return scores;
  }

  private static double score(AtomType type, Utterance utterance, Utterance.Part part, boolean isQuestion) {
    Weights weights = weights(type);
    double cue = part.cues().strength(type.wire());
    // What is asked is no statement: only a question, or an idea in the form of one.
    if (isQuestion != (type == AtomType.QUESTION) && !(isQuestion && type == AtomType.IDEA) || weights.needsCue && cue <= 0) {
      return 0;
    }
    double aspect = weights.aspect == null ? 0 : weights.aspectWeight * utterance.z(weights.aspect);
    return weights.cueWeight * cue + aspect + (type == AtomType.QUESTION ? questionMark(part) : 0);
  }

  /** "What if we …?" is an idea first. */
  private static double questionMark(Utterance.Part part) {
    return part.cues().strength(AtomType.IDEA.wire()) >= CLEAR_IDEA ? 0 : QUESTION_MARK;
  }

  /** Why the sentence was rated so for the type. */
  static AnalystReason reason(AtomType type, Utterance utterance, Utterance.Part part) {
    String marker = TitleWriter.markerOf(part.sentence().text());
    String phrase = part.cues().phrase(type.wire());
    Aspect aspect = weights(type).aspect;
    if (marker.equals(type.wire())) {
      return AnalystReason.of("marker");
    }
    if (phrase != null) {
      return AnalystReason.of("cue", phrase);
    }
    return aspect != null && utterance.z(aspect) >= MIN_ASPECT_REASON
        ? AnalystReason.of("aspect_" + aspect.wire())
        : AnalystReason.of("rank");
  }
}
