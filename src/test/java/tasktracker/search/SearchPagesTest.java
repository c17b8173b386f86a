package tasktracker.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.message.MessageItem;
import tasktracker.platform.web.Preferences;
import tasktracker.platform.web.Showroom;

/** The search page and the results under the search box, rendered with sample data in both languages. */
class SearchPagesTest {

  private static final String HOSTILE = "<img src=x onerror=alert(1)> login & \"broken\"";
  private final Showroom showroom = new Showroom();

  @ParameterizedTest
  @ValueSource(strings = {"en", "uk"})
  void theEmptyPageSaysWhatCanBeFound(String language) {
    assertThat(page(language, "", Map.of())).contains("id=\"search-q\"", "class=\"empty\"").doesNotContain("<mark>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "uk"})
  void aHitIsShownAsTextWithItsWordsMarkedAndItsReasons(String language) {
    Hit hit = hit(List.of("words", "spelling", "meaning"), .83);
    String html = page(language, "login", found(List.of(hit), true));
    assertThat(html).contains("<mark>login</mark>", "&lt;img src=x onerror=alert(1)&gt;", "83", "/messages/" + hit.message().id(), "Kevin")
        .doesNotContain("<img src=x");
  }

  @Test
  void withoutTheModelThePageSaysThatWordsAloneWereLookedFor() {
    assertThat(page("en", "login", found(List.of(hit(List.of("words"), null)), false))).contains("by their words alone");
    assertThat(page("en", "login", found(List.of(hit(List.of("words"), null)), true))).doesNotContain("by their words alone");
  }

  @Test
  void nothingFoundOffersWhatIsSpeltAlike() {
    Map<String, Object> model = new HashMap<>(Map.of("hits", List.of(),
        "findings", new Search.Findings("lgin", List.of(), true, List.of("login"))));
    assertThat(page("en", "lgin", model)).contains("Nothing found", "/search?q=login");
  }

  @Test
  void whatIsOnlyFaintlyAlikeIsShownWhenSomebodyAsksForIt() {
    List<Hit> found = List.of(hit(List.of("words", "meaning"), .5), hit(List.of("meaning"), .7), hit(List.of("meaning"), .55));
    assertThat(SearchPage.Worthwhile.of(found, false)).isEqualTo(new SearchPage.Worthwhile(found.subList(0, 2), 1));
    assertThat(SearchPage.Worthwhile.of(found, true)).isEqualTo(new SearchPage.Worthwhile(found, 0));
    Map<String, Object> model = new HashMap<>(found(List.of(), true));
    model.putAll(Map.of("faint", 3, "withFaint", "/search?q=qqq&faint=true"));
    assertThat(page("en", "qqq", model)).contains("Nothing found", "Show 3 more", "/search?q=qqq&amp;faint=true");
    model.putAll(Map.of("hits", List.of(SearchPage.Shown.of(found.get(1))), "wordless", true,
        "findings", new Search.Findings("qqq", found, true, List.of("queue"))));
    assertThat(page("en", "qqq", model)).contains("Nothing has these words", "/search?q=queue");
    assertThat(page("uk", "qqq", model)).contains("ще 3 віддалено схожі");
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "uk"})
  void theSearchBoxShowsTwoGroupsAndTheWayToAll(String language) {
    String html = showroom.fragment("search/_palette", "groups", Locale.of(language), Map.of("asked", true, "suggestions", List.of(),
        "all", "/search?q=login", "groups", List.of(
            new SearchPage.Group("words", List.of(SearchPage.Shown.of(hit(List.of("words"), null)))),
            new SearchPage.Group("meaning", List.of(SearchPage.Shown.of(hit(List.of("meaning"), .7)))))));
    assertThat(html).contains("/search?q=login").doesNotContain("<img src=x");
    assertThat(html.split("<h2", -1)).hasSize(3);
  }

  private String page(String language, String typed, Map<String, Object> more) {
    Map<String, Object> model = new HashMap<>(more);
    model.put("query", new SearchQuery(typed, null, null, Set.of(), null, null, tasktracker.message.MessageFilter.ANY, 30));
    model.put("chats", List.of(Map.of("id", UUID.randomUUID(), "title", "Backend")));
    model.put("classes", List.of("signal", "noise"));
    return showroom.render("search/page", model, new Preferences(language, "light", "comfortable", true));
  }

  private static Map<String, Object> found(List<Hit> hits, boolean knowsMeaning) {
    return Map.of("hits", hits.stream().map(SearchPage.Shown::of).toList(),
        "findings", new Search.Findings("login", hits, knowsMeaning, List.of()));
  }

  private static Hit hit(List<String> why, Double similarity) {
    UUID id = UUID.randomUUID();
    MessageItem message = new MessageItem(id, "1", HOSTILE, Instant.EPOCH, null, 1, "text", id, "api", id, "Backend", null, null,
        null, null, id, "Olena", null, null, .7, "signal", null, null, "en", Instant.EPOCH, Instant.EPOCH);
    return new Hit(message, 1, why, List.of("login"), Snippet.of(HOSTILE, Set.of("login"), WordForms.take()),
        new Hit.Said(id, "Kevin", "<b>before</b>"), null, similarity);
  }
}
