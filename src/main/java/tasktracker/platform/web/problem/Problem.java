package tasktracker.platform.web.problem;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.LocalizedMessage;

/**
 * An error that is reported to the client: as RFC 9457 to programs, as a page to people. A detail that people may see is a
 * {@link LocalizedMessage} in their language; a detail for programs only is in English.
 */
public class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final Set<Integer> LOCALIZED_TITLES = Set.of(400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 500, 503);
  private final int status;
  private final String title;
  private final transient @Nullable LocalizedMessage localizedDetail;
  private final @Nullable Integer retryAfterSeconds;

  public Problem(int status, String title, String detail) {
    this(status, title, detail, null);
  }

  public Problem(int status, String title, LocalizedMessage detail) {
    this(status, title, detail, null);
  }

  /**
   * @param status HTTP status
   * @param title short summary, the same for every problem of this kind
   * @param detail what is wrong in this case and what to do; never contains secrets or internals
   * @param retryAfterSeconds time until the client may try again, or null
   */
  public Problem(int status, String title, String detail, @Nullable Integer retryAfterSeconds) {
    this(status, title, detail, null, retryAfterSeconds);
  }

  /** A problem with a localized detail. */
  public Problem(int status, String title, LocalizedMessage detail, @Nullable Integer retryAfterSeconds) {
    this(status, title, detail.english(), detail, retryAfterSeconds);
  }

  private Problem(int status, String title, String detail, @Nullable LocalizedMessage localizedDetail,
      @Nullable Integer retryAfterSeconds) {
    super(detail);
    this.status = status;
    this.title = title;
    this.localizedDetail = localizedDetail;
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

  /** The detail in English, for programs. */
  public String detail() {
    return String.valueOf(getMessage());
  }

  /** The detail in this language when it is localized, or in English. */
  public String detail(Locale locale) {
    return localizedDetail == null ? detail() : localizedDetail.in(locale);
  }

  /** Whether the words have a title of their own for this status. */
  public boolean hasLocalizedTitle() {
    return LOCALIZED_TITLES.contains(status);
  }

  public @Nullable Integer retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
