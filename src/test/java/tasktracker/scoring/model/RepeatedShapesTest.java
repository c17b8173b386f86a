package tasktracker.scoring.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RepeatedShapesTest {

  private static List<String> builds(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "✅ Build #" + (400 + i) + " of shop-" + i + " finished in " + (3 + i) + " minutes, see https://ci.example.com/" + i)
        .toList();
  }

  @Test
  void messagesOfABotShareAShape() {
    RepeatedShapes shapes = RepeatedShapes.of(builds(12));
    assertThat(shapes.count("✅ Build #977 of shop-99 finished in 41 minutes, see https://ci.example.com/977")).isEqualTo(12);
    assertThat(shapes.count("The build server has no space left, who can look?")).isZero();
  }

  @Test
  void aFewMessagesAreTooLittle() {
    assertThat(RepeatedShapes.of(builds(11)).count(builds(1).getFirst())).isZero();
    assertThat(RepeatedShapes.of(List.of())).isSameAs(RepeatedShapes.NONE);
  }

  @Test
  void aPersonWhoRepeatsHerselfIsNoBot() {
    List<String> texts = new ArrayList<>(IntStream.range(0, 6).mapToObj(i -> "I am back from lunch at " + (12 + i)).toList());
    for (int i = 0; i < 10; i++) {
      texts.addAll(List.of("ok", "good morning all"));
    }
    assertThat(RepeatedShapes.of(texts).count("I am back from lunch at 18")).isZero();
    assertThat(RepeatedShapes.of(IntStream.range(0, 30).mapToObj(i -> "ok thanks").toList()).count("ok thanks")).isZero();
  }

  @Test
  void numbersLinksNamesAndQuotationsAreMasked() {
    assertThat(RepeatedShapes.shape("[JIRA] Olena moved APP-12 \"Fix the login\" to review by 3 May"))
        .isEqualTo(RepeatedShapes.shape("[JIRA] Kevin moved APP-7 \"Add a dark theme\" to review by 28 June"));
    assertThat(RepeatedShapes.shape("Нагадування: чергує сьогодні @olena до 18:00")).isEqualTo(
        RepeatedShapes.shape("Нагадування: чергує сьогодні @kevin до 20:00"));
    assertThat(RepeatedShapes.shape("ok 12")).isEmpty();
    assertThat(RepeatedShapes.shape("")).isEmpty();
  }
}
