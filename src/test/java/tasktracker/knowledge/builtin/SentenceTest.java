package tasktracker.knowledge.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Sentences are exact parts of their message. */
class SentenceTest {

  private static List<String> split(String text) {
    List<Sentence> sentences = Sentence.split(text);
    sentences.forEach(s -> assertThat(text.substring(s.start(), s.end())).isEqualTo(s.text()));
    return sentences.stream().map(Sentence::text).toList();
  }

  @Test
  void sentencesEndAtMarksAndLines() {
    assertThat(split("First one. Second one? Third!\n- a line\n\nlast")).containsExactly("First one.", "Second one?", "Third!", "- a line",
        "last");
  }

  @Test
  void numbersAbbreviationsAndLinksDoNotEndASentence() {
    assertThat(split("Version 2.1.3 of e.g. the mill.example site costs 3.5 €. Done."))
        .containsExactly("Version 2.1.3 of e.g. the mill.example site costs 3.5 €.", "Done.");
    assertThat(split("Оплата 300 грн. за мішок, т. д. без змін. Далі.")).containsExactly("Оплата 300 грн. за мішок, т. д. без змін.",
        "Далі.");
  }

  @Test
  void codeIsNotDivided() {
    assertThat(split("Run ```a. b\nc. d``` twice. Then stop.")).containsExactly("Run ```a. b\nc. d``` twice.", "Then stop.");
  }

  @Test
  void aSurrogatePairIsNotDivided() {
    assertThat(split("x".repeat(19_999) + "😀")).allSatisfy(s -> assertThat(Character.isHighSurrogate(s.charAt(s.length() - 1))).isFalse());
  }
}
