package tasktracker.platform.job;

/**
 * The demonstration job: says its text back, which shows that work is done at all.
 *
 * @param text a short word of the operator's own, at most {@value #LONGEST} characters
 */
@Kind("process_message")
public record ProcessMessage(String text) implements Job {

  public static final int LONGEST = 200;

  public ProcessMessage {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException("A demonstration text has at most " + LONGEST + " characters");
    }
  }
}
