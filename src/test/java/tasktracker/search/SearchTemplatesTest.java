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
import tasktracker.knowledge.atom.AtomItem;
import tasktracker.knowledge.topic.TopicItem;
import tasktracker.message.feed.MessageItem;
import tasktracker.platform.web.Deadline;
import tasktracker.platform.web.Preferences;
import tasktracker.platform.web.TemplatePreview;

/** The search page and the results below the search box, rendered with sample data in both languages. */
class SearchTemplatesTest {

  private static final String HOSTILE = "<img src=x onerror=alert(1)> login & \"broken\"";
  private final TemplatePreview templates = new TemplatePreview();

  @ParameterizedTest
  @ValueSource(strings = {"en", "uk"})
  void theEmptyPageExplainsTheSearch(String language) {
    assertThat(page(language, "", Map.of())).contains("id=\"search-q\"", "class=\"empty\"").doesNotContain("<mark>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "uk"})
  void aResultIsEscapedAndHighlightedWithReasons(String language) {
    Hit hit = hit(List.of("words", "spelling", "meaning"), .83);
    String html = page(language, "login", found(List.of(hit), true));
    assertThat(html).contains("<mark>login</mark>", "&lt;img src=x onerror=alert(1)&gt;", "83", "/messages/" + hit.message().id(), "Kevin")
        .doesNotContain("<img src=x");
  }

  @Test
  void withoutTheModelThePageShowsANotice() {
    assertThat(page("en", "login", found(List.of(hit(List.of("words"), null)), false))).contains("Showing full-text matches only");
    assertThat(page("en", "login", found(List.of(hit(List.of("words"), null)), true))).doesNotContain("Showing full-text matches only");
  }

  @Test
  void withoutResultsSuggestionsAreDisplayed() {
    Map<String, Object> model = new HashMap<>(Map.of("hits", List.of(),
        "findings", new Search.Findings("lgin", List.of(), true, List.of("login"), 0, 0)));
    assertThat(page("en", "lgin", model)).contains("No results", "/search?q=login");
  }

  @Test
  void lessRelevantResultsAreDisplayedOnRequest() {
    ReciprocalRankFusion.Fused fullText = fused(ReciprocalRankFusion.Reason.WORDS, ReciprocalRankFusion.Reason.MEANING);
    ReciprocalRankFusion.Fused similar = fused(ReciprocalRankFusion.Reason.MEANING);
    ReciprocalRankFusion.Fused lessSimilar = fused(ReciprocalRankFusion.Reason.MEANING);
    var ranked = new Search.Ranked(ParsedQuery.of("login"), List.of(fullText, similar, lessSimilar),
        Map.of(fullText.message(), 0., similar.message(), .4, lessSimilar.message(), .1), Set.of(), true, false);
    assertThat(ranked.withMinimumSimilarity(.65).best()).containsExactly(fullText, similar);
    assertThat(ranked.withMinimumSimilarity(0).best()).containsExactly(fullText, similar, lessSimilar);
    assertThat(ranked.limitTo(2).best()).containsExactly(fullText, similar);
    List<Hit> found = List.of(hit(List.of("words", "meaning"), .5), hit(List.of("meaning"), .7), hit(List.of("meaning"), .55));
    assertThat(SearchPage.isSemanticOnly(found)).isFalse();
    assertThat(SearchPage.isSemanticOnly(found.subList(1, 3))).isTrue();
    Map<String, Object> model = new HashMap<>(
        Map.of("hits", List.of(), "findings", new Search.Findings("qqq", List.of(), true, List.of(), 0, 3),
            "withFaint", "/search?q=qqq&faint=true"));
    assertThat(page("en", "qqq", model)).contains("No results", "Show 3 less relevant results", "/search?q=qqq&amp;faint=true");
    model.putAll(Map.of("hits", List.of(SearchPage.Shown.of(found.get(1))), "wordless", true,
        "findings", new Search.Findings("qqq", found, true, List.of("queue"), 0, 3)));
    assertThat(page("en", "qqq", model)).contains("No full-text matches", "/search?q=queue");
    assertThat(page("uk", "qqq", model)).contains("ще 3 менш схожі");
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "uk"})
  void theSearchBoxShowsThreeGroupsAndLinksToAll(String language) {
    String html = templates.fragment("search/_palette", "groups", Locale.of(language), Map.of("asked", true, "suggestions", List.of(),
        "all", "/search?q=login", "known", known(), "hits", List.of(SearchPage.Shown.of(hit(List.of("words"), null)))));
    assertThat(html).contains("\"/search?q=login\"", "/search?q=login&amp;in=topics", "/search?q=login&amp;in=atoms",
        "/topics/" + TOPIC.id(), "/atoms/" + ATOM.id()).doesNotContain("<img src=x");
    assertThat(html.split("<h2", -1)).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "uk"})
  void topicsAndAtomsAreAboveTheMessages(String language) {
    Map<String, Object> model = new HashMap<>(found(List.of(hit(List.of("words"), null)), true));
    model.put("known", known());
    String html = page(language, "login", model);
    assertThat(html).contains("<mark>login</mark>").doesNotContain("<img src=x");
    assertThat(List.of(html.indexOf("/topics/" + TOPIC.id()), html.indexOf("/atoms/" + ATOM.id()), html.indexOf("/messages/")))
        .isSorted().doesNotContain(-1);
  }

  @Test
  void nothingIsSaidToBeFoundOnlyWhenNoGroupHasAny() {
    Map<String, Object> model = new HashMap<>(found(List.of(), true));
    model.put("known", new SearchPage.Known(KnowledgeSearch.Findings.NONE, null, null));
    assertThat(page("en", "login", model)).contains("No results");
    model.put("known", known());
    assertThat(page("en", "login", model)).doesNotContain("No results");
  }

  private static final TopicItem TOPIC = new TopicItem(UUID.randomUUID(), HOSTILE, HOSTILE, "code", "#3B82F6", true, null, null, 1, "olena",
      Instant.EPOCH, Instant.EPOCH, 3, 2, 1, null, null, null, List.of());
  private static final AtomItem ATOM = new AtomItem(UUID.randomUUID(), "decision", HOSTILE, "Yes: " + HOSTILE, .8, "pending", false, false,
      null, "built-in", null, null, null, null, Instant.EPOCH, 1, "analyst", Instant.EPOCH, Instant.EPOCH, null, null, null, null, null,
      List.of(), List.of());

  private static SearchPage.Known known() {
    Snippet snippet = Snippet.create(HOSTILE, Set.of("login"), TextAnalyzer.create(), Deadline.ofRendering());
    return new SearchPage.Known(new KnowledgeSearch.Findings(List.of(new TopicHit(TOPIC, 1, List.of("words"), snippet, snippet, null)), 1,
        List.of(new AtomHit(ATOM, 1, List.of("words"), snippet, snippet, null)), 1), "/search?q=login&in=topics",
        "/search?q=login&in=atoms");
  }

  private String page(String language, String typed, Map<String, Object> more) {
    Map<String, Object> model = new HashMap<>(more);
    if (model.containsKey("findings")) {
      model.putIfAbsent("known", new SearchPage.Known(KnowledgeSearch.Findings.NONE, null, null));
    }
    model.put("query", new SearchQuery(typed, null, null, Set.of(), null, null, tasktracker.message.feed.MessageFilter.ANY, 30));
    model.put("chats", List.of(Map.of("id", UUID.randomUUID(), "title", "Backend")));
    model.put("classes", List.of("signal", "noise"));
    return templates.render("search/page", model, new Preferences(language, "light", "comfortable", true));
  }

  private static Map<String, Object> found(List<Hit> hits, boolean knowsMeaning) {
    return Map.of("hits", hits.stream().map(SearchPage.Shown::of).toList(),
        "findings", new Search.Findings("login", hits, knowsMeaning, List.of(), 0, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "uk"})
  void furtherResultsAreALinkAndTheEndIsANote(String language) {
    List<Hit> hits = List.of(hit(List.of("words"), null));
    List<SearchPage.Shown> shown = hits.stream().map(SearchPage.Shown::of).toList();
    Map<String, Object> model = new HashMap<>(Map.of("hits", shown, "further", shown, "shown", 30, "firstAdded", 31,
        "findings", new Search.Findings("login", hits, true, List.of(), 9, 0), "more", "/search?q=login&limit=60", "after", 0));
    assertThat(page(language, "login", model)).contains("href=\"/search?q=login&amp;limit=60#rank-31\"",
        "hx-get=\"/search?q=login&amp;limit=60&amp;after=30\"", "hx-push-url=\"/search?q=login&amp;limit=60\"", "id=\"rank-1\"")
        .doesNotContain("autofocus");
    assertThat(templates.fragment("search/_found", "further", Locale.of(language), model))
        .contains("autofocus", "id=\"found-count\"", "hx-swap-oob=\"true\"", "id=\"hits-more\"").doesNotContain("<section");
    model.put("more", "");
    assertThat(page(language, "login", model)).contains("class=\"note").doesNotContain("hits-more");
  }

  private static ReciprocalRankFusion.Fused fused(ReciprocalRankFusion.Reason... reasons) {
    return new ReciprocalRankFusion.Fused(UUID.randomUUID(), 1, Set.of(reasons));
  }

  private static Hit hit(List<String> why, Double similarity) {
    UUID id = UUID.randomUUID();
    MessageItem message = new MessageItem(id, "1", HOSTILE, false, Instant.EPOCH, null, 1, "text", id, "api", id, "Backend", null, null,
        null, null, id, "Olena", null, null, .7, 85, "signal", null, null, "en", Instant.EPOCH, Instant.EPOCH);
    return new Hit(message, 1, why, List.of("login"),
        Snippet.create(HOSTILE, Set.of("login"), TextAnalyzer.create(), Deadline.ofRendering()),
        new Hit.AdjacentMessage(id, "Kevin", "<b>before</b>"), null, similarity);
  }
}
