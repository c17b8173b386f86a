package tasktracker.knowledge.model;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static tasktracker.llm.call.ScriptedModelServer.says;

import com.microsoft.playwright.Page;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tasktracker.harness.Api;
import tasktracker.harness.ApiResponse;
import tasktracker.harness.Await;
import tasktracker.harness.Browser;
import tasktracker.harness.Product;
import tasktracker.harness.ProductTest;
import tasktracker.llm.agent.Agents;
import tasktracker.llm.call.ScriptedModelServer;
import tasktracker.llm.provider.ProviderType;

/** A provider that an administrator connected reads messages, and the built-in analyst takes over when it does not. */
@ProductTest
class ExtractionByModelIT {

  private static final Duration TIMEOUT = Duration.ofSeconds(120);
  private final String word = "heron" + UUID.randomUUID().toString().substring(0, 8);
  private final String quote = "we ship " + word + " on Thursday";
  private final String key = "sk-" + UUID.randomUUID();

  private String message(Api api, int number, String text) {
    return message(api, "Team " + word, number, text);
  }

  private static String message(Api api, String chat, int number, String text) {
    return api.post("/api/v1/messages", Json.createObjectBuilder().add("external_message_id", String.valueOf(number)).add("content", text)
        .add("sent_at", "2026-03-02T12:0" + number + ":00Z").add("author", "Olena").add("chat", chat).build().toString())
        .expect(201).json().getString("id");
  }

  private List<String> messages(Api api) {
    return new ArrayList<>(List.of(message(api, 1, "Decision: " + quote + ", everybody agreed."),
        message(api, 2, "The export of " + word + " fails with a timeout, we can not send invoices.")));
  }

  private String provider(Api api, URI url, String... excluded) {
    api.post("/api/v1/outbound/allowed", "{\"address\":\"" + url.getAuthority() + "\"}").expect(201);
    JsonArrayBuilder chats = Json.createArrayBuilder(List.of(excluded));
    return api.post("/api/v1/providers", Json.createObjectBuilder().add("name", "Local " + word).add("type", "openai")
        .add("base_url", url + "/v1").add("api_key", key).add("timeout_seconds", 5).add("excluded_chats", chats).build().toString())
        .expect(201).json().getString("id");
  }

  private String agent(Api api, String provider) {
    return api.post("/api/v1/agents", Json.createObjectBuilder().add("name", "Reader " + word).add("provider_id", provider)
        .add("model_name", "m").add("system_prompt", "Be brief about " + word + ".").build().toString()).expect(201).json().getString("id");
  }

  private static String extract(Api api, List<String> ids, String agent) {
    JsonObjectBuilder body = Json.createObjectBuilder().add("message_ids", Json.createArrayBuilder(ids));
    if (agent != null) {
      body.add("agent_config_id", agent);
    }
    return extract(api, body.build().toString());
  }

  private static String extract(Api api, String json) {
    ApiResponse[] started = new ApiResponse[1];
    Await.until("no other requested run is active", TIMEOUT, () -> {
      started[0] = api.post("/api/v1/knowledge/extract", json);
      return started[0].status() != 409;
    });
    String run = started[0].expect(202).json().getString("extraction_id");
    Await.until("the run ends", TIMEOUT, () -> {
      String status = api.get("/api/v1/knowledge/extract/" + run).expect(200).json().getString("status");
      assertThat(status).isNotIn("failed", "cancelled");
      return status.equals("completed");
    });
    return run;
  }

  private static List<JsonObject> analysts(Api api, String run) {
    return api.get("/api/v1/knowledge/extract/" + run + "/analysts").expect(200).array().getValuesAs(JsonObject.class);
  }

  private List<JsonObject> atoms(Api api) {
    return api.get("/api/v1/atoms?limit=1000").expect(200).json().getJsonArray("items").getValuesAs(JsonObject.class).stream()
        .filter(atom -> atom.toString().contains(word)).toList();
  }

  private JsonObjectBuilder atom(String type, String title, int message, String quote) {
    return Json.createObjectBuilder().add("type", type).add("title", title).add("content", title + ".").add("topic", "Topic " + word)
        .add("confidence", .9)
        .add("quotes", Json.createArrayBuilder().add(Json.createObjectBuilder().add("message", message).add("text", quote)));
  }

  private String answer() {
    return Json.createObjectBuilder()
        .add("topics", Json.createArrayBuilder().add(Json.createObjectBuilder().add("name", "Topic " + word).add("description", "")
            .add("messages", Json.createArrayBuilder().add(1)).add("confidence", .9)))
        .add("atoms", Json.createArrayBuilder().add(atom("decision", "We ship " + word + " on Thursday", 1, quote))
            .add(atom("problem", "The database is lost", 2, "the database is lost for ever")))
        .add("links", Json.createArrayBuilder()).build().toString();
  }

  @Test
  void aProviderFindsAtomsAndWhatNobodySaidIsRefused(Api api, Browser browser) throws Exception {
    api.post("/api/v1/projects", "{\"name\":\"Project " + word + "\",\"keywords\":[\"" + word
        + "\"],\"glossary\":{\"PMS\":\"property management of " + word + "\"}}").expect(201);
    try (ScriptedModelServer server = new ScriptedModelServer(ProviderType.OPENAI, says(answer()))) {
      String agent = agent(api, provider(api, server.url()));
      String run = extract(api, messages(api), agent);
      assertThat(atoms(api)).singleElement().satisfies(atom -> {
        assertThat(atom.getString("analyst")).isEqualTo("Local " + word + " / m");
        assertThat(atom.getString("title")).isEqualTo("We ship " + word + " on Thursday");
        assertThat(atom.getJsonArray("evidence").getJsonObject(0).getString("quote")).isEqualTo(quote);
      });
      assertThat(api.get("/api/v1/knowledge/extract/" + run + "/refusals").expect(200).body()).contains("made_up_quote");
      assertThat(analysts(api, run)).singleElement().satisfies(share -> {
        assertThat(share.getString("analyst")).isEqualTo("Local " + word + " / m");
        assertThat(share.getInt("messages")).isEqualTo(2);
        assertThat(share.getInt("atoms")).isEqualTo(1);
      });
      assertThat(server.requests).singleElement().satisfies(sent -> assertThat(sent.toString()).contains(
          "PMS: property management of " + word, "Be brief about " + word, "Each atom has at least one quote", "\\\"message\\\":2"));
      lookAround(api, browser, run);
    }
  }

  private void lookAround(Api api, Browser browser, String run) {
    Page page = browser.signIn().go("/extraction/" + run);
    assertThat(page.locator("main")).containsText("Local " + word + " / m");
    browser.screenshot("extraction-by-model");
    browser.go("/providers/calls");
    assertThat(page.locator("tr", new Page.LocatorOptions().setHasText("Local " + word)).last()).containsText("100 + 20");
    browser.screenshot("model-calls");
    assertThat(page.content()).doesNotContain(key);
    assertThat(api.get("/api/v1/model-calls").expect(200).body()).contains("Local " + word, "knowledge_extraction").doesNotContain(key);
  }

  /** The keys of the server were lost, or dropped too early. */
  @Test
  void aKeyThatCannotBeReadLeavesTheBuiltInAnalyst(Product product, Api api) throws Exception {
    try (ScriptedModelServer server = new ScriptedModelServer(ProviderType.OPENAI, says(answer()))) {
      String provider = provider(api, server.url());
      String task = api.get("/api/v1/task-configs?limit=100").expect(200).array().getValuesAs(JsonObject.class)
          .stream()
          .filter(config -> config.getString("name").equals("knowledge_extraction")).findFirst().orElseThrow().getString("id");
      String agent = agent(api, provider);
      String assigned = api.post("/api/v1/agents/" + agent + "/tasks", "{\"task_id\":\"" + task + "\"}").expect(201).body();
      assertThat(assigned).contains(task);
      product.database().useHandle(sql -> sql.execute("update llm_provider set api_key = 'lost:AAAA' where id = ?::uuid", provider));
      String run = extract(api, messages(api), null);
      assertThat(analysts(api, run)).singleElement().satisfies(share -> assertThat(share.getString("analyst")).isEqualTo("builtin"));
      assertThat(server.requests).isEmpty();
    }
  }

  @Test
  void aDeadProviderEndsAtTheBuiltInAnalystAndTheRunSaysSo(Api api, Browser browser) throws Exception {
    URI dead;
    try (ScriptedModelServer server = new ScriptedModelServer(ProviderType.OPENAI, says("{}"))) {
      dead = server.url();
    }
    String agent = agent(api, provider(api, dead));
    String run = extract(api, messages(api), agent);
    assertThat(api.get("/api/v1/knowledge/extract/" + run).expect(200).json().getString("analyst")).isEqualTo("builtin");
    List<JsonObject> shares = analysts(api, run);
    assertThat(shares).extracting(share -> share.getString("analyst")).containsExactly("builtin", "Local " + word + " / m");
    assertThat(shares.getFirst().getInt("messages")).isEqualTo(2);
    assertThat(shares.getLast().getInt("failures")).isPositive();
    assertThat(shares.getLast().getString("last_failure")).isEqualTo("unavailable");
    assertThat(atoms(api)).allSatisfy(atom -> assertThat(atom.getString("analyst")).isEqualTo("builtin"));
    assertThat(browser.signIn().go("/extraction/" + run).locator("main")).containsText("The provider is not available");
    browser.screenshot("extraction-failover");
  }

  @Test
  void anExcludedChatIsNotSentAndItsTopicsNeither(Api api, Product product) throws Exception {
    List<String> ids = messages(api);
    topic(api, product, "Secret " + word, ids);
    String open = message(api, "Others " + word, 1, "The export of " + word + " works again.");
    topic(api, product, "Open " + word, List.of(open));
    try (ScriptedModelServer server = new ScriptedModelServer(ProviderType.OPENAI, says(answer()))) {
      String agent = agent(api, provider(api, server.url(), api.chat("Team " + word)));
      assertThat(analysts(api, extract(api, ids, agent))).extracting(share -> share.getString("analyst")).containsExactly("builtin");
      assertThat(server.requests).isEmpty();
      extract(api, List.of(open), agent);
      assertThat(server.requests).singleElement()
          .satisfies(sent -> assertThat(sent.toString()).contains("Open " + word).doesNotContain("Secret " + word));
    }
  }

  @Test
  void aChatThatNobodyMayReadIsPassedOver(Api api, Browser browser) throws Exception {
    String secret = messages(api).getFirst();
    String open = message(api, "Others " + word, 1, "Decision: " + quote + ", everybody agreed.");
    try (ScriptedModelServer server = new ScriptedModelServer(ProviderType.OPENAI, says(answer()))) {
      String agent = agent(api, provider(api, server.url(), api.chat("Team " + word)));
      api.put("/api/v1/agents/" + Agents.BUILTIN, "{\"is_active\":false}").expect(200);
      try {
        String run = extract(api, List.of(secret, open), agent);
        assertThat(analysts(api, run)).extracting(share -> share.getString("analyst") + " " + share.getInt("messages"))
            .containsExactlyInAnyOrder("nobody 1", "Local " + word + " / m 1");
        assertThat(browser.signIn().go("/extraction/" + run).locator("main")).containsText("Nobody: all providers exclude the chat");
        browser.screenshot("extraction-nobody");
      } finally {
        api.put("/api/v1/agents/" + Agents.BUILTIN, "{\"is_active\":true}").expect(200);
      }
      assertThat(analysts(api, extract(api, List.of(secret), agent))).as("it is examined when somebody may").singleElement()
          .satisfies(share -> assertThat(share.getString("analyst")).isEqualTo("builtin"));
    }
  }

  /** A topic with these messages. */
  private static String topic(Api api, Product product, String name, List<String> messages) {
    String id = api.post("/api/v1/topics", "{\"name\":\"" + name + "\",\"description\":\"\"}").expect(201).json().getString("id");
    product.database().useHandle(sql -> messages.forEach(message -> sql.execute(
        "update message set topic_id = ?::uuid, topic_set_by = 'person' where id = ?::uuid", id, message)));
    return id;
  }

  @Test
  void anAssignedAgentIsAskedAndALongPeriodIsConfirmed(Api api, Browser browser) throws Exception {
    List<String> ids = messages(api);
    String task = api.get("/api/v1/task-configs").expect(200).array().getJsonObject(0).getString("id");
    try (ScriptedModelServer server = new ScriptedModelServer(ProviderType.OPENAI, says(answer()))) {
      String agent = agent(api, provider(api, server.url()));
      api.post("/api/v1/agents/" + agent + "/tasks", "{\"task_id\":\"" + task + "\"}").expect(201);
      try {
        assertThat(analysts(api, extract(api, ids, null)).getFirst().getString("analyst")).isEqualTo("Local " + word + " / m");
        Page page = browser.signIn().go("/extraction");
        page.selectOption("select[name=period]", "all");
        browser.screenshot("extraction-start");
        int sent = server.requests.size();
        page.click("main header form button.primary");
        assertThat(page.locator("h1")).hasText("Send messages to a provider?");
        assertThat(page.locator("main")).containsText("Local " + word + " / m");
        browser.screenshot("extraction-confirm");
        assertThat(page.locator("form:has(input[name=confirmed]) input[name=agent]")).hasValue(agent);
        assertThat(server.requests).as("nothing is sent before the confirmation").hasSize(sent);
      } finally {
        api.delete("/api/v1/agents/" + agent + "/tasks/" + task).expect(204);
      }
    }
    api.post("/api/v1/knowledge/extract",
        "{\"message_ids\":[\"" + ids.getFirst() + "\"],\"agent_config_id\":\"" + UUID.randomUUID() + "\"}")
        .expect(404);
  }

  @Test
  void historyIsSentToAnAgentAfterItsEstimateOnly(Api api, Product product) throws Exception {
    List<String> ids = messages(api);
    String topic = topic(api, product, "History " + word, ids);
    Await.until("the messages are scored", TIMEOUT, () -> ids.stream()
        .allMatch(id -> product.count("select count(*) from message where id = ?::uuid and scored_at is not null", id) == 1));
    ids.forEach(id -> product.database()
        .useHandle(sql -> sql.execute("update message set noise_classification = 'signal' where id = ?::uuid", id)));
    try (ScriptedModelServer server = new ScriptedModelServer(ProviderType.OPENAI, says(answer()))) {
      JsonObjectBuilder body = Json.createObjectBuilder().add("agent_config_id", agent(api, provider(api, server.url())))
          .add("period", Json.createObjectBuilder().add("period_type", "all").add("topic_id", topic));
      JsonObject unconfirmed = body.build();
      assertThat(api.post("/api/v1/knowledge/extract", unconfirmed.toString()).expect(409).body())
          .contains("2 messages", "Local " + word + " / m", "confirmed: true");
      assertThat(server.requests).isEmpty();
      String run = extract(api, Json.createObjectBuilder(unconfirmed).add("confirmed", true).build().toString());
      assertThat(analysts(api, run)).extracting(share -> share.getString("analyst")).containsExactly("Local " + word + " / m");
    }
  }

  @Test
  void aPromptIsEditedAndGivenBack(Api api, Browser browser) {
    Page page = browser.signIn().go("/agent-prompts/knowledge_extraction");
    String shipped = page.inputValue("#content");
    page.fill("#content", shipped + "\n\nEdited " + word);
    page.fill("#note", "Note " + word);
    page.click("main form.form button.primary");
    assertThat(page.locator("details").first()).containsText("Note " + word);
    browser.screenshot("prompt");
    assertThat(api.get("/api/v1/prompts/knowledge_extraction").expect(200).body()).contains("Edited " + word);
    page.locator("details").last().locator("summary").click();
    page.locator("details").last().locator("button").click();
    assertThat(page.locator("#content")).hasValue(shipped);
    api.put("/api/v1/prompts/knowledge_extraction", "{\"content\":\" \"}").expect(422);
    api.get("/api/v1/prompts/agent").expect(404);
  }

  @Test
  void aPriceIsSavedReplacedAndDeleted(Browser browser, Api api) {
    String price = "{\"model\":\"" + word + "\",\"valid_from\":\"2026-01-02\",\"input_per_million\":0.25,\"output_per_million\":2,";
    api.put("/api/v1/model-prices", price + "\"currency\":\"usd\"}").expect(422);
    Page page = browser.signIn().go("/providers/prices");
    page.fill("#model", word);
    page.fill("#input", "1,5");
    page.fill("#output", "abc");
    page.click("main form.form button.primary");
    assertThat(page.locator(".note.bad")).hasCount(1);
    page.fill("#output", "6");
    page.click("main form.form button.primary");
    var row = page.locator("tr", new Page.LocatorOptions().setHasText(word));
    assertThat(row).containsText("1.5 USD");
    browser.screenshot("prices");
    row.locator("button").click();
    assertThat(row).hasCount(0);
    api.put("/api/v1/model-prices", price + "\"currency\":\"EUR\"}").expect(200);
    assertThat(api.get("/api/v1/model-prices").expect(200).body()).contains(word, "\"valid_from\":\"2026-01-02\"", "0.25");
  }
}
