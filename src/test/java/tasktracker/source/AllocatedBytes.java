package tasktracker.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** How much work something takes, counted in bytes that the thread allocates: the same on every machine. */
public final class AllocatedBytes {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private AllocatedBytes() {}

  /** What is done to an input of that size. */
  public interface Task {
    void run(int size) throws Exception;
  }

  /** Doubles the size three times and sees that each item takes no more than before, but for a third. */
  public static void isLinear(int size, Task task) {
    of(size, task); // what is only made once
    double perItem = of(size, task) / (double) size;
    for (int doubled = size * 2; doubled <= size * 8; doubled *= 2) {
      assertThat(of(doubled, task) / (double) doubled).as("bytes for each of %d, beside each of %d", doubled, size)
          .isLessThan(perItem * 1.34);
    }
  }

  /** Bytes that the thread allocates meanwhile. */
  public static long of(int size, Task task) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    try {
      task.run(size);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
