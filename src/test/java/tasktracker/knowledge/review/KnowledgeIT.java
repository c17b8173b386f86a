package tasktracker.knowledge.review;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tasktracker.harness.Api;
import tasktracker.harness.ApiResponse;
import tasktracker.harness.Await;
import tasktracker.harness.Browser;
import tasktracker.harness.Product;
import tasktracker.harness.ProductTest;

/** Olena and Kevin review what was found in their chats. */
@ProductTest
class KnowledgeIT {

  private static final Duration TIMEOUT = Duration.ofSeconds(120);
  private final String word = "heron" + UUID.randomUUID().toString().substring(0, 8);

  private static String json(String type, String title, String content) {
    return Json.createObjectBuilder().add("type", type).add("title", title).add("content", content).build().toString();
  }

  private String atom(Api api, int number) {
    return api
        .post("/api/v1/atoms", json("decision", "Title " + number + " of " + word, "We decided number " + number + " of " + word + "."))
        .expect(201).json().getString("id");
  }

  private List<String> atoms(Api api, int many) {
    return IntStream.range(0, many).mapToObj(i -> atom(api, i)).toList();
  }

  private static String status(Api api, String atom) {
    return api.get("/api/v1/atoms/" + atom).expect(200).json().getString("status");
  }

  private UUID version(Product product, String atom, String content) {
    UUID id = UUID.randomUUID();
    product.database().useHandle(sql -> sql.execute("""
        insert into knowledge_version (id, entity_type, entity_id, version, data, previous, base_revision, status, created_by)
        select ?, 'atom', id, (select coalesce(max(version), 0) + 1 from knowledge_version where entity_id = a.id),
               jsonb_build_object('content', ?::text)::text, jsonb_build_object('content', content)::text, revision, 'pending', 'builtin'
          from atom a where id = ?::uuid""", id, content, atom));
    return id;
  }

  private static String reader(Api api) {
    return api.post("/api/v1/tokens", "{\"name\":\"reader\",\"role\":\"reader\"}").expect(201).json().getString("token");
  }

  private Locator count(Page page) {
    return page.locator("#atom-tabs .tab[aria-current] .num");
  }

  // The chat becomes knowledge.

  @Test
  void theSampleChatGivesTopicsAndAtomsWithQuotes(Product product, Api api, Browser browser) {
    String id = api.post("/api/v1/imports/sample", "{}").expect(202).json().getString("id");
    Await.until("the sample chat is imported", TIMEOUT,
        () -> api.get("/api/v1/imports/" + id).expect(200).json().getString("status").equals("completed"));
    List<JsonObject> messages = signalsOfTheSampleChat(product, api);
    extract(api, messages.stream().map(message -> message.getString("id")).toList());
    List<JsonObject> found = atomsOf(api, messages);
    assertThat(found).hasSizeGreaterThan(5).allSatisfy(atom -> {
      assertThat(atom.getString("title").split("\\s+")).hasSizeLessThanOrEqualTo(14);
      assertThat(atom.getString("analyst")).isEqualTo("builtin");
    });
    assertThat(api.get("/api/v1/topics").expect(200).json().getJsonArray("items")).hasSizeGreaterThan(2);
    lookAround(browser, found.getFirst());
  }

  /** Whichever import stored them: the chat may be there from another test, and is then not stored again. */
  private static List<JsonObject> signalsOfTheSampleChat(Product product, Api api) {
    String chat = product.database().withHandle(
        sql -> sql.createQuery("select id::text from chat where title = 'Kvitka · product team'").mapTo(String.class).one());
    Await.until("the chat is scored", TIMEOUT,
        () -> api.get("/api/v1/messages?class=unscored&chat_id=" + chat).expect(200).json().getInt("total") == 0);
    List<JsonObject> signals = api.get("/api/v1/messages?class=signal&page_size=100&chat_id=" + chat).expect(200).json()
        .getJsonArray("items").getValuesAs(JsonObject.class);
    assertThat(signals).hasSizeGreaterThanOrEqualTo(30);
    return signals;
  }

  private static void extract(Api api, List<String> ids) {
    String body = Json.createObjectBuilder().add("message_ids", Json.createArrayBuilder(ids)).build().toString();
    ApiResponse[] started = new ApiResponse[1];
    Await.until("no other requested run is active", TIMEOUT, () -> {
      started[0] = api.post("/api/v1/knowledge/extract", body);
      return started[0].status() != 409;
    });
    String run = started[0].expect(202).json().getString("extraction_id");
    Await.until("the run ends", TIMEOUT, () -> {
      JsonObject state = api.get("/api/v1/knowledge/extract/" + run).expect(200).json();
      assertThat(state.getString("status")).isNotIn("failed", "cancelled");
      return state.getString("status").equals("completed") && state.getInt("messages_processed") == state.getInt("message_count");
    });
  }

  /** The atoms that quote these messages; each quote is a part of its message. */
  private static List<JsonObject> atomsOf(Api api, List<JsonObject> messages) {
    Map<String, String> texts = messages.stream().collect(Collectors.toMap(m -> m.getString("id"), m -> m.getString("content")));
    List<JsonObject> found = new ArrayList<>();
    for (JsonObject atom : api.get("/api/v1/atoms?limit=1000").expect(200).json().getJsonArray("items").getValuesAs(JsonObject.class)) {
      for (JsonObject quote : atom.getJsonArray("evidence").getValuesAs(JsonObject.class)) {
        String text = texts.get(quote.getString("message_id"));
        if (text != null) {
          assertThat(text.substring(quote.getInt("start_at"), quote.getInt("end_at"))).isEqualTo(quote.getString("quote"));
          found.add(atom);
        }
      }
    }
    return found.stream().distinct().toList();
  }

  private static void lookAround(Browser browser, JsonObject atom) {
    Page page = browser.signIn().go("/topics");
    assertThat(page.locator("[data-item] h2 a").first()).isVisible();
    page.locator("[data-item] h2 a").first().click();
    assertThat(page.locator("main h1")).isVisible();
    openContextTwice(browser.go("/atoms?status=pending&sort=oldest"));
    browser.go("/atoms/" + atom.getString("id"));
    page.locator("figure.evidence a").first().click();
    assertThat(page).hasURL(Pattern.compile(".*/messages/[-0-9a-f]{36}$"));
    assertThat(page.locator("#known-title")).isVisible();
    assertThat(page.locator("a[href='/atoms/" + atom.getString("id") + "']")).isVisible();
  }

  private static void openContextTwice(Page page) {
    Locator card = page.locator(".atom-card:has(figure.evidence):has(button[data-key=KeyE])").first();
    card.locator("a[data-open]").focus();
    for (int i = 0; i < 2; i++) {
      page.waitForResponse(response -> response.url().endsWith("/context") && response.ok(), () -> page.keyboard().press("e"));
      assertThat(card.locator(".atom-context .talk li[aria-current=true]")).hasCount(1);
    }
  }

  // Review.

  @Test
  void theKeyboardAloneDecidesTenInARow(Api api, Browser browser) {
    atoms(api, 12);
    Page page = browser.signIn().go("/atoms?sort=oldest&q=" + word);
    assertThat(count(page)).hasText("12");
    page.keyboard().press("a");
    assertThat(page.locator(".atom-card.folded")).hasCount(0); // Nothing was in focus: the key went to the first card.
    List<String> order = page.locator("[data-list] > [data-item]").all().stream().map(card -> card.getAttribute("id")).toList();
    for (int i = 0; i < 10; i++) {
      assertThat(page.locator("#open-" + order.get(i))).isFocused();
      page.keyboard().press(i % 3 == 2 ? "r" : "a");
      assertThat(page.locator("#" + order.get(i) + ".folded")).isVisible();
      assertThat(page.locator("#open-" + order.get(i + 1))).isFocused();
    }
    assertThat(count(page)).hasText("2");
    assertThat(page.locator(".atom-card.folded.rejected")).hasCount(3);
    String last = order.get(9).substring("atom-".length());
    assertThat(status(api, last)).isEqualTo("approved");
    page.keyboard().press("z");
    assertThat(page.locator("#" + order.get(9) + "[data-pending]")).isVisible();
    assertThat(count(page)).hasText("3");
    assertThat(status(api, last)).isEqualTo("pending");
    assertThat(browser.go("/decisions").locator("main tbody tr:has-text('" + word + "')")).hasCount(10);
  }

  @Test
  void theNextCardIsThereWithinATenthOfASecond(Api api, Browser browser) {
    atoms(api, 12);
    Page page = browser.signIn().go("/atoms?sort=oldest&q=" + word);
    page.keyboard().press("j");
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      times.add(((Number) page.evaluate("""
          () => new Promise(done => {
            setTimeout(() => done(5000), 5000);
            const began = performance.now(), from = document.activeElement;
            document.addEventListener('focusin', () => done(performance.now() - began), { once: true });
            from.dispatchEvent(new KeyboardEvent('keydown', { code: 'KeyA', key: 'a', bubbles: true, cancelable: true }));
          })""")).doubleValue());
    }
    assertThat(times.stream().sorted().toList().get(8)).as("milliseconds to the next card: %s", times).isLessThan(100);
  }

  @Test
  void anotherWindowSeesADecision(Api api, Browser browser) {
    String atom = atoms(api, 2).getFirst();
    Page page = browser.signIn().go("/atoms?q=" + word);
    Page other = browser.anotherWindow();
    other.navigate(page.url());
    assertThat(other.locator("live-socket .word")).hasText("Live");
    page.locator("#atom-" + atom + " button[value=approve]").click();
    assertThat(other.locator("#atom-" + atom)).containsText("Approved");
    assertThat(other.locator("#atom-" + atom + " form[data-advance]")).hasCount(0);
    assertThat(count(other)).hasText("1");
  }

  @Test
  void aLateClickShowsWhatWasDecidedAndNoError(Api api, Browser browser) {
    String atom = atom(api, 1);
    Page page = browser.signIn().go("/atoms?q=" + word);
    // Never answered, so that the card stays as it was; an aborted request would be an error of the page.
    page.route("**/atoms/*/card", route -> {});
    api.post("/api/v1/atoms/" + atom + "/reject", "{}").expect(200);
    page.locator("#atom-" + atom + " button[value=approve]").click();
    assertThat(page.locator("#toasts .toast.warn").last()).containsText("rejected");
    assertThat(page.locator("#atom-" + atom + " form[data-advance]")).hasCount(0);
    assertThat(status(api, atom)).isEqualTo("rejected");
  }

  @Test
  void manyAreDecidedAfterTheirEffectWasShown(Api api, Browser browser) {
    List<String> ids = atoms(api, 4);
    Page page = browser.signIn().go("/atoms?sort=oldest&q=" + word);
    page.locator("input[data-select]").first().click();
    page.locator("input[data-select]").last().click(new Locator.ClickOptions().setModifiers(
        List.of(com.microsoft.playwright.options.KeyboardModifier.SHIFT)));
    page.locator("[data-when-selected] button[value=approve]").click();
    assertThat(page.locator("main")).containsText("4 of 4");
    api.post("/api/v1/atoms/" + ids.get(0) + "/approve", "{}").expect(200);
    api.post("/api/v1/atoms/" + ids.get(1) + "/reject", "{}").expect(200);
    api.ask("PATCH", "/api/v1/atoms/" + ids.get(2), "{\"content\":\"It was changed, " + word + "\"}").expect(200);
    page.locator("main form button.primary").click();
    assertThat(outcome(page, ids.get(0))).containsText("Nothing to do");
    assertThat(outcome(page, ids.get(1))).containsText("Not applied");
    assertThat(outcome(page, ids.get(2))).containsText("needs review");
    assertThat(outcome(page, ids.get(3))).containsText("Applied");
    assertThat(ids.stream().map(id -> status(api, id))).containsExactly("approved", "rejected", "pending", "approved");
  }

  private static Locator outcome(Page page, String atom) {
    return page.locator("main li:has(a[href='/atoms/" + atom + "'])");
  }

  @Test
  void theListIsFilteredByTextTypeTopicAndConfidence(Api api, Browser browser) {
    String topic = api.post("/api/v1/topics", "{\"name\":\"Topic " + word + "\"}").expect(201).json().getString("id");
    String first = atom(api, 1);
    String second = api.post("/api/v1/atoms", json("risk", "A risk of " + word, "It may fail, " + word)).expect(201).json().getString("id");
    api.post("/api/v1/atoms/" + first + "/topics/" + topic, "").expect(201);
    api.ask("PATCH", "/api/v1/atoms/" + second, "{\"confidence\":0.8}").expect(200);
    Page page = browser.signIn().go("/atoms?q=" + word);
    assertThat(page.locator("[data-list] > [data-item]")).hasCount(2);
    page.selectOption("#atom-type", "risk");
    assertThat(page.locator("[data-list] > [data-item]")).hasCount(1);
    assertThat(page).hasURL(Pattern.compile(".*type=risk.*"));
    assertThat(page.locator("#atom-" + second)).isVisible();
    browser.go("/atoms?topic=" + topic);
    assertThat(page.locator("[data-list] > [data-item]")).hasCount(1);
    assertThat(page.locator("#atom-" + first + " .topic-chip")).hasText("Topic " + word);
    browser.go("/atoms?min=0.7&q=" + word);
    assertThat(page.locator("#atom-" + second)).isVisible();
    assertThat(page.locator("[data-list] > [data-item]")).hasCount(1);
    browser.go("/atoms?type=idea&q=" + word);
    page.locator(".empty a.button").first().click();
    assertThat(page.locator("[data-list] > [data-item]").first()).isVisible();
  }

  @Test
  void aVersionIsApprovedAndAnotherRejected(Api api, Browser browser, Product product) {
    String atom = atom(api, 1);
    UUID first = version(product, atom, "We decided number 1 of " + word + " for good.");
    Page page = browser.signIn().go("/versions?type=atom");
    Locator card = page.locator("#version-" + first);
    assertThat(card.locator("ins")).containsText("for good.");
    card.locator("button[value=approve]").click();
    assertThat(card).containsText("Approved by");
    assertThat(api.get("/api/v1/atoms/" + atom).expect(200).json().getString("content")).endsWith("for good.");
    UUID second = version(product, atom, "Something else " + word);
    browser.go("/versions?type=atom");
    page.locator("#version-" + second + " button[value=reject]").click();
    assertThat(page.locator("#version-" + second)).containsText("Rejected by");
    assertThat(api.get("/api/v1/atoms/" + atom).expect(200).json().getString("content")).endsWith("for good.");
    assertThat(browser.go("/versions?status=rejected").locator("#version-" + second)).isVisible();
    assertThat(browser.go("/atoms/" + atom).locator("a[href^='/versions/atoms/" + atom + "/']")).hasCount(2);
  }

  @Test
  void anotherWindowSeesNewAndDecidedVersions(Api api, Browser browser, Product product) {
    String atom = atom(api, 1);
    UUID first = version(product, atom, "First " + word);
    Page page = browser.signIn().go("/versions?type=atom");
    assertThat(page.locator("live-socket .word")).hasText("Live");
    Locator pending = page.locator("#version-tabs .tab[aria-current] .num");
    int before = Integer.parseInt(pending.innerText());
    String path = "/api/v1/versions/atoms/" + atom + "/versions";
    api.post(path + "/1/reject", "{}").expect(200);
    assertThat(page.locator("#version-" + first)).containsText("Rejected by");
    assertThat(page.locator("#version-" + first + " form")).hasCount(0);
    assertThat(pending).hasText(String.valueOf(before - 1));
    int waiting = api.get("/api/v1/versions/pending-count").expect(200).json().getInt("count");
    assertThat(page.locator("#nav-versions [aria-hidden]")).hasText(String.valueOf(waiting));
    assertThat(page.locator("#versions-new-atom")).isHidden();
    api.ask("PATCH", "/api/v1/atoms/" + atom, "{\"content\":\"An edit stands at once, " + word + "\"}").expect(200);
    assertThat(page.locator("#versions-new-atom")).isHidden();
  }

  @Test
  void aTopicIsSavedWhileItIsEdited(Api api, Browser browser) {
    String topic = api.post("/api/v1/topics", "{\"name\":\"Topic " + word + "\"}").expect(201).json().getString("id");
    String other = api.post("/api/v1/topics", "{\"name\":\"Other " + word + "\"}").expect(201).json().getString("id");
    Page page = browser.signIn().go("/topics/" + topic);
    page.fill("#topic-name", "Renamed " + word);
    page.locator("#topic-description").focus();
    assertThat(page.locator("#topic-saved")).hasText("Saved");
    assertThat(api.get("/api/v1/topics/" + topic).expect(200).json().getString("name")).isEqualTo("Renamed " + word);
    page.fill("#topic-description", "What it is about, " + word);
    page.locator("#topic-name").focus();
    Await.until("the description is saved", TIMEOUT,
        () -> api.get("/api/v1/topics/" + topic).expect(200).body().contains("about, " + word));
    assertThat(api.get("/api/v1/versions/topics/" + topic + "/versions").expect(200).array()).as("one editing session").hasSize(1);
    page.fill("#topic-name", "Other " + word);
    page.locator("#topic-description").focus();
    assertThat(page.locator("body")).containsText("exists already");
    assertThat(api.get("/api/v1/topics/" + topic).expect(200).json().getString("name")).isEqualTo("Renamed " + word);
    assertThat(api.get("/api/v1/topics/" + other).expect(200).json().getString("name")).isEqualTo("Other " + word);
  }

  @Test
  void aTopicShowsItsProjectAndIsFoundByIt(Api api, Browser browser) {
    String early = api.post("/api/v1/topics", "{\"name\":\"Early " + word + "\"}").expect(201).json().getString("id");
    String project = api
        .post("/api/v1/projects", "{\"name\":\"Project " + word + "\",\"description\":\"\",\"keywords\":[\"" + word + "\"]}")
        .expect(201).json().getString("id");
    String late = api.post("/api/v1/topics", "{\"name\":\"Late " + word + "\"}").expect(201).json().getString("id");
    for (String topic : List.of(early, late)) {
      Await.until("the project is recognised", TIMEOUT,
          () -> api.get("/api/v1/topics/" + topic).expect(200).json().getString("project_id", "").equals(project));
    }
    assertThat(api.get("/api/v1/topics?project_id=" + project).expect(200).json().getInt("total")).isEqualTo(2);
    api.get("/api/v1/topics?project_id=nonsense").expect(400);
    Page page = browser.signIn().go("/topics/" + early);
    assertThat(page.locator(".page-head")).containsText("Recognized by: " + word);
    page.locator(".page-head .chip").click();
    assertThat(page.locator("[data-item]")).hasCount(2);
    browser.go("/topics?search=" + word);
    page.selectOption("#topic-project", project);
    assertThat(page).hasURL(Pattern.compile(".*project=" + project + ".*"));
    assertThat(page.locator("#topic-" + late + " .chip")).hasText("Project " + word);
    String atom = atom(api, 1);
    api.post("/api/v1/atoms/" + atom + "/topics/" + late, "").expect(201);
    assertThat(api.get("/api/v1/atoms?project_id=" + project).expect(200).json().getJsonArray("items")).hasSize(1);
    assertThat(browser.go("/atoms?project=" + project).locator("[data-list] > [data-item]")).hasCount(1);
    assertThat(page.locator("#atom-project")).hasValue(project);
    api.delete("/api/v1/projects/" + project);
    assertThat(browser.go("/topics/" + early).locator(".page-head .chip")).hasCount(0);
  }

  private String message(Api api) {
    return api.post("/api/v1/messages", Json.createObjectBuilder().add("external_message_id", "k1").add("content", "It is about " + word)
        .add("sent_at", Instant.now().toString()).add("author", "Olena").add("chat", word).add("chat_title", word).build().toString())
        .expect(201).json().getString("id");
  }

  @Test
  void aMessageIsGivenAnotherTopic(Api api, Browser browser) {
    String message = message(api);
    String topic = api.post("/api/v1/topics", "{\"name\":\"Topic " + word + "\"}").expect(201).json().getString("id");
    Page page = browser.signIn().go("/messages/" + message);
    page.click("a[href='/topics/assign/" + message + "']");
    page.selectOption("form[action='/topics/assign'] select[name=topic]", topic);
    page.click("form[action='/topics/assign'] button");
    assertThat(page.locator(".message-topic a[href='/topics/" + topic + "']")).hasText("Topic " + word);
    assertThat(browser.go("/topics/" + topic).locator("a[href='/messages/" + message + "']")).isVisible();
    assertThat(browser.go("/messages?topic=" + topic).locator("[data-item]")).hasCount(1);
    browser.go("/messages/" + message);
    page.click("a[href='/topics/assign/" + message + "']");
    assertThat(page.locator("select[name=topic]")).hasValue(topic);
    page.selectOption("form[action='/topics/assign'] select[name=topic]", "");
    page.click("form[action='/topics/assign'] button");
    assertThat(page.locator(".message-topic")).containsText("No topic");
    assertThat(page.locator("select[name=topic]")).hasCount(0); // The choices are read by whoever opens them.
  }

  @Test
  void aReaderSeesAndDecidesNothing(Api api, Browser browser, Product product) {
    String atom = atom(api, 1);
    String topic = api.post("/api/v1/topics", "{\"name\":\"Topic " + word + "\"}").expect(201).json().getString("id");
    UUID version = version(product, atom, "Changed " + word);
    String name = "reader-" + UUID.randomUUID().toString().substring(0, 8);
    api.post("/api/v1/accounts", Json.createObjectBuilder().add("name", name).add("display_name", "Reader").add("role", "reader")
        .add("password", "a long pass phrase").build().toString()).expect(201);
    Page page = browser.signIn(name, "a long pass phrase").go("/atoms?q=" + word);
    assertThat(page.locator("#atom-" + atom)).isVisible();
    assertThat(page.locator("main form[method=post]")).hasCount(0);
    for (String path : List.of("/atoms/" + atom, "/topics/" + topic, "/versions", "/extraction")) {
      assertThat(browser.go(path).locator("main form[method=post]")).hasCount(0);
    }
    assertThat(browser.go("/atoms/new").locator(".problem-code")).hasText("403");
    browser.forgive();
    Api reader = product.anonymous().with("Authorization", "Bearer " + reader(api));
    reader.get("/api/v1/atoms/" + atom).expect(200);
    for (String path : List.of("/api/v1/atoms/" + atom + "/approve", "/api/v1/atoms", "/api/v1/topics", "/api/v1/knowledge/extract",
        "/api/v1/atoms/bulk-delete", "/api/v1/versions/bulk-approve", "/api/v1/versions/atoms/" + atom + "/versions/1/approve")) {
      reader.post(path, "{}").expect(403);
    }
    assertThat(reader.form("/atoms/" + atom + "/decision", Map.of("action", "approve")).status()).isEqualTo(403);
    assertThat(reader.form("/versions/" + version + "/decision", Map.of("action", "approve")).status()).isEqualTo(403);
    assertThat(status(api, atom)).isEqualTo("pending");
  }

  @Test
  void everythingWorksWithoutScripts(Api api, Browser browser, Product product) {
    List<String> ids = atoms(api, 3);
    version(product, ids.get(2), "Changed without scripts, " + word);
    Page page = browser.withoutScripts();
    page.navigate("/atoms?sort=oldest&q=" + word);
    page.fill("input[name=name]", Product.ADMIN);
    page.fill("input[name=password]", Product.ADMIN_PASSWORD);
    page.click("button[type=submit]");
    page.navigate("/atoms?sort=oldest&q=" + word);
    page.locator("#atom-" + ids.get(0) + " button[value=approve]").click();
    assertThat(status(api, ids.get(0))).isEqualTo("approved");
    page.navigate("/decisions");
    page.locator("tr:has(a[href='/atoms/" + ids.get(0) + "']) button").click();
    assertThat(status(api, ids.get(0))).isEqualTo("pending");
    page.navigate("/atoms/" + ids.get(1));
    page.fill("#edit-content", "Written without scripts, " + word);
    page.locator("form.form button.primary").click();
    assertThat(page.locator("main")).containsText("Written without scripts");
    page.navigate("/versions?type=atom");
    page.locator("li:has-text('Changed without scripts, " + word + "') button[value=reject]").click();
    assertThat(page.locator("h1")).isVisible();
    page.navigate("/topics/new");
    page.fill("#new-name", "Topic " + word);
    page.locator("main form button.primary").click();
    assertThat(page.locator("h1")).containsText("Topic " + word);
    page.fill("#topic-description", "Described without scripts");
    page.locator("aside form button").first().click();
    assertThat(page.locator("main p").first()).containsText("Described without scripts");
    page.navigate("/atoms/new");
    page.fill("#new-title", "New " + word);
    page.fill("#new-content", "New content " + word);
    page.locator("main form button.primary").click();
    assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1))).containsText("New " + word);
  }

  // The contract of the API.

  @Test
  void topicsAnswerAsTheContractSays(Api api) {
    JsonObject topic = api.post("/api/v1/topics", "{\"name\":\" Budget " + word + " \",\"color\":\"blue\"}").expect(201).json();
    String id = topic.getString("id");
    assertThat(topic.getString("name")).isEqualTo("Budget " + word);
    assertThat(List.of(topic.getString("icon"), topic.getString("color"))).containsExactly("currency", "#3B82F6");
    api.post("/api/v1/topics", "{\"name\":\"BUDGET, " + word + "\"}").expect(409);
    api.post("/api/v1/topics", "{\"name\":\" \"}").expect(422);
    api.post("/api/v1/topics", "{}").expect(422);
    api.post("/api/v1/topics", "{\"name\":\"" + "x".repeat(101) + "\"}").expect(422);
    api.post("/api/v1/topics", "{\"name\":\"A " + word + "\",\"icon\":\"rocket\"}").expect(422);
    api.post("/api/v1/topics", "{\"name\":\"A " + word + "\",\"color\":\"#12\"}").expect(422);
    api.post("/api/v1/topics", "{\"name\"").expect(400);
    api.get("/api/v1/topics/" + UUID.randomUUID()).expect(404);
    api.get("/api/v1/topics/nonsense").expect(404);
    api.get("/api/v1/topics?sort_by=nonsense").expect(400);
    api.get("/api/v1/topics?unknown=1").expect(400);
    api.get("/api/v1/topics?limit=0").expect(400);
    assertThat(api.get("/api/v1/topics?search=%25" + word).expect(200).json().getInt("total")).isZero();
    assertThat(api.get("/api/v1/topics?search=" + word + "&is_active=true").expect(200).json().getInt("total")).isEqualTo(1);
    assertThat(api.ask("PATCH", "/api/v1/topics/" + id, "{\"description\":\"Money\",\"color\":\"blue\"}").expect(200).json()
        .getString("description")).isEqualTo("Money");
    api.ask("PATCH", "/api/v1/topics/" + id, "{\"color\":\"blue\"}").expect(200);
    assertThat(api.get("/api/v1/versions/topics/" + id + "/versions").expect(200).array()).hasSize(1);
    api.ask("PATCH", "/api/v1/topics/" + id, "{\"name\":\"\"}").expect(422);
    api.ask("PATCH", "/api/v1/topics/" + UUID.randomUUID(), "{\"name\":\"x\"}").expect(404);
    assertThat(api.ask("PATCH", "/api/v1/topics/" + id + "/archive", "").expect(200).json().getBoolean("is_active")).isFalse();
    assertThat(api.ask("PATCH", "/api/v1/topics/" + id + "/restore", "").expect(200).json().getBoolean("is_active")).isTrue();
    assertThat(api.get("/api/v1/topics/" + id + "/suggest-color").expect(200).body()).contains("#22C55E");
    assertThat(api.get("/api/v1/topics/icons").expect(200).body()).contains("folder");
    api.get("/api/v1/topics/recent?period=week").expect(200);
    api.get("/api/v1/topics/recent?period=century").expect(400);
    api.get("/api/v1/topics/recent?period=week&start_date=2026-01-01").expect(400);
    api.get("/api/v1/topics/" + id + "/atoms").expect(200);
    api.get("/api/v1/topics/" + id + "/messages").expect(200);
    api.get("/api/v1/topics/" + UUID.randomUUID() + "/messages").expect(404);
  }

  @Test
  void atomsAnswerAsTheContractSays(Api api) {
    String id = atom(api, 1);
    api.post("/api/v1/atoms", json("decision", "title 1 OF " + word, "We decided number 1 of " + word + "!")).expect(409);
    api.post("/api/v1/atoms", json("opinion", "Title", "Content " + word)).expect(422);
    api.post("/api/v1/atoms", json("idea", " ", "Content " + word)).expect(422);
    api.post("/api/v1/atoms", json("idea", "x".repeat(201), "Content " + word)).expect(422);
    api.post("/api/v1/atoms", "{\"type\":\"idea\",\"title\":\"a\",\"content\":\"b\",\"confidence\":1.5}").expect(422);
    api.post("/api/v1/atoms", "[]").expect(400);
    api.get("/api/v1/atoms?type=opinion").expect(400);
    api.get("/api/v1/atoms?min_confidence=2").expect(400);
    api.get("/api/v1/atoms?date_from=tomorrow").expect(400);
    api.get("/api/v1/atoms/" + UUID.randomUUID()).expect(404);
    api.ask("PATCH", "/api/v1/atoms/" + id, "{\"type\":\"opinion\"}").expect(422);
    api.ask("PATCH", "/api/v1/atoms/" + id, "{}").expect(200);
    JsonObject decided = api.post("/api/v1/atoms/" + id + "/approve", "{\"revision\":1}").expect(200).json();
    assertThat(decided.getJsonObject("atom").getBoolean("user_approved")).isTrue();
    assertThat(api.post("/api/v1/atoms/" + id + "/reject", "{}").expect(409).body()).contains("Already approved by");
    api.post("/api/v1/knowledge/decisions/" + decided.getString("decision_id") + "/undo", "").expect(200);
    api.post("/api/v1/knowledge/decisions/" + decided.getString("decision_id") + "/undo", "").expect(200);
    assertThat(status(api, id)).isEqualTo("pending");
    api.post("/api/v1/atoms/" + id + "/approve", "{\"revision\":1}").expect(409);
    api.post("/api/v1/knowledge/decisions/" + UUID.randomUUID() + "/undo", "").expect(404);
    String topic = api.post("/api/v1/topics", "{\"name\":\"Topic " + word + "\"}").expect(201).json().getString("id");
    api.post("/api/v1/atoms/" + id + "/topics/" + topic + "?position=1&note=because", "").expect(201);
    api.post("/api/v1/atoms/" + id + "/topics/" + topic, "").expect(409);
    api.post("/api/v1/atoms/" + id + "/topics/" + UUID.randomUUID(), "").expect(404);
    api.post("/api/v1/atoms/" + UUID.randomUUID() + "/topics/" + topic, "").expect(404);
    assertThat(api.get("/api/v1/topics/" + topic + "/atoms").expect(200).array()).hasSize(1);
    api.post("/api/v1/atoms/bulk-approve", "{\"atom_ids\":[]}").expect(400);
    api.post("/api/v1/atoms/bulk-approve", "{}").expect(400);
    String unknown = UUID.randomUUID().toString();
    JsonObject bulk = api.post("/api/v1/atoms/bulk-approve", "{\"atom_ids\":[\"" + id + "\",\"" + unknown + "\",\"" + id + "\"]}")
        .expect(200)
        .json();
    assertThat(bulk.getInt("success_count")).isEqualTo(1);
    assertThat(bulk.getJsonArray("failed_ids").getValuesAs(JsonString::getString)).containsExactly(unknown);
    assertThat(bulk.getJsonObject("errors").getString(unknown)).isNotBlank();
    api.delete("/api/v1/atoms/" + id).expect(204);
    api.delete("/api/v1/atoms/" + id).expect(404);
  }

  @Test
  void versionsAnswerAsTheContractSays(Api api, Product product) {
    String id = atom(api, 1);
    String path = "/api/v1/versions/atoms/" + id + "/versions";
    version(product, id, "First " + word);
    UUID second = version(product, id, "Second " + word);
    assertThat(api.get(path).expect(200).array()).hasSize(2);
    api.get("/api/v1/versions/people/" + id + "/versions").expect(404);
    api.get(path + "/2/diff").expect(400);
    assertThat(api.get(path + "/2/diff?compare_to=1").expect(200).body()).contains("First", "Second", "\"changed\"");
    api.get(path + "/2/diff?compare_to=9").expect(404);
    assertThat(api.post(path + "/1/approve", "{}").expect(200).json().getString("status")).isEqualTo("approved");
    api.post(path + "/1/approve", "{}").expect(409);
    api.post(path + "/1/reject", "{}").expect(409);
    assertThat(api.post(path + "/2/approve", "{}").expect(409).body()).contains("changed after");
    assertThat(api.post("/api/v1/versions/bulk-reject", "{\"version_ids\":[\"" + second + "\",\"" + id + "\"]}").expect(200).json()
        .getInt("success_count")).isEqualTo(1);
    api.post(path + "/9/approve", "{}").expect(404);
    api.post("/api/v1/versions/bulk-approve", "{\"version_ids\":[]}").expect(400);
    api.get("/api/v1/versions/pending-count").expect(200);
    api.get("/api/v1/versions?status=nonsense").expect(400);
    assertThat(api.get("/api/v1/versions?status=rejected&entity_type=atom").expect(200).body()).contains(second.toString());
  }

  @Test
  void extractionAnswersAsTheContractSays(Api api) {
    String extract = "/api/v1/knowledge/extract";
    api.post(extract, "{}").expect(422);
    api.post(extract, "{\"message_ids\":[],\"period\":{\"period_type\":\"last_24h\"}}").expect(422);
    api.post(extract, "{\"message_ids\":[]}").expect(422);
    String many = IntStream.range(0, 101).mapToObj(i -> "\"" + UUID.randomUUID() + "\"").collect(Collectors.joining(","));
    api.post(extract, "{\"message_ids\":[" + many + "]}").expect(422);
    api.post(extract, "{\"message_ids\":[\"nonsense\"]}").expect(400);
    api.post(extract, "{\"period\":{\"period_type\":\"last_century\"}}").expect(400);
    api.post(extract, "{\"period\":{\"period_type\":\"custom\"}}").expect(400);
    api.post(extract, "{\"period\":{\"period_type\":\"custom\",\"start_date\":\"2026-02-02\",\"end_date\":\"2026-02-01\"}}").expect(400);
    api.post(extract, "{\"period\":{\"period_type\":\"custom\",\"start_date\":\"2999-02-02\",\"end_date\":\"2999-02-03\"}}").expect(400);
    api.post(extract, "{\"period\":{\"period_type\":\"custom\",\"start_date\":\"yesterday\",\"end_date\":\"2026-02-03\"}}").expect(400);
    Await.until("no other run is active", TIMEOUT,
        () -> api.post(extract, "{\"message_ids\":[\"" + UUID.randomUUID() + "\"]}").status() == 400);
    api.get(extract + "/" + UUID.randomUUID()).expect(404);
    api.get(extract + "/" + UUID.randomUUID() + "/refusals").expect(404);
    api.post(extract + "/" + UUID.randomUUID() + "/cancel", "").expect(404);
    extract(api, List.of(message(api)));
    String run = api.get(extract + "?limit=1").expect(200).array().getJsonObject(0).getString("id");
    api.post(extract + "/" + run + "/cancel", "").expect(409);
    assertThat(api.get(extract + "/" + run + "/refusals").expect(200).array()).isNotNull();
  }
}
