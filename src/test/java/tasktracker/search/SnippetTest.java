package tasktracker.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tasktracker.harness.CountedList;
import tasktracker.harness.Growth;
import tasktracker.platform.web.Deadline;
import tasktracker.platform.web.LocalizedMessage;

class SnippetTest {

  private static final TextAnalyzer ANALYZER = TextAnalyzer.create();

  private static Snippet of(String text, String... terms) {
    return Snippet.create(text, Set.of(terms), ANALYZER, Deadline.ofRendering());
  }

  private static String textOf(Snippet snippet) {
    return snippet.parts().stream().map(Snippet.Part::text).collect(Collectors.joining());
  }

  @Test
  void theSnippetContainsTheMostTerms() {
    Snippet snippet = of("login " + "and so on ".repeat(100) + "the login of Kevin is broken" + " and more".repeat(100), "login", "broken");
    assertThat(Snippet.matchedWords(snippet)).containsExactly("login", "broken");
    assertThat(textOf(snippet)).startsWith("… ").endsWith(" …").contains("the login of Kevin is broken");
  }

  @Test
  void aTextOfMatchesOnlyTakesLinearTime() {
    Growth.assertLinearSteps(1000, SnippetTest::matches, words -> {
      Snippet.findDensest(words);
      return words.reads();
    });
  }

  private static CountedList<TextAnalyzer.Word> matches(int count) {
    return new CountedList<>(IntStream.range(0, count).mapToObj(i -> new TextAnalyzer.Word(2 * i, 2 * i + 1, "a", List.of("a"))).toList());
  }

  @ParameterizedTest
  @MethodSource("tasktracker.harness.HostileTexts#all")
  void highlightingTakesLinearTime(IntFunction<String> text) {
    Growth.assertLinear(8000, text, t -> of(t, "a", "https", "deploy"));
  }

  @Test
  void theSlidingWindowEqualsAnExhaustiveSearch() {
    Random random = new Random(42);
    for (int round = 0; round < 200; round++) {
      List<TextAnalyzer.Word> words = new ArrayList<>();
      int at = 0;
      for (int i = 0; i < 60; i++) {
        int length = random.nextInt(20) == 0 ? 200 : 1 + random.nextInt(12);
        String term = "t" + random.nextInt(8);
        words.add(new TextAnalyzer.Word(at, at + length, term, List.of(term)));
        at += length + 1 + random.nextInt(60);
      }
      assertThat(Snippet.findDensest(words)).isEqualTo(densestOfAll(words));
    }
  }

  private static int densestOfAll(List<TextAnalyzer.Word> words) {
    int best = 0;
    int max = 0;
    for (TextAnalyzer.Word first : words) {
      Set<String> different = new HashSet<>();
      words.stream().filter(w -> w.start() >= first.start() && w.end() <= first.start() + 180)
          .forEach(w -> different.add(w.terms().getFirst()));
      best = different.size() > max ? first.start() : best;
      max = Math.max(max, different.size());
    }
    return best;
  }

  @Test
  void afterTheDeadlineTheSnippetHasNoHighlights() {
    Deadline past = Deadline.after(Duration.ZERO, LocalizedMessage.of("problem.search.late"));
    Snippet snippet = Snippet.create("and so on ".repeat(1000) + "login", Set.of("login"), ANALYZER, past);
    assertThat(Snippet.matchedWords(snippet)).isEmpty();
    assertThat(textOf(snippet)).startsWith("and so on");
  }

  @Test
  void aWordOfAMebibyteIsTruncated() {
    Snippet snippet = of("a".repeat(1 << 20), "a");
    assertThat(textOf(snippet)).hasSizeLessThan(300);
  }
}
