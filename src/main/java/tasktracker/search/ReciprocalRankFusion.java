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
 * Makes one ranking of several by reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009): each list gives a
 * message one part of its own constant plus the message's place in it. Scores of different kinds are never compared.
 */
final class ReciprocalRankFusion {

  /** How a message was found. */
  enum Reason {
    WORDS,
    SPELLING,
    MEANING
  }

  /** A message, what all lists together give it, and which lists it was in. */
  record Fused(UUID message, double score, Set<Reason> reasons) {
    private Fused times(double factor) {
      return new Fused(message, score * factor, reasons);
    }

    boolean isByMeaningAlone() {
      return reasons.equals(EnumSet.of(Reason.MEANING));
    }
  }

  private static final Comparator<Fused> BEST =
      Comparator.comparingDouble(Fused::score).reversed().thenComparing(Fused::message, Comparator.reverseOrder());
  private static final double BESIDE = .8;

  /** Between 10 and 60 little depends on it; docs/search.md tells what was measured. */
  private static final int CONSTANT = 10;

  private final Map<UUID, Double> scores = new HashMap<>();
  private final Map<UUID, Set<Reason>> reasons = new HashMap<>();

  /** Adds a ranking, best first. */
  ReciprocalRankFusion add(Reason reason, double weight, List<UUID> ranking) {
    rank(weight, ranking);
    ranking.forEach(message -> reasons.computeIfAbsent(message, m -> EnumSet.noneOf(Reason.class)).add(reason));
    return this;
  }

  /** Ranks what was found once more; finds nothing new and is no reason. */
  ReciprocalRankFusion rank(double weight, List<UUID> ranking) {
    for (int place = 1; place <= ranking.size(); place++) {
      scores.merge(ranking.get(place - 1), weight / (CONSTANT + place), Double::sum);
    }
    return this;
  }

  /** The best, best first; of equals the newer. */
  List<Fused> best(int limit) {
    return all().sorted(BEST).limit(limit).toList();
  }

  /**
   * The best, chosen one after the other, each making those beside it a little less wanted: the same passage is not
   * shown twice when another waits.
   *
   * @param beside by message, what stands beside it
   */
  List<Fused> passages(int limit, Map<UUID, List<UUID>> beside) {
    List<Fused> chosen = new ArrayList<>();
    Map<UUID, Fused> left = all().collect(Collectors.toMap(Fused::message, f -> f, (a, b) -> a, HashMap::new));
    while (chosen.size() < limit && !left.isEmpty()) {
      Fused next = left.values().stream().min(BEST).orElseThrow();
      chosen.add(next);
      left.remove(next.message());
      beside.getOrDefault(next.message(), List.of()).forEach(other -> left.computeIfPresent(other, (id, f) -> f.times(BESIDE)));
    }
    return chosen;
  }

  private Stream<Fused> all() {
    return scores.entrySet().stream().map(e -> new Fused(e.getKey(), e.getValue(), reasons.getOrDefault(e.getKey(), Set.of())));
  }
}
