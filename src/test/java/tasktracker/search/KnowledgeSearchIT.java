package tasktracker.search;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tasktracker.harness.Api;
import tasktracker.harness.Await;
import tasktracker.harness.Browser;
import tasktracker.harness.Product;
import tasktracker.harness.ProductTest;

/** People find topics and atoms by their words and by their meaning. */
@ProductTest
class KnowledgeSearchIT {

  private final String word = letters(UUID.randomUUID());
  private final Product product;
  private final Api api;

  /** A word of letters that no other test uses. */
  private static String letters(UUID random) {
    return Long.toString(random.getMostSignificantBits() >>> 8, 26).chars()
        .mapToObj(digit -> String.valueOf((char) (digit < 'a' ? 'q' + digit - '0' : digit))).collect(Collectors.joining());
  }

  KnowledgeSearchIT(Product product, Api api) {
    this.product = product;
    this.api = api;
  }

  private String createAtom(String title, String content, boolean isApproved) {
    return api.post("/api/v1/atoms", Json.createObjectBuilder().add("type", "decision").add("title", title).add("content", content)
        .add("user_approved", isApproved).build().toString()).expect(201).json().getString("id");
  }

  private String createTopic(String name, String description) {
    return api.post("/api/v1/topics", Json.createObjectBuilder().add("name", name).add("description", description).build().toString())
        .expect(201).json().getString("id");
  }

  private JsonObject find(String text) {
    return api.get("/api/v1/search?q=" + encode(text)).expect(200).json();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static List<String> ids(JsonObject found, String group, String item) {
    return found.getJsonArray(group).getValuesAs(JsonObject.class).stream().map(hit -> hit.getJsonObject(item).getString("id")).toList();
  }

  /** The atoms that contain the words; others may be near by chance. */
  private List<String> atomsByWords(String text) {
    return find(text).getJsonArray("atoms").getValuesAs(JsonObject.class).stream()
        .filter(hit -> hit.getJsonArray("why").toString().contains("words")).map(hit -> hit.getJsonObject("atom").getString("id")).toList();
  }

  private void awaitVector(String table, String id) {
    Await.until("the " + table + " has a vector", Duration.ofSeconds(30),
        () -> product.count("select count(*) from " + table + " where id = ? and vector is not null", UUID.fromString(id)) == 1);
  }

  @Test
  void formsOfWordsFindTopicsAndAtomsInThreeLanguages() {
    String english = createAtom("We shipped the " + word, "The releases were delayed by two weeks.", true);
    String ukrainian = createAtom("Вирішили оновити " + word, "Резервні копії зберігаємо тридцять днів.", true);
    String russian = createAtom("Починили ошибку " + word, "Настройки почты теперь сохраняются.", true);
    String topic = createTopic("Backups of " + word, "Where the copies are kept");
    assertThat(ids(find(word + " release delays"), "atoms", "atom")).first().isEqualTo(english);
    assertThat(ids(find(word + " резервних копій"), "atoms", "atom")).first().isEqualTo(ukrainian);
    assertThat(ids(find(word + " настройка почта"), "atoms", "atom")).first().isEqualTo(russian);
    JsonObject found = find(word + " copy");
    assertThat(ids(found, "topics", "topic")).first().isEqualTo(topic);
    assertThat(found.getString("query")).isEqualTo(word + " copy");
    assertThat(found.getInt("total_results")).isEqualTo(
        found.getJsonArray("topics").size() + found.getJsonArray("messages").size() + found.getJsonArray("atoms").size());
  }

  @Test
  void aRejectedAtomIsNotFoundAndAnEditedOneByItsNewWords() {
    String atom = createAtom("The " + word + " moves to Lviv", "The office moves in May.", false);
    assertThat(atomsByWords(word)).containsExactly(atom);
    api.ask("PATCH", "/api/v1/atoms/" + atom, "{\"title\":\"The x" + word + " stays in Kyiv\"}").expect(200);
    assertThat(atomsByWords(word + " moves Lviv")).doesNotContain(atom);
    assertThat(atomsByWords("x" + word)).containsExactly(atom);
    api.post("/api/v1/atoms/" + atom + "/reject", "{}").expect(200);
    assertThat(ids(find("x" + word), "atoms", "atom")).doesNotContain(atom);
  }

  @Test
  void atomsAndTopicsOfPeopleAreFoundByMeaning() {
    String atom = createAtom("The " + word + " sign-in page rejects correct passwords", "Customers cannot log in.", true);
    String similar = createAtom("Logging in with a right password fails for " + word, "The login form says no to clients.", true);
    String topic = createTopic("Login trouble " + word, "Passwords, sessions and signing in");
    List.of(atom, similar).forEach(id -> awaitVector("atom", id));
    awaitVector("topic", topic);
    String query = "?query=" + encode("users are unable to log in with their password " + word) + "&threshold=0.6&limit=100";
    assertThat(similarIds("/api/v1/search/atoms" + query, "atom")).contains(atom, similar);
    assertThat(similarIds("/api/v1/search/topics" + query, "topic")).contains(topic);
    assertThat(similarIds("/api/v1/search/atoms/" + atom + "/similar?threshold=0.6", "atom")).contains(similar).doesNotContain(atom);
    assertThat(similarIds("/api/v1/search/atoms" + query.replace("0.6", "1"), "atom")).isEmpty();
    api.post("/api/v1/atoms/" + similar + "/archive", "{}").expect(200);
    api.get("/api/v1/search/atoms/" + UUID.randomUUID() + "/similar").expect(404);
  }

  private List<String> similarIds(String path, String item) {
    return api.get(path).expect(200).array().getValuesAs(JsonObject.class).stream().map(found -> found.getJsonObject(item).getString("id"))
        .toList();
  }

  @Test
  void anEditedAtomGetsAVectorOfItsNewText() {
    String atom = createAtom("Vectors of " + word, "They follow the text.", true);
    awaitVector("atom", atom);
    String before = vectorOf(atom);
    api.ask("PATCH", "/api/v1/atoms/" + atom, "{\"content\":\"Coffee is served at nine.\"}").expect(200);
    Await.until("the vector is of the new text", Duration.ofSeconds(30),
        () -> vectorOf(atom) != null && !vectorOf(atom).equals(before));
    assertThat(api.post("/api/v1/embeddings/atoms/" + atom, "{}").expect(200).json().getString("status")).isEqualTo("skipped");
  }

  private String vectorOf(String atom) {
    return product.database().withHandle(sql -> sql.createQuery("select vector::text from atom where id = ?")
        .bind(0, UUID.fromString(atom)).mapTo(String.class).findOne().orElse(null));
  }

  @Test
  void vectorsAreComputedOnRequest() {
    String atom = createAtom("Requested vector of " + word, "Yes.", true);
    String topic = createTopic("Requested " + word, "");
    awaitVector("atom", atom);
    awaitVector("topic", topic);
    product.database().useHandle(sql -> {
      sql.execute("update atom set vector = null where id = ?", UUID.fromString(atom));
      sql.execute("update topic set vector = null where id = ?", UUID.fromString(topic));
    });
    JsonObject embedded = api.post("/api/v1/embeddings/topics/" + topic, "{}").expect(200).json();
    assertThat(embedded.getInt("embedding_length")).isEqualTo(384);
    assertThat(embedded.getString("status")).isEqualTo("completed");
    JsonObject queued = api.post("/api/v1/embeddings/atoms/batch",
        "{\"atom_ids\":[\"" + atom + "\",\"" + UUID.randomUUID() + "\"]}").expect(202).json();
    assertThat(queued.getInt("count")).isEqualTo(1);
    awaitVector("atom", atom);
    api.post("/api/v1/embeddings/atoms/batch", "{\"atom_ids\":[]}").expect(400);
    api.post("/api/v1/embeddings/atoms/batch", "{\"atom_ids\":[\"" + UUID.randomUUID() + "\"]}").expect(404);
    api.post("/api/v1/embeddings/atoms/" + UUID.randomUUID(), "{}").expect(404);
    api.post("/api/v1/embeddings/topics/" + UUID.randomUUID(), "{}").expect(404);
  }

  @Test
  void theUnifiedSearchHasLimits() {
    api.get("/api/v1/search?q=" + "a".repeat(256)).expect(200);
    api.get("/api/v1/search?q=" + "a".repeat(257)).expect(400);
    api.get("/api/v1/search?q=a&limit=51").expect(400);
    api.get("/api/v1/search?q=").expect(400);
    api.get("/api/v1/search/atoms?query=").expect(400);
    api.get("/api/v1/search/topics?query=a&limit=101").expect(400);
  }

  @Test
  void aFilterOfMessagesLeavesTopicsAndAtomsOut() {
    createAtom("Filtered " + word, "Only messages have a class.", true);
    JsonObject found = api.get("/api/v1/search?q=" + word + "&class=signal").expect(200).json();
    assertThat(found.getJsonArray("atoms")).isEmpty();
    assertThat(found.getJsonArray("topics")).isEmpty();
  }

  @Test
  void theSearchBoxShowsFiveOfEachGroupAndLeadsToAll(Browser browser) {
    for (int i = 0; i < 6; i++) {
      createAtom("Decision " + i + " about " + word, "The " + word + " is number " + i + ".", true);
    }
    createTopic("All about " + word, "Everything");
    Page page = browser.signIn().go("/ingestion");
    page.keyboard().press("Control+k");
    page.keyboard().type(word);
    Locator groups = page.locator("#palette-results section");
    assertThat(groups.nth(0).locator("h2")).hasText("Topics");
    assertThat(groups.nth(1).locator("h2")).hasText("Atoms");
    assertThat(groups.nth(1).locator("a[href^='/atoms/']")).hasCount(5);
    groups.nth(1).locator("a").last().click();
    assertThat(page.locator("#found [id^=atom-hit-]").filter(new Locator.FilterOptions().setHasText(word))).hasCount(6);
    assertThat(page.locator("#found mark").first()).hasText(word);
    page.locator("#found a.button").first().click();
    assertThat(page.locator("#found [id^=atom-hit-]")).hasCount(5);
    assertThat(page.locator("#found [id^=topic-hit-] mark").first()).hasText(word);
  }

  @Test
  void theDocumentOfTheApiNamesWhatIsAnswered() {
    String atom = createAtom("Described " + word, "As JSON.", true);
    String topic = createTopic("Described " + word, "");
    product.anonymous().get("/openapi").expect(401);
    JsonObject schemas = api.get("/openapi").expect(200).json().getJsonObject("components").getJsonObject("schemas");
    assertThat(properties(schemas, "AtomItem")).isEqualTo(api.get("/api/v1/atoms/" + atom).expect(200).json().keySet());
    assertThat(properties(schemas, "TopicItem")).isEqualTo(api.get("/api/v1/topics/" + topic).expect(200).json().keySet());
    assertThat(properties(schemas, "Search.SearchResults")).isEqualTo(find(word).keySet());
    assertThat(properties(schemas, "AtomHit")).isEqualTo(find(word).getJsonArray("atoms").getJsonObject(0).keySet());
    assertThat(properties(schemas, "Me.Me")).isEqualTo(api.get("/api/v1/me").expect(200).json().keySet());
  }

  private static Set<String> properties(JsonObject schemas, String name) {
    return schemas.getJsonObject(name).getJsonObject("properties").keySet();
  }
}
