package tasktracker.harness;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.ToLongFunction;

/**
 * Shows that the cost of an operation is linear in the size of its input: doubles an adversarial input three times and
 * compares the work done, never seconds. Work is what the thread allocates, or steps that the test counts, for example
 * with {@link CountedText}. Sorting and the like (n log n) pass; n to the power of 1.3 and above does not.
 */
public final class Growth {

  private static final int DOUBLINGS = 3;
  /** Maximum ratio of one doubling, as the mean of three, because growing arrays make single ratios differ from 2. */
  private static final double MAX_RATIO = 2.3;
  /** Differences below this number of bytes are noise. */
  private static final long NOISE_BYTES = 16 << 10;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Growth() {}

  /**
   * Asserts that what the operation allocates grows in proportion to its input.
   *
   * @param size of the smallest input; large enough that fixed costs do not hide the growth
   * @param input makes the input of a size; not counted
   * @param operation what is measured; runs in the caller's thread
   * @throws AssertionError with the bytes allocated at each size
   */
  public static <T> void assertLinear(int size, IntFunction<? extends T> input, Consumer<? super T> operation) {
    operation.accept(input.apply(size)); // The first run loads classes and initializes constants.
    assertLinearSteps(size, input, made -> Math.max(NOISE_BYTES, allocated(() -> operation.accept(made))));
  }

  /**
   * Asserts that the steps of an operation grow in proportion to its input.
   *
   * @param steps runs the operation and returns how many steps it took
   * @throws AssertionError with the steps at each size
   */
  public static <T> void assertLinearSteps(int size, IntFunction<? extends T> input, ToLongFunction<? super T> steps) {
    long[] work = new long[DOUBLINGS + 1];
    for (int i = 0; i <= DOUBLINGS; i++) {
      work[i] = steps.applyAsLong(input.apply(size << i));
      if (work[i] > Math.pow(MAX_RATIO, i) * Math.max(1, work[0])) {
        throw new AssertionError("Work grows faster than its input: " + Arrays.toString(Arrays.copyOf(work, i + 1))
            + " at the size " + size + " and its doubles");
      }
    }
  }

  /** How many bytes the operation allocates in this thread. */
  public static long allocated(Runnable operation) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    operation.run();
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
