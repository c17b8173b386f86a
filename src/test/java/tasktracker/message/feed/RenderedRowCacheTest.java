package tasktracker.message.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tasktracker.message.Strength;
import tasktracker.platform.web.TemplatePreview;
import tasktracker.platform.web.TimeZones;
import tasktracker.platform.web.ValueFormats;

/** Rows that are kept show what the message says now, to each reader in her language, and link into her own list. */
class RenderedRowCacheTest {

  private static final UUID ID = new UUID(7, 1);
  private static final Locale UKRAINIAN = Locale.of("uk");
  private static final ValueFormats FORMATS = new ValueFormats(TimeZones.UTC);
  private final RenderedRowCache rows = new RenderedRowCache(new TemplatePreview().templates());

  @Test
  void aRowIsShownAnewAfterEachChange() {
    assertThat(list(message("Deploy is broken", "Olena", null, null))).contains("Deploy is broken", "Olena", "Not scored")
        .doesNotContain(">91<");
    assertThat(list(message("Deploy is broken", "Olena", "signal", .82))).contains(">91<", "Signal");
    assertThat(list(message("Deploy works", "Olena M.", "signal", .82))).contains("Deploy works", "Olena M.").doesNotContain("broken");
  }

  @Test
  void readersOfTwoLanguagesSeeTheirOwn() {
    MessageItem message = message("Deploy", "Olena", "signal", .5);
    assertThat(rows.list(List.of(message), Locale.ENGLISH, "", FORMATS)).contains(">Signal<");
    assertThat(rows.list(List.of(message), UKRAINIAN, "", FORMATS)).contains(">Сигнал<");
  }

  @Test
  void readersInTwoZonesSeeTheirOwnTime() {
    MessageItem message = message("Deploy", "Olena", "signal", .5);
    assertThat(rows.list(List.of(message), Locale.ENGLISH, "", new ValueFormats(ZoneId.of("Asia/Kathmandu"))))
        .contains("datetime=\"2026-11-30T08:00:00Z\">2026-11-30 13:45</time>");
    assertThat(rows.list(List.of(message), Locale.ENGLISH, "", new ValueFormats(ZoneId.of("America/New_York"))))
        .contains("datetime=\"2026-11-30T08:00:00Z\">2026-11-30 03:00</time>");
  }

  @Test
  void eachListOpensTheMessageWithItsOwnFilters() {
    MessageItem message = message("Deploy", "Olena", null, null);
    assertThat(rows.list(List.of(message), Locale.ENGLISH, "?q=a%22b&class=signal", FORMATS))
        .contains("href=\"/messages/" + ID + "?q=a%22b&amp;class=signal\"");
    assertThat(list(message)).contains("href=\"/messages/" + ID + "\"");
  }

  @Test
  void hostileNamesAndTextsStayText() {
    String hostile = "\"><a href=\"/messages/" + ID + "\"><script>alert(1)</script>";
    String html = rows.list(List.of(message(hostile, hostile, null, null)), Locale.ENGLISH, "?q=x", FORMATS);
    assertThat(html).doesNotContain("<script>").containsOnlyOnce("<a ").containsOnlyOnce("href=\"/messages/" + ID + "?q=x\"");
  }

  @Test
  void aRowIsShort() {
    assertThat(list(message("Deploy is broken", "Olena", "signal", .82)).length()).isLessThan(1_000);
  }

  @Test
  void aReplacementFindsItsPlaceByItsId() {
    assertThat(rows.replacements(List.of(message("Deploy", "Olena", null, null)), Locale.ENGLISH))
        .startsWith("<template><tr hx-swap-oob=\"true\" id=\"msg-" + ID + "\"").endsWith("</time></template>");
  }

  private String list(MessageItem message) {
    return rows.list(List.of(message), Locale.ENGLISH, "", FORMATS);
  }

  private static MessageItem message(String text, String author, @Nullable String classification, @Nullable Double score) {
    Instant sent = Instant.parse("2026-11-30T08:00:00Z");
    return new MessageItem(ID, "1", text, false, sent, null, 1, "text", new UUID(2, 2), "telegram", new UUID(1, 1),
        "Team", null, null, null, null, new UUID(3, 3), author, null, null, score,
        score == null || classification == null ? null : Strength.of(classification, score), classification, null, null, "en", sent, sent);
  }
}
