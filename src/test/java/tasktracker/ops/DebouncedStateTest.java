package tasktracker.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Debouncing of a polled state. */
class DebouncedStateTest {

  private static List<String> told(String... polls) {
    var debounced = new DebouncedState<String>("up"::equals);
    return Stream.of(polls).map(debounced::update).flatMap(Optional::stream).toList();
  }

  @Test
  void aChangeIsReportedOnceAfterTwoPolls() {
    assertThat(told("up", "up", "down", "down", "down", "up", "up")).containsExactly("down", "up");
  }

  @Test
  void aChangeOfOnePollIsNotReported() {
    assertThat(told("up", "up", "down", "up", "up", "down", "up")).isEmpty();
  }

  @Test
  void theFirstStateIsReportedOnlyWhenItIsNotNormal() {
    assertThat(told("away", "up", "up", "up")).isEmpty();
    assertThat(told("away", "away", "up", "up")).containsExactly("away", "up");
  }
}
