package tasktracker.platform.web;

import java.time.Duration;
import java.util.function.LongSupplier;
import tasktracker.platform.web.problem.Problem;

/**
 * The time by which an operation must end. Loops whose length depends on input check it, so that no input occupies a
 * thread for longer. Immutable and thread-safe.
 */
public final class Deadline {

  private final LongSupplier nanoseconds;
  private final long end;
  private final LocalizedMessage late;

  private Deadline(LongSupplier nanoseconds, Duration time, LocalizedMessage late) {
    this.nanoseconds = nanoseconds;
    this.end = nanoseconds.getAsLong() + time.toNanos();
    this.late = late;
  }

  /**
   * A deadline this much time from now.
   *
   * @param late the message for the caller when the deadline is missed
   */
  public static Deadline after(Duration time, LocalizedMessage late) {
    return after(time, late, System::nanoTime);
  }

  static Deadline after(Duration time, LocalizedMessage late, LongSupplier nanoseconds) {
    return new Deadline(nanoseconds, time, late);
  }

  /** The deadline for rendering a page or a fragment: 10 seconds from now. */
  public static Deadline ofRendering() {
    return after(Duration.ofSeconds(10), LocalizedMessage.of("problem.rendering.late"));
  }

  public boolean isPast() {
    return nanoseconds.getAsLong() - end >= 0;
  }

  /** The remaining time; zero when the deadline is past. */
  public Duration remaining() {
    return Duration.ofNanos(Math.max(0, end - nanoseconds.getAsLong()));
  }

  /**
   * Checks that the deadline is not past.
   *
   * @throws Problem 503 when it is
   */
  public void check() {
    if (isPast()) {
      throw missed();
    }
  }

  /** The problem to report when the deadline is missed, for callers that detect it in another way. */
  public Problem missed() {
    return Problem.unavailable(late);
  }

  /** Wraps a text so that reading it throws a {@link Problem} of 503 once the deadline is past; for regular expressions. */
  public CharSequence guard(CharSequence text) {
    return new GuardedText(text, this);
  }

  /** Not thread-safe. */
  private static final class GuardedText implements CharSequence {
    private static final int READS_PER_CHECK = 4096;
    private final CharSequence text;
    private final Deadline deadline;
    private int reads;

    GuardedText(CharSequence text, Deadline deadline) {
      this.text = text;
      this.deadline = deadline;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      if (++reads % READS_PER_CHECK == 0) {
        deadline.check();
      }
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
