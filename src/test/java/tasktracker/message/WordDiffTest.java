package tasktracker.message;

import static org.assertj.core.api.Assertions.assertThat;
import static tasktracker.message.WordDiff.Fate.GONE;
import static tasktracker.message.WordDiff.Fate.NEW;
import static tasktracker.message.WordDiff.Fate.SAME;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tasktracker.message.WordDiff.Change;

class WordDiffTest {

  @Test
  void olenaSeesWhichWordKevinChanged() {
    assertThat(WordDiff.between("ship on Thursday morning", "ship on Monday morning"))
        .containsExactly(new Change(SAME, "ship on "), new Change(GONE, "Thursday"), new Change(NEW, "Monday"), new Change(SAME, " morning"));
  }

  @Test
  void whatStayedAndCameIsTheNewText() {
    String after = "Зробив відкат, помилка зникла. Деталі в тред!";
    assertThat(WordDiff.between("Роблю відкат, помилка є", after).stream().filter(c -> c.fate() != GONE)
        .map(Change::text).collect(Collectors.joining())).isEqualTo(after);
  }

  @Test
  void veryLongTextsAreToldAsAWhole() {
    String longText = "word ".repeat(5000);
    assertThat(WordDiff.between(longText, "short")).containsExactly(new Change(GONE, longText), new Change(NEW, "short"));
  }
}
