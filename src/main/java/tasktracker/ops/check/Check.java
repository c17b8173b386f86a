package tasktracker.ops.check;

import java.util.List;
import java.util.function.Function;

/**
 * Looks at one thing.
 *
 * @param id names it, also in the words
 * @param anchor the part of docs/runbook.md about it
 */
public record Check(String id, String anchor, Function<Check, Finding> look) {

  Finding found(CheckState state, String said, Object... figures) {
    return new Finding(id, anchor, state, said, List.of(figures), Evidence.NONE, List.of());
  }

  /** All that can be said when looking failed or took too long. */
  Finding unknown(String why) {
    return new Finding(id, anchor, CheckState.UNKNOWN, "system." + why, List.of(), Evidence.NONE, List.of());
  }
}
