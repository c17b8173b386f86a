package tasktracker.embedding;

import java.util.ArrayList;
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
 * Prevents two threads from computing the same vector at the same time: scoring and embedding both need the vectors of a
 * new message. Thread-safe.
 */
class EmbeddingClaims {

  /** A claim on one message for one model. */
  private record Claim(int model, UUID message) {}

  private final Map<Claim, CompletableFuture<Void>> claims = new ConcurrentHashMap<>();

  /**
   * Runs the work for the messages that no other thread has claimed, then waits for the threads that claimed the others.
   *
   * @return the messages that other threads had claimed; the work may have failed there
   */
  List<UUID> run(VectorModel model, Collection<UUID> messages, Consumer<List<UUID>> work) {
    var done = new CompletableFuture<Void>();
    Set<CompletableFuture<Void>> others = new HashSet<>();
    List<UUID> waited = new ArrayList<>();
    List<UUID> claimed = messages.stream().distinct().filter(id -> {
      var other = claims.putIfAbsent(new Claim(model.id(), id), done);
      if (other != null) {
        others.add(other);
        waited.add(id);
      }
      return other == null;
    }).toList();
    try {
      work.accept(claimed);
    } finally {
      claimed.forEach(id -> claims.remove(new Claim(model.id(), id)));
      done.complete(null);
    }
    others.forEach(CompletableFuture::join);
    return waited;
  }
}
