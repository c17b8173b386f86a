package tasktracker.knowledge.analyst;

import java.util.List;

/**
 * Why something was proposed, to be put into the reader's language.
 *
 * @param code the last part of the key {@code knowledge.reason.CODE}, or {@code task.reason.CODE} of a task, in the words
 * @param details values for the placeholders of the text, such as a cue phrase or a percentage
 */
public record AnalystReason(String code, List<String> details) {

  public static AnalystReason of(String code, Object... details) {
    return new AnalystReason(code, List.of(details).stream().map(String::valueOf).toList());
  }
}
