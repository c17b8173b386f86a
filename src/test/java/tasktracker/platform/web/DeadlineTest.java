package tasktracker.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tasktracker.platform.web.problem.Problem;

class DeadlineTest {

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // System.nanoTime() may overflow.
  private final Deadline deadline = Deadline.after(Duration.ofNanos(10), LocalizedMessage.of("problem.search.late"), now::get);

  @Test
  void aCheckBeforeTheDeadlinePasses() {
    now.addAndGet(9);
    deadline.check();
    assertThat(deadline.isPast()).isFalse();
    assertThat(deadline.remaining()).isEqualTo(Duration.ofNanos(1));
  }

  @Test
  void aMissedDeadlineIsAProblemOf503() {
    now.addAndGet(10);
    assertThat(deadline.remaining()).isZero();
    assertThatThrownBy(deadline::check).isInstanceOfSatisfying(Problem.class, p -> {
      assertThat(p.status()).isEqualTo(503);
      assertThat(p.retryAfterSeconds()).isPositive();
    });
  }

  @Test
  void aBacktrackingRegularExpressionIsStopped() {
    CharSequence text = Deadline.after(Duration.ofMillis(50), LocalizedMessage.of("problem.rendering.late")).guard("a".repeat(1_000_000));
    assertThatThrownBy(() -> Pattern.compile("a*b").matcher(text).find()).isInstanceOf(Problem.class);
  }

  @Test
  void aGuardedTextReadsAsTheTextItself() {
    CharSequence text = deadline.guard("one two");
    assertThat(text).hasToString("one two").hasSize(7);
    assertThat(text.subSequence(4, 7)).hasToString("two");
    assertThat(Pattern.compile("\\w+").matcher(text).results()).hasSize(2);
  }
}
