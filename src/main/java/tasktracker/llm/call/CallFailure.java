package tasktracker.llm.call;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A call of a model gave no usable answer. The message holds neither the prompt, nor the answer, nor a key. */
public class CallFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Kind {
    /** No answer in time. */
    TIMEOUT(true),
    /** The provider asks to wait (429). */
    RATE_LIMITED(true),
    /** The provider is not there, or has an error of its own (5xx). */
    UNAVAILABLE(true),
    /** The key is not accepted (401, 403). */
    UNAUTHORIZED(false),
    /** The provider does not accept the request (other 4xx), such as an unknown model or schema. */
    REFUSED(false),
    /** The address is not allowed, or the answer is a redirect. */
    ADDRESS(false),
    /** The prompt is longer than the context of the model: a part would have been cut off. */
    PROMPT_TOO_LONG(false),
    /** The answer ended at a limit: it is incomplete. */
    TRUNCATED(false),
    /** There is no answer, or only blanks. */
    EMPTY(false),
    /** The answer is not what was asked for. */
    INVALID(false),
    /** The answer is larger than the limit. */
    TOO_LARGE(false),
    /** The budget of the day is spent. */
    BUDGET(false),
    /** Too many calls failed lately; none is made for a while. */
    CIRCUIT_OPEN(false);

    private final boolean isRetryable;

    Kind(boolean isRetryable) {
      this.isRetryable = isRetryable;
    }

    /** The name in the record of calls and in message keys. */
    public String wire() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  private static final Set<Kind> CHARGED = Set.of(Kind.TRUNCATED, Kind.EMPTY, Kind.INVALID, Kind.TOO_LARGE, Kind.TIMEOUT);

  private final Kind kind;
  private final transient @Nullable Duration retryAfter;
  private final long promptTokens;
  private final long outputTokens;

  public CallFailure(Kind kind, String message) {
    this(kind, message, null, null);
  }

  public CallFailure(Kind kind, String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
    this(kind, message, retryAfter, cause, 0, 0);
  }

  private CallFailure(Kind kind, String message, @Nullable Duration retryAfter, @Nullable Throwable cause, long promptTokens,
      long outputTokens) {
    super(message, cause);
    this.kind = kind;
    this.retryAfter = retryAfter;
    this.promptTokens = promptTokens;
    this.outputTokens = outputTokens;
  }

  /** The failure of an answer for which the provider counted so many tokens. */
  static CallFailure ofAnswer(Kind kind, String message, long promptTokens, long outputTokens) {
    return new CallFailure(kind, message, null, null, promptTokens, outputTokens);
  }

  /** Tokens of the prompt as the provider counted them; 0 when it told none. */
  public long promptTokens() {
    return promptTokens;
  }

  /** Tokens of the answer as the provider counted them; 0 when it told none. */
  public long outputTokens() {
    return outputTokens;
  }

  public Kind kind() {
    return kind;
  }

  /** What the provider asked to wait, or null. */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }

  /** Whether the same request may succeed a little later. */
  public boolean isRetryable() {
    return kind.isRetryable;
  }

  /** Whether the model wrote an answer that cannot be used, or may have gone on writing after our timeout: both are charged for. */
  public boolean isCharged() {
    return CHARGED.contains(kind);
  }

  /** Whether the provider, rather than the request, is at fault. */
  public boolean isOfProvider() {
    return kind.isRetryable || kind == Kind.UNAUTHORIZED || kind == Kind.ADDRESS;
  }
}
