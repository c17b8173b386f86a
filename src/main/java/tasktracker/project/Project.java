package tasktracker.project;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A project.
 *
 * @param version major.minor.patch; the minor number grows with each change of words or rules
 * @param generation grows with each change that messages must be classified again for
 * @param revision grows with each change; a change of an earlier revision is refused
 */
public record Project(UUID id, ProjectFields fields, String version, long generation, int revision, String createdBy, Instant createdAt,
    Instant updatedAt, long messageCount) {

  private static final int KEYWORDS_SHOWN = 6;

  /** The keywords that a list shows. */
  public List<String> firstKeywords() {
    return fields.keywords().stream().limit(KEYWORDS_SHOWN).toList();
  }

  /** The number of keywords that a list does not show. */
  public int moreKeywords() {
    return Math.max(0, fields.keywords().size() - KEYWORDS_SHOWN);
  }

  /** The version after a change of words or rules. */
  static String bump(String version) {
    String[] parts = version.split("\\.");
    return parts[0] + "." + (Integer.parseInt(parts[1]) + 1) + ".0";
  }
}
