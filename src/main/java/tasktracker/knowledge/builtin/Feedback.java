package tasktracker.knowledge.builtin;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.analyst.AtomType;
import tasktracker.knowledge.analyst.DecidedAtom;
import tasktracker.scoring.model.CorrectionClassifier;

/**
 * What people's decisions teach: a regression for each type on vectors and words, whose influence grows with the square
 * root of the number of decisions, and the texts that they rejected.
 */
final class Feedback {

  /** The least number of approved and of rejected atoms of a type. */
  private static final int MIN_PER_LABEL = 3;
  private static final double NEAR_COPY_OVERLAP = 0.7;
  private static final double NEAR_COPY_COSINE = 0.95;

  private record Rejected(AtomType type, Set<String> stems, float @Nullable [] vector) {}

  private final Map<AtomType, CorrectionClassifier> classifiers = new EnumMap<>(AtomType.class);
  private final List<Rejected> rejected = new ArrayList<>();
  private final int dimension;

  Feedback(List<DecidedAtom> decided) {
    dimension = decided.stream().map(DecidedAtom::vector).filter(Objects::nonNull).mapToInt(vector -> vector.length).findFirst().orElse(0);
    for (AtomType type : AtomType.values()) {
      List<DecidedAtom> ofType = decided.stream().filter(atom -> atom.type() == type).toList();
      long approved = ofType.stream().filter(DecidedAtom::isApproved).count();
      if (approved >= MIN_PER_LABEL && ofType.size() - approved >= MIN_PER_LABEL) {
        classifiers.put(type, CorrectionClassifier.train(ofType.stream().map(this::sample).toList()));
      }
    }
    decided.stream().filter(atom -> !atom.isApproved())
        .forEach(atom -> rejected.add(new Rejected(atom.type(), Terms.stems(atom.text()), atom.vector())));
  }

  private CorrectionClassifier.Sample sample(DecidedAtom atom) {
    return sample(Cues.tokenize(atom.text()), atom.vector(), atom.isApproved());
  }

  private CorrectionClassifier.Sample sample(List<String> tokens, float @Nullable [] vector, boolean label) {
    float[] dense = vector != null && vector.length == dimension ? vector : new float[dimension];
    return CorrectionClassifier.Sample.of(tokens, dense, Map.of(), 0, label);
  }

  /** What is added to the score of a sentence for this type; 0 while too few were decided. */
  double adjustment(AtomType type, List<String> tokens, float @Nullable [] vector) {
    CorrectionClassifier classifier = classifiers.get(type);
    return classifier == null ? 0 : classifier.predictAdjustment(sample(tokens, vector, false));
  }

  /** The number of decisions that the adjustment of this type was learnt from. */
  int decisions(AtomType type) {
    CorrectionClassifier classifier = classifiers.get(type);
    return classifier == null ? 0 : classifier.corrections();
  }

  /** Whether people rejected nearly this text. */
  boolean isRejected(AtomType type, Set<String> stems, float @Nullable [] vector) {
    return rejected.stream().anyMatch(atom -> Terms.overlap(atom.stems, stems) >= NEAR_COPY_OVERLAP
        || atom.type == type && Vectors.cosine(atom.vector, vector) >= NEAR_COPY_COSINE);
  }
}
