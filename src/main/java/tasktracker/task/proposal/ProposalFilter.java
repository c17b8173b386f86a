package tasktracker.task.proposal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Selects proposals; a null component matches any.
 *
 * @param text part of the title or description, case-insensitive
 * @param minConfidence at least this confidence
 * @param maxConfidence at most this confidence
 */
public record ProposalFilter(@Nullable String text, @Nullable String status, @Nullable UUID run, @Nullable UUID project,
    @Nullable String priority, @Nullable Double minConfidence, @Nullable Double maxConfidence) {

  public static final ProposalFilter ANY = new ProposalFilter(null, null, null, null, null, null, null);

  /** The same selection with another status. */
  public ProposalFilter withStatus(@Nullable String other) {
    return new ProposalFilter(text, other, run, project, priority, minConfidence, maxConfidence);
  }

  /** The proposals of a run. */
  public static ProposalFilter ofRun(UUID run) {
    return new ProposalFilter(null, null, run, null, null, null, null);
  }

  /** The SQL condition over {@code task_proposal p}. */
  String condition() {
    List<String> parts = new ArrayList<>(List.of("true"));
    add(parts, text, "(p.title ilike :like or p.description ilike :like)");
    add(parts, status, "p.status = :status");
    add(parts, run, "p.run_id = :run");
    add(parts, project, "p.project_id = :project");
    add(parts, priority, "p.priority = :priority");
    add(parts, minConfidence, "p.confidence >= cast(:minConfidence as real)");
    add(parts, maxConfidence, "p.confidence <= cast(:maxConfidence as real)");
    return String.join(" and ", parts);
  }

  private static void add(List<String> parts, @Nullable Object value, String condition) {
    if (value != null) {
      parts.add(condition);
    }
  }

  /** The values of the condition by name. */
  Map<String, Object> values() {
    Map<String, Object> values = new HashMap<>();
    values.put("like", text == null ? null : "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%");
    values.put("status", status);
    values.put("run", run);
    values.put("project", project);
    values.put("priority", priority);
    values.put("minConfidence", minConfidence);
    values.put("maxConfidence", maxConfidence);
    values.values().removeIf(java.util.Objects::isNull);
    return values;
  }
}
