package tasktracker.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Texts that people would call the same are the same. */
class NormalizedTextTest {

  @Test
  void caseSignsAndSpacesMakeNoDifference() {
    assertThat(NormalizedText.of("  Sync — of FILES! ")).isEqualTo("sync of files").isEqualTo(NormalizedText.of("sync, of\u00a0files"));
    assertThat(NormalizedText.of("Об’єкт")).isEqualTo(NormalizedText.of("об'єкт")).isEqualTo(NormalizedText.of("обʼєкт"));
    assertThat(NormalizedText.of("Ｓｙｎｃ")).isEqualTo("sync");
    assertThat(NormalizedText.of("cafe\u0301")).isEqualTo(NormalizedText.of("café"));
    assertThat(NormalizedText.of("їжак".replace("ї", "і\u0308"))).isEqualTo(NormalizedText.of("їжак"));
  }

  @Test
  void anotherLetterOrNumberMakesOne() {
    assertThat(NormalizedText.of("v2.4")).isNotEqualTo(NormalizedText.of("v2.5")).isNotEqualTo(NormalizedText.of("v24"));
    assertThat(NormalizedText.of("и")).isNotEqualTo(NormalizedText.of("і"));
  }

  @Test
  void aNameOfSignsIsItsOwnKey() {
    assertThat(NormalizedText.of("🚀🚀")).isEmpty();
    assertThat(NormalizedText.keyOf(" 🚀 ")).isEqualTo("🚀").isNotEqualTo(NormalizedText.keyOf("🔥"));
  }

  @Test
  void aNormalizedTextStaysAsItIs() {
    Random random = new Random(16);
    for (int i = 0; i < 20_000; i++) {
      String text = IntStream.range(0, 12).map(n -> 1 + random.nextInt(n % 3 == 0 ? 0x1ffff : 0x500))
          .filter(c -> !Character.isSurrogate((char) c) || c > 0xffff).mapToObj(Character::toString).collect(Collectors.joining());
      assertThat(NormalizedText.of(NormalizedText.of(text))).isEqualTo(NormalizedText.of(text));
    }
  }
}
