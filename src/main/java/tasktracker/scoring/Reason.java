package tasktracker.scoring;

import java.util.List;

/**
 * One thing that spoke for or against a message. Words are made when it is shown: {@code scoring.reason.CODE} with the
 * parameters.
 *
 * @param code what it is: {@code cue_problem}, {@code near_wish}, {@code floor_greeting}, {@code correction}
 * @param params words of the message, an example sentence, a count
 * @param weight how much it counted; negative when it spoke against
 */
public record Reason(String code, List<String> params, double weight) {

  static Reason of(String code, double weight, Object... params) {
    return new Reason(code, java.util.Arrays.stream(params).map(String::valueOf).toList(), Math.round(weight * 100) / 100.0);
  }
}
