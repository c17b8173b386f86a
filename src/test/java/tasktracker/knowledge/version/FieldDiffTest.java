package tasktracker.knowledge.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import tasktracker.knowledge.version.FieldDiff.Part;

/** A difference tells both texts completely. */
class FieldDiffTest {

  private static final List<String> WORDS = List.of("we", "ship", "on", "Friday", "не", "вчора", "  ", "\n", "👍", ".", "", "a\tb",
      "\u00a0");

  private static String join(List<Part> parts, String signs) {
    return parts.stream().filter(part -> signs.contains(part.sign())).map(Part::text).collect(Collectors.joining());
  }

  private static String text(Random random, int most) {
    return IntStream.range(0, random.nextInt(most + 1)).mapToObj(i -> WORDS.get(random.nextInt(WORDS.size())))
        .collect(Collectors.joining(random.nextBoolean() ? " " : ""));
  }

  @Test
  void bothTextsAreRestoredFromAnyDifference() {
    Random random = new Random(16);
    for (int i = 0; i < 3000; i++) {
      String before = text(random, 25);
      String after = i % 3 == 0 ? before + text(random, 3) : text(random, 25);
      List<Part> parts = FieldDiff.compare(before, after);
      assertThat(join(parts, "=-")).isEqualTo(before);
      assertThat(join(parts, "=+")).isEqualTo(after);
      assertThat(parts).allMatch(part -> !part.text().isEmpty());
    }
  }

  @Test
  void equalTextsHaveNoDifference() {
    assertThat(FieldDiff.compare("we ship on Friday", "we ship on Friday")).containsExactly(new Part("=", "we ship on Friday"));
    assertThat(FieldDiff.compare("", "")).isEmpty();
    assertThat(FieldDiff.of(Map.of("title", "a"), Map.of("title", "a"))).isEmpty();
  }

  @Test
  void oneChangedWordIsTold() {
    assertThat(FieldDiff.compare("we ship on Friday", "we ship on Monday"))
        .containsExactly(new Part("=", "we ship on "), new Part("-", "Friday"), new Part("+", "Monday"));
  }

  @Test
  void fieldsAreAddedRemovedOrChanged() {
    Map<String, String> before = new LinkedHashMap<>(Map.of("title", "a"));
    before.put("confidence", "0.5");
    Map<String, String> after = new LinkedHashMap<>(Map.of("title", "b"));
    after.put("content", "c");
    assertThat(FieldDiff.of(before, after)).extracting(FieldDiff::path, FieldDiff::type).containsExactly(
        org.assertj.core.api.Assertions.tuple("title", "changed"), org.assertj.core.api.Assertions.tuple("confidence", "removed"),
        org.assertj.core.api.Assertions.tuple("content", "added"));
  }

  @Test
  void aLongTextIsComparedAsAWholeAndAtOnce() {
    String before = "word ".repeat(100_000);
    Assertions.assertTimeout(Duration.ofSeconds(5), () -> assertThat(FieldDiff.compare(before, before + "more"))
        .extracting(Part::sign).containsExactly("-", "+"));
  }
}
