package tasktracker.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tasktracker.message.IncomingMessage.TextEntity;

class MarkedTextTest {

  private static TextEntity entity(String type, int offset, int length) {
    return new TextEntity(type, offset, length, null);
  }

  @Test
  void codeAndQuotationsAreWrittenAsMarkdown() {
    assertThat(MarkedText.of("run ls now", List.of(entity("code", 4, 2)))).isEqualTo("run `ls` now");
    assertThat(MarkedText.of("TODO: a\nb", List.of(entity("pre", 0, 9)))).isEqualTo("```TODO: a\nb```");
    assertThat(MarkedText.of("one\ntwo\nthree", List.of(entity("blockquote", 0, 7)))).isEqualTo("> one\n> two\n\nthree");
    assertThat(MarkedText.of("plain", List.of())).isEqualTo("plain");
  }

  @Test
  void entitiesBeyondTheTextAreIgnored() {
    assertThat(MarkedText.of("short", List.of(entity("code", 3, 9), entity("code", 7, 1)))).isEqualTo("short");
    assertThat(MarkedText.of("a b c", List.of(entity("code", 2, 3), entity("code", 0, 3)))).isEqualTo("`a b` c");
  }
}
