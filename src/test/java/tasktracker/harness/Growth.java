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
  /** Of one doubling, in the mean of three; arrays that grow make single ones differ from 2. */
  private static final double MOST = 2.3;
  /** Bytes that say nothing: so little differs from run to run. */
  private static final long UNSEEN = 16 << 10;
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
    operation.accept(input.apply(size)); // classes are loaded and constants made by the first run
    assertLinearSteps(size, input, made -> Math.max(UNSEEN, allocated(() -> operation.accept(made))));
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
      if (work[i] > Math.pow(MOST, i) * Math.max(1, work[0])) {
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
