package tasktracker.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.embedding.TestMessages;
import tasktracker.message.feed.MessageFilter;
import tasktracker.platform.data.TestDatabase;
import tasktracker.platform.web.json.Json;

class SearchIT {

  private static final Instant MONDAY = Instant.parse("2026-03-02T09:00:00Z");
  private static TestDatabase schema;
  private static SearchFixture product;
  private static UUID olena;
  private static UUID kevin;
  private static UUID backend;
  private static UUID office;

  @BeforeAll
  static void storeMessages() {
    schema = TestDatabase.create();
    product = SearchFixture.over(schema);
    TestMessages testMessages = product.messages();
    olena = testMessages.person("Olena");
    kevin = testMessages.person("Kevin");
    backend = testMessages.chat("Backend");
    office = testMessages.chat("Office");
    product.indexAndEmbed(testMessages.say(List.of(
        new TestMessages.Line(olena, backend, MONDAY, "Знайшла помилку в міграції бази, деплой впав"),
        new TestMessages.Line(kevin, backend, MONDAY.plusSeconds(60), "The login page is broken since the last deploy"),
        new TestMessages.Line(olena, backend, MONDAY.plusSeconds(120), "Users cannot sign in, the session cookie is lost"),
        new TestMessages.Line(kevin, backend, MONDAY.plusSeconds(180), "ok"),
        new TestMessages.Line(olena, office, MONDAY.plusSeconds(240), "Домовились: реліз у п'ятницю"),
        new TestMessages.Line(kevin, office, MONDAY.plusSeconds(300), "Больше ошибок нет, проверили все настройки"),
        new TestMessages.Line(olena, office, MONDAY.plusSeconds(360), "The coffee machine is broken again"),
        new TestMessages.Line(kevin, office, MONDAY.plusSeconds(420), "100% of the users_table rows & <b>bold</b> text | ! ( :*"),
        new TestMessages.Line(kevin, office, MONDAY.plusSeconds(480), "Lunch at noon?"),
        new TestMessages.Line(olena, backend, MONDAY.plusSeconds(86_400), "The deployment of the login service is finished"))));
    product.database().run(sql -> sql.execute("update message set noise_classification = 'noise' where content = 'ok'"));
  }

  @AfterAll
  static void drop() {
    product.close();
    schema.close();
  }

  @ParameterizedTest
  @CsvSource({"помилки, Знайшла помилку", "помилок, Знайшла помилку", "міграція, Знайшла помилку", "п’ятниця, Домовились",
      "ошибка, Больше ошибок", "настройка, Больше ошибок", "проверить, Больше ошибок", "deployed, The deployment",
      "Machines, The coffee machine", "COOKIES, Users cannot"})
  void aWordIsFoundInEveryForm(String query, String found) {
    Hit first = find(query).getFirst();
    assertThat(first.message().content()).startsWith(found);
    assertThat(first.why()).contains("words");
    assertThat(first.matched()).isNotEmpty();
  }

  @Test
  void messagesWithAllKeywordsRankFirst() {
    List<Hit> hits = find("broken login");
    assertThat(hits.getFirst().message().content()).isEqualTo("The login page is broken since the last deploy");
    assertThat(hits).extracting(h -> h.message().content()).contains("The coffee machine is broken again");
    assertThat(hits.getFirst().matched()).containsExactly("login", "broken");
  }

  @Test
  void aParaphraseIsFoundBySemanticSearch() {
    Hit hit = find("authentication problem").stream()
        .filter(h -> h.message().content().startsWith("Users cannot sign in")).findFirst().orElseThrow();
    assertThat(hit.why()).containsExactly("meaning");
    assertThat(hit.similarity()).isBetween(.5, 1.);
    assertThat(hit.rank()).isLessThanOrEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"cofee, The coffee machine", "migracii, ''", "помілка, Знайшла помилку", "настрйоки, Больше ошибок"})
  void aMisspelledWordFindsSimilarSpellings(String query, String found) {
    List<Hit> spellingMatches = find(query).stream().filter(h -> h.why().contains("spelling")).toList();
    if (found.isEmpty()) {
      assertThat(spellingMatches).isEmpty();
    } else {
      assertThat(spellingMatches).extracting(h -> h.message().content()).anyMatch(c -> c.startsWith(found));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"100%", "users_table", "& | !", "'; drop table message; --", "( ( (", "a:*b", "\\", "'", "''''",
      "%", "_", "<b>bold</b>", "\u202Ereversed", "👍", "not | and", "-- ?", ":q $1 ?"})
  void adversarialQueriesAreSearchedLiterally(String query) {
    assertThat(find(query)).allSatisfy(hit -> assertThat(hit.message().id()).isNotNull());
    assertThat(find("users_table").getFirst().message().content()).startsWith("100%");
  }

  @Test
  void resultsAreEqualBeforeAndAfterVectorIndexing() {
    List<Hit> fresh = find("authentication problem");
    assertThat(settle("false")).isPositive();
    assertThat(find("authentication problem")).isEqualTo(fresh);
    settle("message_id in (select message_id from message_embedding where settled limit 4)");
    assertThat(find("authentication problem")).isEqualTo(fresh);
  }

  /** Adds the vectors to the vector index, except those that match the condition. */
  private static int settle(String butFor) {
    return product.database().ask(sql -> sql.execute("update message_embedding set settled = not (" + butFor + ")"));
  }

  @Test
  void aSnippetKeepsHtmlAsTextAndHighlightsWords() {
    Snippet snippet = find("bold").getFirst().snippet();
    assertThat(snippet.parts()).contains(new Snippet.Part("bold", true));
    assertThat(String.join("", snippet.parts().stream().map(Snippet.Part::text).toList()))
        .isEqualTo("100% of the users_table rows & <b>bold</b> text | ! ( :*");
  }

  @Test
  void onlyMessagesThatMatchTheFilterAreFound() {
    assertThat(find("broken", chat(office))).extracting(h -> h.message().chatId()).containsOnly(office);
    assertThat(find("login", new MessageFilter(null, "Kev", null, null, null, Set.of(), null, null, null, null, null)))
        .extracting(h -> h.message().authorId()).containsOnly(kevin);
    assertThat(find("login", new MessageFilter(null, null, null, null, null, Set.of("noise"), null, null, null, null, null)))
        .extracting(h -> h.message().content()).containsOnly("ok");
    assertThat(find("login", new MessageFilter(null, null, null, null, null, Set.of(), MONDAY.plusSeconds(80_000), null, null, null, null)))
        .hasSize(1);
  }

  @Test
  void messagesOfANamedPersonRankHigher() {
    assertThat(find("What did Olena say about the login?").getFirst().message().authorId()).isEqualTo(olena);
  }

  @Test
  void aMessageIsFoundByItsWordsBeforeItIsEmbedded() {
    UUID message = product.messages().says(olena, office, MONDAY.plusSeconds(500), "Zanzibar trip photos");
    product.index(List.of(message));
    assertThat(find("zanzibar").getFirst().message().id()).isEqualTo(message);
    product.database().run(sql -> sql.execute("delete from message where id = ?", message));
    assertThat(find("zanzibar")).extracting(h -> h.message().id()).doesNotContain(message);
  }

  @Test
  void withoutResultsSimilarSpellingsAreSuggested() {
    MessageFilter nowhere = chat(UUID.randomUUID());
    Search.Findings findings = product.search().find("cofee", nowhere, 10);
    assertThat(findings.hits()).isEmpty();
    assertThat(findings.suggestions()).contains("coffee");
  }

  @Test
  void aQueryOfStopWordsHasResults() {
    assertThat(find("that is the")).isNotEmpty();
  }

  @Test
  void duplicatesExcludeTheMessageItself() {
    List<UUID> twice = product.messages().say(kevin, office, MONDAY.plusSeconds(600),
        List.of("The invoice for March has been paid", "The invoice for March has been paid!"));
    product.indexAndEmbed(twice);
    List<Hit> duplicates = product.search().findSimilar(twice.getFirst(), .95, 5).orElseThrow();
    assertThat(duplicates).extracting(h -> h.message().id()).containsExactly(twice.getLast());
    assertThat(product.search().findSimilar(UUID.randomUUID(), .5, 5)).isEmpty();
    product.database().run(sql -> sql.execute("delete from message where content like 'The invoice%'"));
  }

  @Test
  void similarityIsHalfTheCosinePlusOneHalf() {
    List<Hit> near = product.search().findSimilar("The login page is broken since the last deploy", .99, 10);
    assertThat(near).hasSize(1);
    assertThat(near.getFirst().similarity()).isGreaterThan(.999);
    assertThat(product.search().findSimilar("The login page is broken", 0, 3)).hasSize(3)
        .isSortedAccordingTo((a, b) -> Double.compare(b.similarity(), a.similarity()));
  }

  @Test
  void theApiReturnsSnakeCase() {
    Search.Findings found = product.search().find("broken login", MessageFilter.ANY, 3);
    String json = Json.jsonb()
        .toJson(new SearchResource.SearchResults(found.query(), found.hits().size(), List.of(), found.hits(), List.of(), true,
            List.of()));
    assertThat(json).contains("\"total_results\":3", "\"knows_meaning\":true", "\"why\":[\"words\"", "\"matched\":[\"login\",\"broken\"]",
        "\"author_name\":\"Kevin\"", "\"snippet\":{\"parts\":[", "\"before\":{\"author\":\"Olena\"");
  }

  private static MessageFilter chat(UUID chat) {
    return new MessageFilter(null, null, null, null, chat, Set.of(), null, null, null, null, null);
  }

  private static List<Hit> find(String text) {
    return find(text, MessageFilter.ANY);
  }

  private static List<Hit> find(String text, MessageFilter filter) {
    return product.search().find(text, filter, 10).hits();
  }
}
