package tasktracker.scoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tasktracker.scoring.model.FollowUpSignals;
import tasktracker.scoring.model.MessageClassifier;
import tasktracker.scoring.model.Prediction;
import tasktracker.scoring.policy.ImportanceFactors;
import tasktracker.scoring.policy.ScoringPolicy;
import tasktracker.scoring.policy.ScoringPolicy.MessageClass;

/**
 * Compares the classes of the product with those that a reader gave to messages. The messages have no chat: no calibration,
 * no follow-up signals, an unknown author, and an age of days.
 */
final class ClassAgreement {

  /** A message with the class that a reader gave it. */
  private record Reading(String kind, String text, String label) {}

  /** Agreements with a reader of one kind of messages. */
  private record Tally(int exact, int near, int all) {
    private static final Tally NONE = new Tally(0, 0, 0);

    Tally plus(boolean isExact, boolean isNear) {
      return new Tally(exact + (isExact ? 1 : 0), near + (isNear ? 1 : 0), all + 1);
    }

    @Override
    public String toString() {
      double share = (double) exact / all;
      return String.format(Locale.ROOT, "%5d  same class %.1f %% +- %.1f, not opposite %.1f %%", all, 100 * share,
          100 * 1.96 * Math.sqrt(share * (1 - share) / all), 100.0 * near / all);
    }
  }

  private static final List<String> SCALE = List.of("noise", "weak_signal", "signal");

  private final VectorCache vectors;
  private final MessageClassifier classifier;

  ClassAgreement(VectorCache vectors, MessageClassifier classifier) {
    this.vectors = vectors;
    this.classifier = classifier;
  }

  /** Whether the labels of the file are classes instead of 0 and 1. */
  static boolean isFor(Path file) {
    return EvaluationData.readLines(file).stream().filter(line -> !line.isBlank()).findFirst()
        .map(line -> parse(line).path("label").isTextual()).orElse(false);
  }

  void print(Path file) {
    List<Reading> readings = EvaluationData.readLines(file).stream().filter(line -> !line.isBlank()).map(ClassAgreement::reading).toList();
    vectors.prepare(readings.stream().map(Reading::text).toList());
    Map<String, Tally> byKind = new TreeMap<>();
    Map<String, Integer> confusion = new TreeMap<>();
    Tally total = Tally.NONE;
    for (Reading reading : readings) {
      String computed = classify(reading.text()).wire();
      boolean isExact = computed.equals(reading.label());
      boolean isNear = isExact || isNeighbour(computed, reading.label());
      total = total.plus(isExact, isNear);
      byKind.merge(reading.kind(), Tally.NONE.plus(isExact, isNear),
          (a, b) -> new Tally(a.exact() + b.exact(), a.near() + b.near(), a.all() + b.all()));
      confusion.merge(reading.label() + " -> " + computed, 1, Integer::sum);
    }
    System.out.println(file.getFileName() + " (classes): " + total);
    byKind.forEach((kind, tally) -> System.out.println("  " + kind + ": " + tally));
    System.out.println("  reader -> product: " + confusion);
  }

  private static boolean isNeighbour(String one, String other) {
    return SCALE.contains(one) && SCALE.contains(other) && Math.abs(SCALE.indexOf(one) - SCALE.indexOf(other)) == 1;
  }

  private MessageClass classify(String text) {
    Prediction prediction = classifier.predict(text, vectors.of(text), FollowUpSignals.NONE);
    return prediction.spam() >= MessageClassifier.SPAM_THRESHOLD
        ? MessageClass.SPAM
        : ScoringPolicy.DEFAULT.classify(new ImportanceFactors(prediction.content(), ImportanceFactors.authorFactor(Double.NaN),
            ImportanceFactors.temporalFactor(Duration.ofDays(3)), ImportanceFactors.DEFAULT_TOPICS));
  }

  private static Reading reading(String line) {
    JsonNode node = parse(line);
    return new Reading(node.path("kind").asText(""), node.path("text").asText().strip(),
        node.path("label").asText().strip().toLowerCase(Locale.ROOT).replace(' ', '_').replaceFirst("^weak$", "weak_signal"));
  }

  private static JsonNode parse(String line) {
    try {
      return new ObjectMapper().readTree(line);
    } catch (IOException e) {
      throw new IllegalArgumentException(line, e);
    }
  }
}
