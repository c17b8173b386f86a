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
  void unstorableCharactersAreReplacedInPlace() {
    assertThat(StorableText.of("a\0b\uD83Dc\uDC4B")).isEqualTo("a\uFFFDb\uFFFDc\uFFFD").hasSize(6);
  }

  @Test
  void nullStaysNull() {
    assertThat(StorableText.ofNullable(null)).isNull();
    assertThat(StorableText.of("")).isEmpty();
  }

  @Test
  void aTextIsTruncatedBetweenCharacters() {
    assertThat(StorableText.truncate("ab👍", 3)).isEqualTo("ab");
    assertThat(StorableText.truncate("ab👍", 4)).isEqualTo("ab👍");
  }

  @Test
  void aLongNameIsTruncated() {
    assertThat(StorableText.name("x".repeat(1 << 20))).hasSize(300);
    assertThat(StorableText.name(null)).isNull();
  }

  @Test
  void longIdsStayUniqueAndFitIntoAnIndex() {
    String one = "x".repeat(1 << 20);
    assertThat(StorableText.key(one)).hasSizeLessThan(300).isEqualTo(StorableText.key(one)).isNotEqualTo(StorableText.key(one + "y"));
    assertThat(StorableText.key("user:7")).isEqualTo("user:7");
  }
}
