package tasktracker.knowledge.builtin;

import java.util.EnumMap;
import java.util.Map;
import tasktracker.knowledge.analyst.AnalystReason;
import tasktracker.knowledge.analyst.AtomType;
import tasktracker.scoring.model.Aspect;

/** Says why a sentence was found to be of a type: its marker, a cue phrase, its place, or an aspect of its message. */
final class TypeReasons {

  private static final double MIN_ASPECT = 1;
  private static final double CLEAR_CUE = 0.6;
  private static final Map<AtomType, Aspect> ASPECTS = new EnumMap<>(Map.of(AtomType.PROBLEM, Aspect.PROBLEM, AtomType.BLOCKER,
      Aspect.PROBLEM, AtomType.DECISION, Aspect.DECISION, AtomType.QUESTION, Aspect.QUESTION, AtomType.INSIGHT, Aspect.EXPLANATION_OR_FIX,
      AtomType.SOLUTION, Aspect.EXPLANATION_OR_FIX, AtomType.IDEA, Aspect.WISH, AtomType.REQUIREMENT, Aspect.WISH));

  private TypeReasons() {}

  static AnalystReason of(AtomType type, Utterance utterance, Utterance.Part part, MessageRoles roles) {
    if (TitleWriter.markerOf(part.sentence().text()).equals(type.wire())) {
      return AnalystReason.of("marker");
    }
    String phrase = part.cues().phrase(type.wire());
    if (phrase != null && part.cues().strength(type.wire()) >= CLEAR_CUE) {
      return AnalystReason.of("cue", phrase);
    }
    if (type == AtomType.INSIGHT && roles.isAnswer(utterance)) {
      return AnalystReason.of("answer");
    }
    if (type == AtomType.SOLUTION && roles.isAfterProblem(utterance)) {
      return AnalystReason.of("fix");
    }
    Aspect aspect = ASPECTS.get(type);
    return aspect != null && utterance.z(aspect) >= MIN_ASPECT ? AnalystReason.of("aspect_" + aspect.wire()) : AnalystReason.of("rank");
  }
}
