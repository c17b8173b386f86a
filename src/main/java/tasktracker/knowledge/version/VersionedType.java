package tasktracker.knowledge.version;

import java.util.Locale;
import tasktracker.platform.web.problem.Problem;

/** What has versions. */
public enum VersionedType {
  TOPIC, ATOM;

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** @throws Problem 404 for another name; the plural is accepted */
  public static VersionedType of(String wire) {
    return switch (wire) {
      case "topic", "topics" -> TOPIC;
      case "atom", "atoms" -> ATOM;
      default -> throw Problem.notFound("version of " + wire);
    };
  }
}
