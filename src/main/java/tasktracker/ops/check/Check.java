package tasktracker.ops.check;

import java.util.List;
import java.util.function.Function;

/**
 * A diagnostic check.
 *
 * @param id name, also in the translation keys
 * @param anchor section of docs/runbook.md
 */
public record Check(String id, String anchor, Function<Check, Finding> function) {

  Finding finding(CheckState state, String message, Object... figures) {
    return new Finding(id, anchor, state, message, List.of(figures), Evidence.NONE, List.of());
  }

  /** The result when the check failed or timed out. */
  Finding unknown(String reason) {
    return new Finding(id, anchor, CheckState.UNKNOWN, "system." + reason, List.of(), Evidence.NONE, List.of());
  }
}
