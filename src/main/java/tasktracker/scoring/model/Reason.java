package tasktracker.scoring.model;

import java.util.List;

/**
 * A reason for or against the importance of a message. Its text is localized when it is displayed, with the key {@code
 * scoring.reason.CODE} and the parameters.
 *
 * @param code the kind of reason: {@code cue_problem}, {@code near_wish}, {@code floor_greeting}, {@code correction}
 * @param params words of the message, an example sentence, or a count
 * @param weight the influence on the score; negative for a reason against importance
 */
public record Reason(String code, List<String> params, double weight) {

  /** A reason with its weight rounded to two decimals. */
  public static Reason of(String code, double weight, Object... params) {
    return new Reason(code, java.util.Arrays.stream(params).map(String::valueOf).toList(), Math.round(weight * 100) / 100.0);
  }
}
