package tasktracker.llm;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tasktracker.harness.Api;
import tasktracker.harness.Await;
import tasktracker.harness.Browser;
import tasktracker.harness.Product;
import tasktracker.harness.ProductTest;
import tasktracker.harness.ProjectPaths;
import tasktracker.harness.TestSocket;

/** An administrator connects language models, and gives them tasks. */
@ProductTest
class ProvidersIT {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private final String key = "sk-" + UUID.randomUUID();
  private final String name = "Models " + UUID.randomUUID();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/models", exchange -> {
      boolean isKnown = ("Bearer " + key).equals(exchange.getRequestHeaders().getFirst("Authorization"));
      byte[] body = "{\"data\":[{\"id\":\"small-model\"},{\"id\":\"large-model\"}]}".getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(isKnown ? 200 : 401, isKnown ? body.length : -1);
      if (isKnown) {
        exchange.getResponseBody().write(body);
      }
      exchange.close();
    });
    server.createContext("/v1/chat/completions", exchange -> {
      byte[] body = """
          {"id":"1","object":"chat.completion","created":1,"model":"small-model","choices":[{"index":0,
           "message":{"role":"assistant","content":"Hello Olena"},"finish_reason":"stop"}],
           "usage":{"prompt_tokens":10,"completion_tokens":3,"total_tokens":13}}""".getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
    server.createContext("/api/tags", exchange -> {
      byte[] body = "{\"models\":[{\"name\":\"llama3.1:8b\",\"size\":5,\"modified_at\":\"2026-01-01T00:00:00Z\"}]}"
          .getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private String host() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  private String json(String more) {
    return "{\"name\":\"" + name + "\",\"type\":\"openai\",\"base_url\":\"http://" + host() + "/v1\"" + more + "}";
  }

  private static void allow(Api api, String address) {
    api.post("/api/v1/outbound/allowed", "{\"address\":\"" + address + "\"}").expect(201);
  }

  private static JsonObject validated(Api api, String id) {
    return Await.forValue("the provider is validated", TIMEOUT, () -> api.get("/api/v1/providers/" + id).expect(200).json(),
        p -> !p.getString("validation_status").equals("validating"));
  }

  @Test
  void olenaConnectsAServerOfHerNetworkAndSeesItByPush(Browser browser, Api api) {
    Page page = browser.signIn().go("/providers/new");
    page.fill("#name", name);
    page.selectOption("#type", "openai");
    page.fill("#base-url", "http://" + host() + "/v1");
    page.fill("#api-key", key);
    page.click("main form button.primary");
    assertThat(page.locator("main")).containsText(host());
    Page watching = browser.anotherWindow();
    watching.navigate(page.url().replaceAll("/providers/.*", "/providers"));
    assertThat(watching.locator("live-socket .word")).hasText("Live");
    var row = watching.locator("tr", new Page.LocatorOptions().setHasText(name));
    assertThat(row).containsText("Error");
    page.click("main form button.primary");
    assertThat(row.locator(".badge")).hasText("Connected");
    assertThat(page.locator("tr", new Page.LocatorOptions().setHasText(name)).locator(".badge")).hasText("Connected");
    assertThat(page.content()).doesNotContain(key);
    browser.screenshot("providers");
    assertThat(api.get("/api/v1/audit?action=outbound.allowed&limit=5").expect(200).body()).contains(host());
  }

  @Test
  void theKeyIsKeptByABlankOneAndFoundNowhere(Api api, Product product) throws IOException {
    allow(api, host());
    TestSocket socket = product.socket("/ws?topics=providers");
    String id = api.post("/api/v1/providers", json(",\"api_key\":\"" + key + "\"")).expect(201).json().getString("id");
    assertThat(validated(api, id).getString("validation_status")).isEqualTo("connected");
    api.put("/api/v1/providers/" + id, "{\"api_key\":\"\",\"concurrency\":1}").expect(200);
    assertThat(validated(api, id).getString("validation_status")).isEqualTo("connected");
    assertThat(api.get("/api/v1/providers/" + id + "/models").expect(200).body()).contains("large-model");
    for (String path : List.of("/api/v1/providers", "/api/v1/providers/" + id, "/providers", "/providers/" + id + "/edit",
        "/api/v1/audit?limit=100", "/api/v1/jobs?limit=100", "/system/audit")) {
      assertThat(api.with("Accept", path.startsWith("/api") ? "application/json" : "text/html").get(path).body()).as(path)
          .doesNotContain(key);
    }
    String stored = product.database().withHandle(h -> h.createQuery("select api_key from llm_provider where id = cast(:id as uuid)")
        .bind("id", id).mapTo(String.class).one());
    assertThat(stored).startsWith("test:").doesNotContain(key);
    assertThat(dump(product)).doesNotContain(key);
    assertThat(logs()).noneMatch(log -> log.contains(key));
    assertThat(socket).isNotNull();
    api.put("/api/v1/providers/" + id, "{\"base_url\":\"http://127.0.0.1:1/v1\"}").expect(422);
    api.put("/api/v1/providers/" + id, "{\"clear_api_key\":true}").expect(200);
    JsonObject without = validated(api, id);
    assertThat(without.getString("validation_reason")).isEqualTo("unauthorized");
    assertThat(without.getBoolean("has_key")).isFalse();
  }

  /** All rows of all tables as text, as a dump has them. */
  private static String dump(Product product) {
    return product.database().withHandle(h -> String.join("\n", h.createQuery("""
            select table_to_xml(c.oid::regclass, true, false, '')::text from pg_class c
             where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace""").mapTo(String.class).list()));
  }

  private static List<String> logs() throws IOException {
    try (Stream<Path> files = Files.walk(ProjectPaths.target("server"))) {
      return files.filter(file -> file.getFileName().toString().endsWith(".log")).map(ProvidersIT::read).toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException goneMeanwhile) {
      return "";
    }
  }

  @Test
  void aProviderInUseIsKeptAndItsAgentsAreNamed(Api api) {
    allow(api, host());
    String provider = api.post("/api/v1/providers", json(",\"api_key\":\"" + key + "\"")).expect(201).json().getString("id");
    String agent = api.post("/api/v1/agents", "{\"name\":\"Agent of " + name + "\",\"provider_id\":\"" + provider
        + "\",\"model_name\":\"small-model\",\"system_prompt\":\"You read.\"}").expect(201).json().getString("id");
    assertThat(api.delete("/api/v1/providers/" + provider).expect(409).body()).contains("Agent of " + name);
    JsonObject task = api.get("/api/v1/task-configs").expect(200).array().getJsonObject(0);
    api.post("/api/v1/agents/" + agent + "/tasks", "{\"task_id\":\"" + task.getString("id") + "\"}").expect(201);
    api.post("/api/v1/agents/" + agent + "/tasks", "{\"task_id\":\"" + task.getString("id") + "\"}").expect(409);
    assertThat(api.get("/api/v1/assignments").expect(200).body()).contains("Agent of " + name, "Built-in analyst");
    assertThat(api.delete("/api/v1/agents/" + agent).expect(409).body()).contains(task.getString("name"));
    validated(api, provider);
    assertThat(api.post("/api/v1/agents/" + agent + "/test", "{\"prompt\":\"Hello\"}").expect(200).body())
        .contains("Hello Olena", "\"output_tokens\":3");
    api.delete("/api/v1/agents/" + agent + "/tasks/" + task.getString("id")).expect(204);
    api.delete("/api/v1/agents/" + agent).expect(204);
    api.delete("/api/v1/providers/" + provider).expect(204);
  }

  @Test
  void readersLearnNothingAboutProviders(Api api, Product product) {
    api.post("/api/v1/providers", json("")).expect(201);
    String token = api.post("/api/v1/tokens", "{\"name\":\"reader\",\"role\":\"reader\"}").expect(201).json().getString("token");
    Api reader = product.anonymous().with("Authorization", "Bearer " + token);
    for (String path : List.of("/api/v1/providers", "/api/v1/agents", "/api/v1/assignments", "/api/v1/task-configs", "/api/v1/prompts",
        "/api/v1/model-calls", "/api/v1/model-prices", "/api/v1/outbound/allowed")) {
      reader.get(path).expect(403);
    }
    assertThat(reader.with("Accept", "text/html").get("/start").expect(200).body()).doesNotContain(name, host());
  }

  @Test
  void theBuiltInAnalystIsThereAndStays(Api api) {
    JsonObject builtin = api.get("/api/v1/providers").expect(200).array().getValuesAs(JsonObject.class).stream()
        .filter(p -> p.getString("type").equals("builtin")).findFirst().orElseThrow();
    assertThat(builtin.getString("validation_status")).isEqualTo("connected");
    api.delete("/api/v1/providers/" + builtin.getString("id")).expect(409);
    JsonObject agent = api.get("/api/v1/agents").expect(200).array().getJsonObject(0);
    assertThat(agent.getString("name")).isEqualTo("Built-in analyst");
    api.delete("/api/v1/agents/" + agent.getString("id")).expect(409);
    api.post("/api/v1/agents/" + agent.getString("id") + "/test", "{\"prompt\":\"Hello\"}").expect(400);
  }

  @Test
  void modelsOfOllamaAreListedWhereItIsAllowed(Api api) {
    String host = "localhost:" + server.getAddress().getPort();
    assertThat(api.get("/api/v1/providers/ollama/models?host=http://" + host).expect(400).body()).contains(host);
    api.get("/api/v1/providers/ollama/models?host=http://169.254.169.254").expect(400);
    allow(api, host);
    assertThat(api.get("/api/v1/providers/ollama/models?host=http://" + host).expect(200).body()).contains("llama3.1:8b");
    allow(api, "127.0.0.1:1");
    api.get("/api/v1/providers/ollama/models?host=127.0.0.1:1").expect(502);
  }

  @Test
  void fieldsOfATaskAreEditedWithoutScripts(Browser browser, Api api) {
    Page page = browser.withoutScripts();
    page.navigate("/sign-in");
    page.fill("[name=name]", "admin");
    page.fill("[name=password]", Product.ADMIN_PASSWORD);
    page.click("main form button.primary");
    page.navigate("/agent-tasks/new");
    page.fill("#name", name);
    page.fill("#field-name-0", "title");
    page.click("button[value='add']");
    page.fill("#field-name-1", "title");
    page.click("button.primary");
    assertThat(page.locator(".note.bad")).containsText("twice");
    page.fill("#field-name-1", "due");
    page.selectOption("#field-type-1", "date");
    page.click("button[value='preview']");
    assertThat(page.locator("pre")).containsText("\"format\": \"date\"");
    page.click("button[value='add']");
    page.click("button[value='remove-2']");
    page.click("button.primary");
    assertThat(page.locator("tr", new Page.LocatorOptions().setHasText(name))).containsText("title, due");
    assertThat(api.get("/api/v1/task-configs").expect(200).body()).contains(name);
  }

  @Test
  void theAgentFormLoadsModelsAndKeepsItsPrompts(Browser browser, Api api) {
    allow(api, host());
    String provider = api.post("/api/v1/providers", json(",\"api_key\":\"" + key + "\"")).expect(201).json().getString("id");
    Page page = browser.signIn().go("/agents/new");
    page.fill("#name", "Reader " + name);
    page.selectOption("#provider", provider);
    page.click("button[value='models']");
    assertThat(page.locator("details li").first()).hasText("large-model");
    page.fill("#model", "small-model");
    page.fill("#prompt", "First prompt");
    page.click("button[value='save']");
    assertThat(page.locator("h1")).hasText("Agents");
    String agent = api.get("/api/v1/agents?provider_id=" + provider).expect(200).array().getJsonObject(0).getString("id");
    api.put("/api/v1/agents/" + agent, "{\"system_prompt\":\"Second prompt\"}").expect(200);
    browser.go("/agents/" + agent + "/prompts");
    assertThat(page.locator("section")).hasCount(2);
    page.click("section:nth-of-type(2) button");
    assertThat(page.locator("section")).hasCount(3);
    assertThat(api.get("/api/v1/agents/" + agent).expect(200).json().getString("system_prompt")).isEqualTo("First prompt");
    browser.go("/agents/" + agent + "/test");
    page.fill("#prompt", "Hello");
    page.click("main form button.primary");
    assertThat(page.locator("pre")).hasText("Hello Olena");
    browser.screenshot("agent-test");
    browser.go("/agents/" + agent + "/edit");
    browser.screenshot("agent-form");
  }

  @Test
  void firstStepsAreShownHiddenAndShownAgain(Browser browser, Api api) {
    api.post("/api/v1/messages", "{\"external_message_id\":\"1\",\"content\":\"The build is red\",\"sent_at\":\"2026-03-02T12:00:00Z\","
        + "\"author\":\"Olena\",\"chat\":\"" + name + "\"}").expect(201);
    Page page = browser.signIn().go("/start");
    assertThat(page.locator("#start-steps > li")).hasCount(4);
    assertThat(page.locator("#start-steps > li").first().locator(".badge.ok")).hasCount(1);
    assertThat(page.locator("#start-steps > li").nth(1).locator(".badge.ok")).hasCount(1);
    page.click("main .welcome > form button");
    browser.go("/");
    assertThat(page.locator("a[href='/start']")).hasCount(1);
    browser.go("/start");
    page.click("main .welcome > form button");
    assertThat(page.locator("#start-steps > li")).hasCount(4);
  }

  @Test
  void thePagesAreLookedAtInBothLanguagesAndThemes(Browser browser) {
    browser.signIn().resize(375, 900);
    for (String language : List.of("en", "uk")) {
      choose(browser, language);
      for (String path : List.of("/providers", "/providers/new", "/agents", "/agent-tasks/new", "/start", "/settings/outbound")) {
        Page page = browser.go(path);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(
            language.equals("uk")
                ? com.microsoft.playwright.options.ColorScheme.DARK
                : com.microsoft.playwright.options.ColorScheme.LIGHT));
        assertThat(((Number) page.evaluate("document.documentElement.scrollWidth")).intValue()).as(path).isLessThanOrEqualTo(375);
        browser.screenshot("llm-375-" + language + path.replace('/', '-'));
      }
    }
    choose(browser, "en");
  }

  private static void choose(Browser browser, String language) {
    Page page = browser.resize(1280, 900).go("/agents");
    page.click("[popovertarget=user-menu]");
    page.click("#user-menu button[name=language][value=" + language + "]");
    page.waitForSelector("html[lang=" + language + "]");
    browser.resize(375, 900);
  }
}
