package tasktracker.knowledge.builtin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.analyst.AnalystReason;
import tasktracker.knowledge.analyst.KnownTopic;

/** Compares a new topic with the known ones by the fused ranks of spelling and embedding. */
final class TopicMatcher {

  private static final double SAME_NAME = 0.75;
  private static final double SIMILAR_NAME = 0.5;
  private static final double SIMILAR_VECTOR = 0.6;
  /** From this cosine similarity a known topic is suggested, though nothing in the name says so. */
  private static final double SUGGESTED = 0.85;
  private static final int RANK_OFFSET = 10;

  /**
   * @param topic the most similar known topic, or null
   * @param isSame whether it is taken as the same; otherwise it is only a suggestion
   * @param reason what is similar, or null
   */
  record Match(@Nullable KnownTopic topic, boolean isSame, @Nullable AnalystReason reason) {}

  private record Rated(KnownTopic topic, double name, double vector) {}

  private final List<KnownTopic> known;

  TopicMatcher(List<KnownTopic> known) {
    this.known = known;
  }

  Match match(String name, float @Nullable [] centroid) {
    List<Rated> rated = known.stream().map(topic -> new Rated(topic, nameSimilarity(topic, name), Vectors.cosine(centroid, topic.vector())))
        .toList();
    if (rated.isEmpty()) {
      return new Match(null, false, null);
    }
    List<Rated> byName = new ArrayList<>(rated);
    byName.sort(Comparator.comparingDouble(r -> -r.name));
    List<Rated> byVector = new ArrayList<>(rated);
    byVector.sort(Comparator.comparingDouble(r -> -r.vector));
    Rated best = rated.stream()
        .max(Comparator.comparingDouble(r -> 1.0 / (RANK_OFFSET + byName.indexOf(r)) + 1.0 / (RANK_OFFSET + byVector.indexOf(r))))
        .orElseThrow();
    return decide(best);
  }

  private static double nameSimilarity(KnownTopic topic, String name) {
    return Stream.concat(Stream.of(topic.name()), topic.formerNames().stream()).mapToDouble(other -> Terms.trigramSimilarity(other, name))
        .max().orElse(0);
  }

  private static Match decide(Rated best) {
    boolean isSame = best.name >= SAME_NAME || best.name >= SIMILAR_NAME && best.vector >= SIMILAR_VECTOR;
    boolean isSuggested = isSame || best.name >= SIMILAR_NAME || best.vector >= SUGGESTED;
    AnalystReason reason = isSuggested
        ? AnalystReason.of(isSame ? "same_topic" : "similar_topic", best.topic.name(), Math.round(100 * Math.max(best.name, best.vector)))
        : null;
    return new Match(isSuggested ? best.topic : null, isSame, reason);
  }
}
