package tasktracker.ops;

import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Debounces a state that is polled: reports a change once it has lasted for two polls. The first state is reported unless
 * it is the normal one, so that a node that starts with a fault says so.
 */
final class DebouncedState<T> {

  private final Predicate<T> isNormal;
  private @Nullable T candidate;
  private @Nullable T published;

  DebouncedState(Predicate<T> isNormal) {
    this.isNormal = isNormal;
  }

  /** Returns the state if it differs from the reported one and has been the same for two polls. */
  synchronized Optional<T> update(T state) {
    boolean isStable = state.equals(candidate);
    candidate = state;
    if (!isStable || state.equals(published)) {
      return Optional.empty();
    }
    boolean isNews = published != null || !isNormal.test(state);
    published = state;
    return isNews ? Optional.of(state) : Optional.empty();
  }
}
