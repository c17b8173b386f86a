package tasktracker.ops;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A state that is looked at now and then: what is over by the next look is no news, nor is how it began. */
final class DebouncedState<T> {

  private @Nullable T last;
  private @Nullable T known;

  /** The state, when it has just become another one and stayed it for two looks. */
  synchronized Optional<T> seen(T now) {
    boolean hasStayed = now.equals(last);
    last = now;
    if (!hasStayed || now.equals(known)) {
      return Optional.empty();
    }
    boolean isFirst = known == null;
    known = now;
    return isFirst ? Optional.empty() : Optional.of(now);
  }
}
