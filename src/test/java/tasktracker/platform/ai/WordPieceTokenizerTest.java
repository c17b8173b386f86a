package tasktracker.platform.ai;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.harness.Growth;
import tasktracker.harness.HostileTexts;

class WordPieceTokenizerTest {

  private static final WordPieceTokenizer OURS = WordPieceTokenizer.load();
  private static final HuggingFaceTokenizer THEIRS = theirs();

  private static HuggingFaceTokenizer theirs() {
    try (var in = WordPieceTokenizerTest.class.getResourceAsStream("/all-minilm-l6-v2-q-tokenizer.json")) {
      return HuggingFaceTokenizer.newInstance(in,
          Map.of("padding", "false", "truncation", "true", "maxLength", "256", "modelMaxLength", "256"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "Kevin: the migration broke production, can you roll back?",
      "Помилка в міграції, база впала",
      "Ёлки, всё сломалось; й и ї",
      "naïve café résumé Ångström ﬁne",
      "https://example.org/a_b?c=d#e $5.00 + 10% ~ `x` ^ | <b>",
      "tabs\tand\nnew lines\r\n\u00a0no-break\u2003em space\u200bzero width\u3000wide",
      "漢字かな交じり文 한국어 텍스트 𠀀",
      "👍🏽 family 👨‍👩‍👧 flag 🇺🇦 ✅",
      "“quotes” — dash … ‹angle› «guillemets» ¿qué?",
      "\u0000nul\u0007bell\ufffdreplacement\ue000private\u202Ertl override",
      "مرحبا بالعالم שלום हिन्दी ไทย",
      "İstanbul STRASSE ẞ ΣΊΣΥΦΟΣ",
      "a\u0301 e\u0308 combining Z\u0351\u0343\u0367algo",
      "unaffable antidisestablishmentarianism supercalifragilisticexpialidocious",
      " ", ""})
  void tokensEqualThoseOfTheReferenceTokenizer(String line) {
    assertThat(OURS.encode(line, 256)).containsExactly(THEIRS.encode(line).getIds());
  }

  @Test
  void everyTextIsCutIntoPiecesThatTheModelKnows() {
    HostileTexts.random(20_000).forEach(text -> {
      long[] ids = OURS.encode(text, 256);
      assertThat(ids).as(text).hasSizeBetween(2, 256).startsWith(101).endsWith(102);
      assertThat(Arrays.stream(ids)).as(text).allMatch(id -> id >= 0 && id < 30_522);
    });
  }

  @Test
  void aWordOfMoreThanAHundredLettersIsUnknown() {
    for (int letters : List.of(99, 100, 101, 5000)) {
      String word = "x".repeat(letters) + " end";
      assertThat(OURS.encode(word, 256)).containsExactly(THEIRS.encode(word).getIds());
    }
  }

  @Test
  void aLongTextIsTruncatedToTheModelsLimit() {
    String text = String.join(" ", IntStream.range(0, 900).mapToObj(i -> "unbelievable" + i).toList());
    assertThat(OURS.encode(text, 256)).hasSize(256).containsExactly(THEIRS.encode(text).getIds());
  }

  @ParameterizedTest
  @MethodSource("tasktracker.harness.HostileTexts#all")
  void theCostIsLinearInTheLengthOfTheText(IntFunction<String> text) {
    Growth.assertLinear(1500, text, t -> OURS.encode(t, Integer.MAX_VALUE));
  }
}
