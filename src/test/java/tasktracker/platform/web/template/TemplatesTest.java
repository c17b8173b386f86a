package tasktracker.platform.web.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tasktracker.platform.web.Deadline;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.TemplatePreview;
import tasktracker.platform.web.problem.Problem;
import tasktracker.platform.web.problem.Problems;

class TemplatesTest {

  private final TemplatePreview preview = new TemplatePreview();

  @Test
  void aPageThatTakesTooLongIsAProblemOf503() {
    Deadline past = Deadline.after(Duration.ZERO, LocalizedMessage.of("problem.rendering.late"));
    Throwable failure = catchThrowable(
        () -> preview.templates().render("message/_feed", "pill", Locale.ENGLISH, Map.of("quiet", false), past));
    Problem problem = Problems.of(failure);
    assertThat(problem.status()).isEqualTo(503);
    assertThat(problem.retryAfterSeconds()).isPositive();
    assertThat(preview.fragment("message/_feed", "pill", Locale.ENGLISH, Map.of("quiet", false))).isNotBlank();
  }
}
