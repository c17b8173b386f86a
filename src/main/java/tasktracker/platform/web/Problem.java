package tasktracker.platform.web;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A request that cannot be done, in words for the one who asked (RFC 9457 for programs, a page for people). What people
 * may be shown is a {@link LocalizedMessage}, told in their language; what only programs hear is plain English.
 */
public class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final int status;
  private final String title;
  private final transient @Nullable LocalizedMessage saying;
  private final @Nullable Integer retryAfterSeconds;

  public Problem(int status, String title, String detail) {
    this(status, title, detail, null);
  }

  public Problem(int status, String title, LocalizedMessage detail) {
    this(status, title, detail, null);
  }

  /**
   * @param status HTTP status
   * @param title what is wrong, short, the same for every case of this kind
   * @param detail what is wrong this time and what to do; never holds secrets or inner workings
   * @param retryAfterSeconds when to try again, or null
   */
  public Problem(int status, String title, String detail, @Nullable Integer retryAfterSeconds) {
    this(status, title, detail, null, retryAfterSeconds);
  }

  /** The same with a detail that people are told in their language. */
  public Problem(int status, String title, LocalizedMessage detail, @Nullable Integer retryAfterSeconds) {
    this(status, title, detail.english(), detail, retryAfterSeconds);
  }

  private Problem(int status, String title, String detail, @Nullable LocalizedMessage saying, @Nullable Integer retryAfterSeconds) {
    super(detail);
    this.status = status;
    this.title = title;
    this.saying = saying;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  public static Problem notFound(String what) {
    return new Problem(404, "Not found", "No " + what + " was found.");
  }

  public static Problem notFound(LocalizedMessage detail) {
    return new Problem(404, "Not found", detail);
  }

  public static Problem badRequest(String detail) {
    return new Problem(400, "Bad request", detail);
  }

  public static Problem badRequest(LocalizedMessage detail) {
    return new Problem(400, "Bad request", detail);
  }

  public static Problem conflict(String detail) {
    return new Problem(409, "Conflict", detail);
  }

  public static Problem conflict(LocalizedMessage detail) {
    return new Problem(409, "Conflict", detail);
  }

  public static Problem unprocessable(String detail) {
    return new Problem(422, "Unprocessable content", detail);
  }

  public static Problem unprocessable(LocalizedMessage detail) {
    return new Problem(422, "Unprocessable content", detail);
  }

  public static Problem forbidden(String detail) {
    return new Problem(403, "Forbidden", detail);
  }

  public static Problem forbidden(LocalizedMessage detail) {
    return new Problem(403, "Forbidden", detail);
  }

  public static Problem unavailable(String detail) {
    return new Problem(503, "Service unavailable", detail, 5);
  }

  public static Problem unavailable(LocalizedMessage detail) {
    return new Problem(503, "Service unavailable", detail, 5);
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  /** In English, as programs are told it. */
  public String detail() {
    return String.valueOf(getMessage());
  }

  /** In that language, as far as people may meet it. */
  public String detail(Locale locale) {
    return saying == null ? detail() : saying.in(locale);
  }

  public @Nullable Integer retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
