package tasktracker.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The state of a hanging database is one for all values. */
@Isolated
class CachedValueTest {

  private final AtomicInteger loads = new AtomicInteger();

  @AfterEach
  void endHang() {
    CachedValue.endHang();
  }

  @Test
  void aFailedLoadKeepsTheLastValue() {
    CachedValue<Integer> value = new CachedValue<>(7, () -> {
      loads.incrementAndGet();
      throw new IllegalStateException("away");
    });
    assertThat(value.get()).isEqualTo(7);
    assertThat(value.get()).isEqualTo(7);
    assertThat(loads).as("it is not tried again at once").hasValue(1);
  }

  @Test
  void aQuickFailureOfOneValueKeepsNoOther() {
    new CachedValue<>(7, () -> {
      throw new IllegalStateException("wrong");
    }).get();
    assertThat(new CachedValue<>(1, () -> 2).get()).isEqualTo(2);
  }

  @Test
  void noOtherValueWaitsForADatabaseThatHangs() {
    new CachedValue<>(7, () -> {
      sleep();
      throw new IllegalStateException("timeout");
    }).get();
    assertThat(new CachedValue<>(1, () -> loads.incrementAndGet() + 1).get()).isEqualTo(1);
    assertThat(loads).hasValue(0);
    CachedValue.endHang();
    assertThat(new CachedValue<>(1, () -> 2).get()).isEqualTo(2);
  }

  private static void sleep() {
    try {
      TimeUnit.MILLISECONDS.sleep(1100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
