package tasktracker.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.message.IncomingMessage.TextEntity;

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
    assertThat(RichText.harmless(link)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://example.com", "http://example.com/a b", "tg://resolve?domain=x", "example.com/path"})
  void aHarmlessLinkIsFollowed(String link) {
    assertThat(RichText.harmless(link)).isNotNull();
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
}
