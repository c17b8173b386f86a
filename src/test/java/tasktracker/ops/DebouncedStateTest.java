package tasktracker.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What of a health that is looked at again and again is told. */
class DebouncedStateTest {

  private static List<String> told(String... looks) {
    var steady = new DebouncedState<String>();
    return Stream.of(looks).map(steady::seen).flatMap(Optional::stream).toList();
  }

  @Test
  void aChangeIsToldOnceWhenItHasStayedForTwoLooks() {
    assertThat(told("up", "up", "down", "down", "down", "up", "up")).containsExactly("down", "up");
  }

  @Test
  void whatIsOverByTheNextLookIsNoNews() {
    assertThat(told("up", "up", "down", "up", "up", "down", "up")).isEmpty();
  }

  @Test
  void howItBeganIsNoNews() {
    assertThat(told("away", "up", "up", "up")).isEmpty();
  }
}
