package tasktracker.platform.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StorableTextTest {

  @Test
  void ordinaryTextIsTheSameObject() {
    String text = "Привіт 👋 world";
    assertThat(StorableText.of(text)).isSameAs(text);
  }

  @Test
  void nulAndLoneSurrogatesBecomeReplacementCharactersOfTheSameLength() {
    assertThat(StorableText.of("a\0b\uD83Dc\uDC4B")).isEqualTo("a\uFFFDb\uFFFDc\uFFFD").hasSize(6);
  }

  @Test
  void nothingStaysNothing() {
    assertThat(StorableText.ofNullable(null)).isNull();
    assertThat(StorableText.of("")).isEmpty();
  }
}
