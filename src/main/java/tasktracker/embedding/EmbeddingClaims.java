package tasktracker.embedding;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.HashSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Keeps two threads from computing the same vector at the same time: scoring and embedding both want the vectors of a
 * message that has just come.
 */
class EmbeddingClaims {

  /** One text for one model. */
  private record Claim(int model, UUID message) {}

  private final Map<Claim, CompletableFuture<Void>> held = new ConcurrentHashMap<>();

  /** Does the work on those messages that nobody else has at hand, then waits until the others are done too. */
  void work(VectorModel model, Collection<UUID> messages, Consumer<List<UUID>> work) {
    var done = new CompletableFuture<Void>();
    Set<CompletableFuture<Void>> others = new HashSet<>();
    List<UUID> mine = messages.stream().distinct().filter(id -> {
      var holder = held.putIfAbsent(new Claim(model.id(), id), done);
      if (holder != null) {
        others.add(holder);
      }
      return holder == null;
    }).toList();
    try {
      work.accept(mine);
    } finally {
      mine.forEach(id -> held.remove(new Claim(model.id(), id)));
      done.complete(null);
    }
    others.forEach(CompletableFuture::join);
  }
}
