package tasktracker.ops;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Debounces a state that is polled: reports a change once it has lasted for two polls. The first state is not reported. */
final class DebouncedState<T> {

  private @Nullable T candidate;
  private @Nullable T published;

  /** Returns the state if it differs from the reported one and has been the same for two polls. */
  synchronized Optional<T> update(T state) {
    boolean isStable = state.equals(candidate);
    candidate = state;
    if (!isStable || state.equals(published)) {
      return Optional.empty();
    }
    boolean isFirst = published == null;
    published = state;
    return isFirst ? Optional.empty() : Optional.of(state);
  }
}
