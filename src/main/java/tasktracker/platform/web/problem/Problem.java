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

  /**
   * 404 with a detail in English, for programs.
   *
   * @param what the thing that is missing, such as {@code job with this id}; becomes a part of an English sentence
   */
  public static Problem notFound(String what) {
    return new Problem(404, "Not found", "No " + what + " was found.");
  }

  /** 404 with a localized detail. */
  public static Problem notFound(LocalizedMessage detail) {
    return new Problem(404, "Not found", detail);
  }

  /** 400: the request is malformed. The detail is in English, for programs. */
  public static Problem badRequest(String detail) {
    return new Problem(400, "Bad request", detail);
  }

  /** 400 with a localized detail: the request is malformed. */
  public static Problem badRequest(LocalizedMessage detail) {
    return new Problem(400, "Bad request", detail);
  }

  /** 409: the present state does not allow it. The detail is in English, for programs. */
  public static Problem conflict(String detail) {
    return new Problem(409, "Conflict", detail);
  }

  /** 409 with a localized detail: the present state does not allow it. */
  public static Problem conflict(LocalizedMessage detail) {
    return new Problem(409, "Conflict", detail);
  }

  /** 422: the request is well-formed, but a value is invalid. The detail is in English, for programs. */
  public static Problem unprocessable(String detail) {
    return new Problem(422, "Unprocessable content", detail);
  }

  /** 422 with a localized detail: the request is well-formed, but a value is invalid. */
  public static Problem unprocessable(LocalizedMessage detail) {
    return new Problem(422, "Unprocessable content", detail);
  }

  /** 403. The detail is in English, for programs. */
  public static Problem forbidden(String detail) {
    return new Problem(403, "Forbidden", detail);
  }

  /** 403 with a localized detail. */
  public static Problem forbidden(LocalizedMessage detail) {
    return new Problem(403, "Forbidden", detail);
  }

  /** 503 with {@code Retry-After: 5}. The detail is in English, for programs. */
  public static Problem unavailable(String detail) {
    return new Problem(503, "Service unavailable", detail, 5);
  }

  /** 503 with a localized detail and {@code Retry-After: 5}. */
  public static Problem unavailable(LocalizedMessage detail) {
    return new Problem(503, "Service unavailable", detail, 5);
  }

  /** The HTTP status, 400 to 599. */
  public int status() {
    return status;
  }

  /** A short summary in English, the same for every problem of this kind. */
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

  /** Seconds until the client may try again; null when waiting does not help. */
  public @Nullable Integer retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
