package tasktracker.platform.web;

import org.jspecify.annotations.Nullable;

/** A request that cannot be done, in words for the one who asked (RFC 9457 for programs, a page for people). */
public class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final int status;
  private final String title;
  private final @Nullable Integer retryAfterSeconds;

  public Problem(int status, String title, String detail) {
    this(status, title, detail, null);
  }

  /**
   * @param status HTTP status
   * @param title what is wrong, short, the same for every case of this kind
   * @param detail what is wrong this time and what to do; never holds secrets or inner workings
   * @param retryAfterSeconds when to try again, or null
   */
  public Problem(int status, String title, String detail, @Nullable Integer retryAfterSeconds) {
    super(detail);
    this.status = status;
    this.title = title;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  public static Problem notFound(String what) {
    return new Problem(404, "Not found", "There is no " + what + " here.");
  }

  public static Problem badRequest(String detail) {
    return new Problem(400, "Bad request", detail);
  }

  public static Problem conflict(String detail) {
    return new Problem(409, "Conflict", detail);
  }

  public static Problem unprocessable(String detail) {
    return new Problem(422, "Not understood", detail);
  }

  public static Problem forbidden(String detail) {
    return new Problem(403, "Forbidden", detail);
  }

  public static Problem unavailable(String detail) {
    return new Problem(503, "Not available now", detail, 5);
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  public String detail() {
    return String.valueOf(getMessage());
  }

  public @Nullable Integer retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
