package tasktracker.platform.security;

import jakarta.persistence.EnumeratedValue;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What somebody may do; each role may do all that the ones before it may. */
public enum Role {
  /** Reads everything that is not about the running of the product. */
  READER("reader"),
  /** Decides: corrects, approves, imports. */
  REVIEWER("reviewer"),
  /** Runs the product: people, tokens, jobs, settings. */
  ADMIN("admin");

  @EnumeratedValue private final String wire;

  Role(String wire) {
    this.wire = wire;
  }

  public boolean includes(Role other) {
    return ordinal() >= other.ordinal();
  }

  /** The lesser of two. */
  public Role atMost(Role limit) {
    return limit.includes(this) ? this : limit;
  }

  /** Its name in the database and in JSON. */
  public String wire() {
    return wire;
  }

  public static Optional<Role> of(@Nullable String wire) {
    return Arrays.stream(values()).filter(r -> r.wire.equals(wire)).findFirst();
  }
}
