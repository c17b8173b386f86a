package tasktracker.message.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tasktracker.message.feed.WordDiff.Fate.GONE;
import static tasktracker.message.feed.WordDiff.Fate.NEW;
import static tasktracker.message.feed.WordDiff.Fate.SAME;

import java.time.Duration;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tasktracker.harness.CountedText;
import tasktracker.harness.Growth;
import tasktracker.message.feed.WordDiff.Change;
import tasktracker.platform.web.Deadline;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;

class WordDiffTest {

  @Test
  void olenaSeesWhichWordKevinChanged() {
    assertThat(WordDiff.between("ship on Thursday morning", "ship on Monday morning"))
        .containsExactly(new Change(SAME, "ship on "), new Change(GONE, "Thursday"), new Change(NEW, "Monday"),
            new Change(SAME, " morning"));
  }

  @Test
  void whatStayedAndCameIsTheNewText() {
    String after = "Зробив відкат, помилка зникла. Деталі в тред!";
    assertThat(WordDiff.between("Роблю відкат, помилка є", after).stream().filter(c -> c.fate() != GONE)
        .map(Change::text).collect(Collectors.joining())).isEqualTo(after);
  }

  @ParameterizedTest
  @MethodSource("tasktracker.harness.HostileTexts#all")
  void comparingCostsNoMoreThanTheTextsAreLong(IntFunction<String> text) {
    Growth.assertLinear(8000, text, t -> WordDiff.between(t, t + "x"));
    Growth.assertLinearSteps(8000, text, t -> {
      CountedText counted = new CountedText(t);
      WordDiff.PIECE.matcher(counted).results().count();
      return counted.reads();
    });
  }

  @Test
  void manyLongWordsAreJoinedWithoutBeingCopiedAgain() {
    Growth.assertLinear(1000, length -> ("a".repeat(length) + " ").repeat(300), t -> WordDiff.between("", t));
    Growth.assertLinear(150, count -> ("a".repeat(1000) + " ").repeat(count), t -> WordDiff.between("", t));
  }

  @Test
  void comparesNoMoreOnceTheDeadlineIsPast() {
    Deadline past = Deadline.after(Duration.ZERO, LocalizedMessage.of("problem.rendering.late"));
    assertThatThrownBy(() -> WordDiff.between("one two", "one three", past)).isInstanceOf(Problem.class);
  }

  @Test
  void veryLongTextsAreToldAsAWhole() {
    String longText = "word ".repeat(5000);
    assertThat(WordDiff.between(longText, "short")).containsExactly(new Change(GONE, longText), new Change(NEW, "short"));
  }
}
