package tasktracker.ops.check;

import java.util.List;

/**
 * Result of a check.
 *
 * @param id id of the check; its translation keys begin with {@code system.check.<id>.}
 * @param anchor section of docs/runbook.md
 * @param message last part of the translation key of the message
 * @param figures parameters of the message
 */
public record Finding(String id, String anchor, CheckState state, String message, List<Object> figures, Evidence evidence,
    List<Fix> fixes) {

  /** Translation key of the message. */
  public String key() {
    return message.startsWith("system.") ? message : "system.check." + id + "." + message;
  }

  /** A parameter of the message, or an empty text when it has fewer. */
  public Object figure(int index) {
    return index < figures.size() ? figures.get(index) : "";
  }

  Finding with(Evidence table) {
    return new Finding(id, anchor, state, message, figures, table, fixes);
  }

  Finding withFixes(List<Fix> fixList) {
    return new Finding(id, anchor, state, message, figures, evidence, fixList);
  }
}
