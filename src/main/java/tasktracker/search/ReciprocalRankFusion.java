package tasktracker.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Combines several rankings by reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009): each ranking adds its weight
 * divided by the sum of a constant and the rank of the message. Scores of different rankings are not compared.
 */
final class ReciprocalRankFusion {

  /** The kind of search that found a message. */
  enum Reason {
    WORDS,
    SPELLING,
    MEANING
  }

  /** A message, its combined score, and the kinds of search that found it. */
  record Fused(UUID message, double score, Set<Reason> reasons) {
    private Fused scale(double factor) {
      return new Fused(message, score * factor, reasons);
    }

    boolean isSemanticOnly() {
      return reasons.equals(EnumSet.of(Reason.MEANING));
    }
  }

  private static final Comparator<Fused> BY_SCORE = Comparator.comparingDouble(Fused::score).reversed().thenComparing(Fused::message,
      Comparator.reverseOrder());
  private static final double ADJACENT_FACTOR = .8;

  /** Values between 10 and 60 give similar results; see the measurements in docs/search.md. */
  private static final int RANK_CONSTANT = 10;

  private final Map<UUID, Double> scores = new HashMap<>();
  private final Map<UUID, Set<Reason>> reasons = new HashMap<>();

  /** Adds a ranking, best message first. */
  ReciprocalRankFusion add(Reason reason, double weight, List<UUID> ranking) {
    addScores(weight, ranking);
    ranking.forEach(message -> reasons.computeIfAbsent(message, m -> EnumSet.noneOf(Reason.class)).add(reason));
    return this;
  }

  /** Adds another ranking of messages that were found before. It adds no reason. */
  ReciprocalRankFusion addScores(double weight, List<UUID> ranking) {
    for (int rank = 1; rank <= ranking.size(); rank++) {
      scores.merge(ranking.get(rank - 1), weight / (RANK_CONSTANT + rank), Double::sum);
    }
    return this;
  }

  /** The messages with the highest scores, highest first. Of equal scores, the newer message is first. */
  List<Fused> top(int limit) {
    return fuse().sorted(BY_SCORE).limit(limit).toList();
  }

  /**
   * The messages with the highest scores, selected one by one. Each selection lowers the scores of adjacent messages, so
   * that the results cover different passages.
   *
   * @param adjacent the adjacent messages by message
   */
  List<Fused> selectPassages(int limit, Map<UUID, List<UUID>> adjacent) {
    List<Fused> selected = new ArrayList<>();
    Map<UUID, Fused> remaining = fuse().collect(Collectors.toMap(Fused::message, candidate -> candidate, (a, b) -> a, HashMap::new));
    while (selected.size() < limit && !remaining.isEmpty()) {
      Fused next = remaining.values().stream().min(BY_SCORE).orElseThrow();
      selected.add(next);
      remaining.remove(next.message());
      adjacent.getOrDefault(next.message(), List.of())
          .forEach(other -> remaining.computeIfPresent(other, (id, candidate) -> candidate.scale(ADJACENT_FACTOR)));
    }
    return selected;
  }

  private Stream<Fused> fuse() {
    return scores.entrySet().stream().map(e -> new Fused(e.getKey(), e.getValue(), reasons.getOrDefault(e.getKey(), Set.of())));
  }
}
