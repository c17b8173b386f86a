package tasktracker.knowledge.builtin;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tasktracker.knowledge.analyst.AtomType;
import tasktracker.scoring.model.Aspect;
import tasktracker.scoring.model.Script;

/**
 * The features by which {@link TypeModel} tells the type of a sentence: cue phrases, the aspects of its message relative to
 * the chat, forms of verbs, and its place in the conversation.
 */
final class TypeFeatures {

  /** The number of messages at which the mean of the chat has half of its influence. */
  private static final double HALF_INFLUENCE = 150;
  private static final double CLEAR = 0.9;
  private static final int MAX_NUMBERS = 3;
  private static final List<String> CONTEXT_CUES = List.of("proposal", "fix", "condition", "harm", "modal");
  private static final List<String> PLACE = List.of("answer", "after_problem", "first", "position", "is_reply", "replies", "reactions",
      "agreed");
  private static final List<String> FORM = List.of("question", "deed", "plan", "numbers", "words", "cyrillic", "anaphora", "cannot_until",
      "first_sentence", "several_sentences");

  private final MessageRoles roles;
  private final AgreementFinder agreements;
  private final Map<UUID, Integer> replies = new HashMap<>();
  private final Map<Aspect, double[]> levels = new EnumMap<>(Aspect.class);

  TypeFeatures(List<Utterance> utterances, MessageRoles roles, AgreementFinder agreements) {
    this.roles = roles;
    this.agreements = agreements;
    utterances.stream().map(u -> u.message().replyTo()).filter(java.util.Objects::nonNull)
        .forEach(id -> replies.merge(id, 1, Integer::sum));
    for (Aspect aspect : Aspect.values()) {
      levels.put(aspect, level(utterances.stream().filter(Utterance::isCandidate).mapToDouble(u -> u.z(aspect)).toArray()));
    }
  }

  /** The mean and the deviation of an aspect in the chat, drawn to those of all chats (0 and 1) while there are few messages. */
  private static double[] level(double[] values) {
    double share = values.length / (values.length + HALF_INFLUENCE);
    double mean = java.util.Arrays.stream(values).average().orElse(0);
    double deviation = Math.sqrt(java.util.Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElse(1));
    return new double[]{share * mean, share * deviation + 1 - share};
  }

  static List<String> names() {
    List<String> names = new ArrayList<>();
    for (AtomType type : AtomType.values()) {
      names.add("cue_" + type.wire());
      names.add("marker_" + type.wire());
    }
    for (Aspect aspect : Aspect.values()) {
      names.add("aspect_" + aspect.wire());
    }
    CONTEXT_CUES.forEach(section -> names.add("cue_" + section));
    names.addAll(PLACE);
    names.addAll(FORM);
    return names;
  }

  double[] of(Utterance utterance, Utterance.Part part) {
    List<Double> values = new ArrayList<>();
    String marker = TitleWriter.markerOf(part.sentence().text());
    for (AtomType type : AtomType.values()) {
      values.add(part.cues().strength(type.wire()));
      values.add(marker.equals(type.wire()) ? 1.0 : 0.0);
    }
    for (Aspect aspect : Aspect.values()) {
      double[] level = java.util.Objects.requireNonNull(levels.get(aspect));
      values.add(utterance.message().aspects().isEmpty() ? 0 : (utterance.z(aspect) - level[0]) / level[1]);
    }
    CONTEXT_CUES.forEach(section -> values.add(part.cues().strength(section)));
    addPlace(values, utterance, part);
    addForm(values, utterance, part);
    return values.stream().mapToDouble(value -> value).toArray();
  }

  private void addPlace(List<Double> values, Utterance utterance, Utterance.Part part) {
    int position = roles.position(utterance);
    values.add(flag(roles.isAnswer(utterance)));
    values.add(flag(roles.isAfterProblem(utterance)));
    values.add(flag(position == 0));
    values.add(Math.log1p(position));
    values.add(flag(utterance.message().replyTo() != null));
    values.add(Math.log1p(replies.getOrDefault(utterance.id(), 0)));
    values.add(Math.log1p(utterance.message().reactions()));
    values.add(flag(isProposal(part) && agreements.find(utterance).isAccepted()));
  }

  private static boolean isProposal(Utterance.Part part) {
    return part.cues().strength(Cues.PROPOSAL) >= CLEAR || part.cues().strength(AtomType.IDEA.wire()) >= CLEAR;
  }

  private static void addForm(List<Double> values, Utterance utterance, Utterance.Part part) {
    values.add(flag(part.sentence().isQuestion()));
    values.add(flag(VerbForms.beginsWithDeed(part.tokens())));
    values.add(flag(VerbForms.hasPlan(part.tokens())));
    values.add(
        (double) Math.min(MAX_NUMBERS, part.tokens().stream().filter(token -> token.equals("<n>") || token.equals("<money>")).count()));
    values.add(Math.log(Math.max(1, part.words())));
    values.add(flag(Script.of(utterance.text()) == Script.CYRILLIC));
    values.add(flag(Anaphora.startsWith(part)));
    values.add(flag(part.cues().strength("unable") > 0 && part.cues().strength("waiting") > 0));
    values.add(flag(part == utterance.parts().getFirst()));
    values.add(flag(utterance.parts().size() > 1));
  }

  private static double flag(boolean value) {
    return value ? 1 : 0;
  }
}
