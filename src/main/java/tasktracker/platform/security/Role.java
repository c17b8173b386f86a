package tasktracker.platform.security;

import jakarta.persistence.EnumeratedValue;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The roles in ascending order; each includes the ones before it. */
public enum Role {
  /** Reads everything except the administration of the product. */
  READER("reader"),
  /** Also changes data: corrects, approves, imports. */
  REVIEWER("reviewer"),
  /** Also administers the product: accounts, tokens, jobs, settings. */
  ADMIN("admin");

  @EnumeratedValue private final String wire;

  Role(String wire) {
    this.wire = wire;
  }

  public boolean includes(Role other) {
    return ordinal() >= other.ordinal();
  }

  /** The lower of the two roles. */
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
