package tasktracker.platform.web;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The moment by which an operation must be done. Loops whose length a caller decides check it, so that no input holds a
 * thread for longer. Immutable and safe for use by many threads.
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
   * A deadline so much time from now.
   *
   * @param late what the caller is told when it is missed
   */
  public static Deadline after(Duration time, LocalizedMessage late) {
    return after(time, late, System::nanoTime);
  }

  static Deadline after(Duration time, LocalizedMessage late, LongSupplier nanoseconds) {
    return new Deadline(nanoseconds, time, late);
  }

  /** The deadline of making a page or a part of one: 10 seconds from now. */
  public static Deadline ofRendering() {
    return after(Duration.ofSeconds(10), LocalizedMessage.of("problem.rendering.late"));
  }

  public boolean isPast() {
    return nanoseconds.getAsLong() - end >= 0;
  }

  /** The time that is left; zero when the deadline is past. */
  public Duration remaining() {
    return Duration.ofNanos(Math.max(0, end - nanoseconds.getAsLong()));
  }

  /**
   * Does nothing until the deadline is past.
   *
   * @throws Problem 503 from then on
   */
  public void check() {
    if (isPast()) {
      throw missed();
    }
  }

  /** The problem of having missed it, for whoever finds out in another way. */
  public Problem missed() {
    return Problem.unavailable(late);
  }

  /** The same text, whose reading ends with a {@link Problem} of 503 once the deadline is past: for regular expressions. */
  public CharSequence guard(CharSequence text) {
    return new GuardedText(text, this);
  }

  /** Used by one thread at a time. */
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
