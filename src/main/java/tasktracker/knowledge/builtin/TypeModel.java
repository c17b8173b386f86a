package tasktracker.knowledge.builtin;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tasktracker.knowledge.analyst.AtomType;
import tasktracker.scoring.model.SectionedFile;

/**
 * A multinomial logistic regression that gives the probability of each type of atom for a sentence. It is trained by
 * {@code bin/evaluate --knowledge --train} on made-up chats.
 *
 * @param weights for each type, and at last for no atom, the weight of each feature and the constant
 */
public record TypeModel(double[][] weights) {

  public static final String RESOURCE = "knowledge/types.txt";
  /** The number of classes: each type, and no atom. */
  public static final int CLASSES = AtomType.values().length + 1;

  private static final class Shared {
    private static final TypeModel MODEL = read();
  }

  /** The shared instance of this process. */
  static TypeModel shared() {
    return Shared.MODEL;
  }

  private static TypeModel read() {
    Map<String, List<String>> sections = SectionedFile.read(RESOURCE);
    double[][] weights = new double[CLASSES][];
    for (int i = 0; i < CLASSES; i++) {
      String line = Objects.requireNonNull(sections.get(nameOf(i)), RESOURCE + " has a section for each type").getFirst();
      weights[i] = Arrays.stream(line.split("\\s+")).mapToDouble(Double::parseDouble).toArray();
      if (weights[i].length != TypeFeatures.names().size() + 1) {
        throw new IllegalStateException(RESOURCE + " does not fit the features; train it again");
      }
    }
    return new TypeModel(weights);
  }

  public static String nameOf(int index) {
    return index < AtomType.values().length ? AtomType.values()[index].wire() : "none";
  }

  /**
   * The probability of each type.
   *
   * @param adjustments what is added to the log-odds of a type
   */
  Map<AtomType, Double> probabilities(double[] features, Map<AtomType, Double> adjustments) {
    double[] scores = new double[CLASSES];
    double sum = 0;
    for (int i = 0; i < CLASSES; i++) {
      double adjustment = i < CLASSES - 1 ? adjustments.getOrDefault(AtomType.values()[i], 0.0) : 0;
      scores[i] = Math.exp(Math.clamp(score(weights[i], features) + adjustment, -50, 50));
      sum += scores[i];
    }
    Map<AtomType, Double> probabilities = new EnumMap<>(AtomType.class);
    for (AtomType type : AtomType.values()) {
      probabilities.put(type, scores[type.ordinal()] / sum);
    }
    return probabilities;
  }

  /**
   * Whether the sentence itself says what it is. Problems, questions and insights are known by their aspects too; a decision,
   * an idea or a risk is not read into words that do not say so.
   */
  static boolean isSaid(AtomType type, Utterance.Part part, boolean isAccepted) {
    boolean hasCue = part.cues().strength(type.wire()) > 0 || TitleWriter.markerOf(part.sentence().text()).equals(type.wire());
    return switch (type) {
      case PROBLEM, QUESTION, INSIGHT -> true;
      case SOLUTION -> hasCue || VerbForms.beginsWithDeed(part.tokens());
      case DECISION -> hasCue || VerbForms.hasPlan(part.tokens()) || isAccepted;
      case RISK -> hasCue || part.cues().strength("harm") > 0;
      case BLOCKER -> hasCue || part.cues().strength("unable") > 0;
      default -> hasCue;
    };
  }

  private static double score(double[] weights, double[] features) {
    double score = weights[features.length];
    for (int i = 0; i < features.length; i++) {
      score += weights[i] * features[i];
    }
    return score;
  }
}
