package tasktracker.knowledge.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Titles are whole words of the sentence that matters. */
class TitleWriterTest {

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      DECISION: we bake at night. | We bake at night
      Hi all, the mill is closed until Monday. | The mill is closed until Monday
      @omar the scale shows two grams too much | The scale shows two grams too much
      Omar, the scale shows two grams too much | The scale shows two grams too much
      1) order flour for the whole week | Order flour for the whole week
      Рішення: печемо вночі. | Печемо вночі
      Привіт усім! Піч не працює з ранку | Піч не працює з ранку
      How many loaves do we need? | How many loaves do we need?
      npm3 fails to install | npm3 fails to install
      """)
  void markersAndGreetingsAreNoPartOfATitle(String sentence, String title) {
    assertThat(TitleWriter.write(sentence, Set.of("omar"))).isEqualTo(title);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      The supplier wants to be paid in advance, which we never did before in all of these years | The supplier wants to be paid in advance…
      The new supplier of the flour for our second bakery wants to be paid before the delivery | The new supplier of the flour for our second bakery wants…
      """)
  void aLongSentenceIsCutAtAClauseOrAWord(String sentence, String title) {
    assertThat(TitleWriter.write(sentence, Set.of())).isEqualTo(title);
  }
}
