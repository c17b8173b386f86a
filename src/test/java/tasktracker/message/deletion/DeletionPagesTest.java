package tasktracker.message.deletion;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.MultivaluedHashMap;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tasktracker.message.feed.Feed;
import tasktracker.message.feed.FeedQuery;
import tasktracker.platform.web.Preferences;
import tasktracker.platform.web.TemplatePreview;

/** The pages of deleting, rendered without a server. */
class DeletionPagesTest {

  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final UUID ONE = new UUID(1, 1);
  private final TemplatePreview showroom = new TemplatePreview();

  private String asked(String language, List<UUID> ids, Feed.Count count, String filter) {
    return showroom.render("message/delete", Map.of("rows", List.of(), "count", count, "ids", ids, "filter", filter,
        "back", "/messages", "days", 30), new Preferences(language, "light", "comfortable", true));
  }

  @Test
  void olenaReadsHowManySheDeletesInHerLanguage() {
    assertThat(asked("en", List.of(ONE), new Feed.Count(1, true), "")).contains("Delete 1 message?", "value=\"" + ONE + "\"")
        .doesNotContain("name=\"filter\"");
    assertThat(asked("uk", List.of(ONE), new Feed.Count(5, true), "")).contains("Видалити 5 повідомлень?", "Упродовж 30 днів");
    assertThat(asked("en", List.of(), new Feed.Count(10_000, false), "?q=%3Cb%3E")).contains("Delete more than", "name=\"filter\"",
        "value=\"?q=%3Cb%3E\"").doesNotContain("name=\"id\"");
  }

  @Test
  void onlyWhatCanBeUndoneOffersIt() {
    var done = new Deletion(ONE, List.of(ONE), null, "deleted", 3, "<b>olena</b>", NOON, true);
    var back = new Deletion(new UUID(2, 2), null, "?q=x", "restored", 0, "kevin", NOON, false);
    String html = deleted(new DeletionItem(done, List.of("Team"), "it says"), new DeletionItem(back, List.of(), null));
    assertThat(html).contains("/messages/deleted/" + ONE + "/undo", "href=\"/messages?q=x\"", "&lt;b&gt;olena")
        .doesNotContain("/messages/deleted/" + back.id() + "/undo");
    assertThat(showroom.render("message/deleted", Map.of("deletions", List.of(), "days", 30),
        new Preferences("uk", "light", "comfortable", true))).contains("Немає видалених повідомлень");
  }

  @Test
  void theListShowsChatsAndTheFirstLineWhileItIsStored() {
    var kept = new Deletion(ONE, List.of(ONE), null, "deleted", 3, "olena", NOON, true);
    var purged = new Deletion(new UUID(2, 2), List.of(ONE), null, "deleted", 1, "olena", NOON, false);
    assertThat(deleted(new DeletionItem(kept, List.of("A", "B", "C", "D"), "<b>it says")))
        .contains("A, B, C, …", "&lt;b&gt;it says", "and 2 more").doesNotContain("no longer stored");
    assertThat(deleted(new DeletionItem(purged, List.of("Team"), null))).contains("Team", "The texts are no longer stored.");
    assertThat(deleted(new DeletionItem(kept, List.of(), null))).doesNotContain("no longer stored", "and 2 more");
  }

  private String deleted(DeletionItem... items) {
    return showroom.render("message/deleted", Map.of("deletions", List.of(items), "days", 30),
        new Preferences("en", "light", "comfortable", true));
  }

  @Test
  void aListIsReadAsItWasWritten() {
    var asked = new MultivaluedHashMap<String, String>();
    asked.putSingle("q", "api & помилка=100%");
    asked.putSingle("class", "signal");
    String written = FeedQuery.of(new tasktracker.platform.web.query.Query(asked)).here("");
    assertThat(FeedQuery.parse(written).here("")).isEqualTo(written);
    assertThat(FeedQuery.parse(written).filter().text()).isEqualTo("api & помилка=100%");
    assertThat(FeedQuery.parse("").filters()).isZero();
  }
}
