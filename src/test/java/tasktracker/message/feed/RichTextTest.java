package tasktracker.message.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.harness.CountedText;
import tasktracker.harness.Growth;
import tasktracker.message.IncomingMessage.TextEntity;
import tasktracker.platform.web.Deadline;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;

class RichTextTest {

  @Test
  void theSpansOfAMessageTogetherAreItsText() {
    String text = "See https://example.com/a?b=1, then tell 👍 Olena.";
    List<RichText.Span> spans = RichText.spans(text, List.of(new TextEntity("bold", 0, 9, null), new TextEntity("italic", 4, 20, null)));
    assertThat(spans.stream().map(RichText.Span::text).collect(Collectors.joining())).isEqualTo(text);
    assertThat(spans).extracting(RichText.Span::href).contains("https://example.com/a?b=1");
  }

  @Test
  void aLinkThatKevinWroteWithAnotherTextLeadsWhereHePointed() {
    assertThat(RichText.spans("the plan", List.of(new TextEntity("text_link", 4, 4, "https://wiki.example/plan"))))
        .contains(new RichText.Span("plan", "", "https://wiki.example/plan"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "data:text/html,<script>", "vbscript:x",
      "file:///etc/passwd", "java\nscript:alert(1)", "//evil.example", "https:evil", "http://"})
  void aHarmfulLinkLeadsNowhere(String link) {
    assertThat(RichText.safeLink(link)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://example.com", "http://example.com/a b", "tg://resolve?domain=x", "example.com/path"})
  void aHarmlessLinkIsFollowed(String link) {
    assertThat(RichText.safeLink(link)).isNotNull();
  }

  @Test
  void entitiesThatLieOutsideOfTheTextAreLeftAlone() {
    assertThat(RichText.spans("ok", List.of(new TextEntity("bold", 1, 99, null), new TextEntity("bold", -1, 1, null),
        new TextEntity("bold", 2, Integer.MAX_VALUE, null)))).containsExactly(new RichText.Span("ok", "", null));
  }

  @Test
  void codeIsNotSearchedForLinks() {
    assertThat(RichText.spans("curl https://example.com", List.of(new TextEntity("code", 0, 24, null))))
        .containsExactly(new RichText.Span("curl https://example.com", "code", null));
  }

  @ParameterizedTest
  @ValueSource(ints = {125, 15_000})
  void marksThatAllLieInEachOtherCostNoMoreThanTheyAreMany(int size) {
    Growth.assertLinear(size, RichTextTest::nested, marks -> RichText.spans("x".repeat(2 * marks.size()), marks));
  }

  private static List<TextEntity> nested(int count) {
    return IntStream.range(0, count).mapToObj(i -> new TextEntity(i % 2 == 0 ? "bold" : "italic", i, 2 * (count - i), null)).toList();
  }

  @Test
  void linksMarkedAtOnePlaceCostNoMoreThanTheyAreMany() {
    Growth.assertLinear(125, count -> Collections.nCopies(count, new TextEntity("text_link", 0, 4, "https://a.example")),
        marks -> RichText.spans("text", marks));
  }

  @Test
  void linksBesideMarkedOnesCostNoMoreThanTheyAreMany() {
    Growth.assertLinear(125, count -> count, count -> RichText.spans("https://a.example ".repeat(count),
        IntStream.range(0, count).mapToObj(i -> new TextEntity("code", 18 * i + 17, 1, null)).toList()));
  }

  @ParameterizedTest
  @MethodSource("tasktracker.harness.HostileTexts#all")
  void aTextIsCutIntoPiecesWithoutReadingItAgain(IntFunction<String> text) {
    Growth.assertLinearSteps(4000, text, t -> {
      CountedText counted = new CountedText(t);
      RichText.BARE_LINK.matcher(counted).results().count();
      RichText.BARE_HOST.matcher(counted).matches();
      return counted.reads();
    });
    String whole = text.apply(300_000);
    assertThat(RichText.spans(whole, List.of(new TextEntity("url", 0, whole.length(), null))).stream().map(RichText.Span::text)
        .collect(Collectors.joining())).isEqualTo(whole);
  }

  @Test
  void whatIsMarkedBehindAThousandMarksIsPlainText() {
    List<TextEntity> marks = IntStream.range(0, 1200).mapToObj(i -> new TextEntity("bold", 2 * i, 1, null)).toList();
    List<RichText.Span> spans = RichText.spans("ab".repeat(1200), marks);
    assertThat(spans.stream().filter(s -> s.style().equals("bold"))).hasSize(1000);
    assertThat(spans.getLast()).isEqualTo(new RichText.Span("b" + "ab".repeat(200), "", null));
  }

  @Test
  void ofALongTextTheBeginningIsShownWithItsMarks() {
    String text = "See https://a.example/page and https://b.example/page";
    Deadline deadline = Deadline.ofRendering();
    assertThat(RichText.spans(text, 40, List.of(new TextEntity("bold", 27, 20, null)), deadline)).containsExactly(
        new RichText.Span("See ", "", null), new RichText.Span("https://a.example/page", "", "https://a.example/page"),
        new RichText.Span(" ", "", null), new RichText.Span("and https://b", "bold", null));
  }

  @Test
  void rendersNoMoreOnceTheDeadlineIsPast() {
    Deadline past = Deadline.after(Duration.ZERO, LocalizedMessage.of("problem.rendering.late"));
    assertThatThrownBy(() -> RichText.spans("text", 4, List.of(), past)).isInstanceOfSatisfying(Problem.class,
        p -> assertThat(p.status()).isEqualTo(503));
  }

  @Test
  void aLinkLongerThanAnyBrowserTakesIsShownAsText() {
    assertThat(RichText.safeLink("https://a.example/" + "x".repeat(2030))).isNotNull();
    assertThat(RichText.safeLink("https://a.example/" + "x".repeat(2031))).isNull();
  }

  @Test
  void marksThatCrossEachOtherHoldWhereTheyLie() {
    assertThat(RichText.spans("abcdef", List.of(new TextEntity("italic", 2, 4, null), new TextEntity("bold", 0, 4, null),
        new TextEntity("bold", 1, 2, null)))).containsExactly(new RichText.Span("a", "bold", null), new RichText.Span("b", "bold", null),
            new RichText.Span("c", "bold italic", null), new RichText.Span("d", "bold italic", null),
            new RichText.Span("ef", "italic", null));
  }
}
