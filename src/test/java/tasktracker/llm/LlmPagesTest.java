package tasktracker.llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.llm.agent.AgentItem;
import tasktracker.llm.agent.AgentTester;
import tasktracker.llm.agent.AgentsPage;
import tasktracker.llm.agent.Prompts;
import tasktracker.llm.agent.TaskConfigItem;
import tasktracker.llm.agent.TaskSchema;
import tasktracker.llm.agent.TaskConfigsPage;
import tasktracker.llm.call.CallFailure;
import tasktracker.llm.call.CallStore;
import tasktracker.llm.call.CallsPage;
import tasktracker.llm.provider.ProviderItem;
import tasktracker.llm.provider.ProviderModels;
import tasktracker.llm.provider.ProviderStore;
import tasktracker.platform.web.Preferences;
import tasktracker.platform.web.TemplatePreview;

/** The pages of providers, agents and tasks, rendered without a server. */
class LlmPagesTest {

  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final UUID ID = new UUID(1, 1);
  private static final ProviderItem OLLAMA = provider("ollama", "error", "localhost:11434 did not answer in time.");
  private static final AgentItem AGENT = new AgentItem(ID, "<b>Analyst", "Reads", ID, "Ollama", "ollama", "llama3.1", "You read.", 0.7,
      null,
      true, false, NOON, NOON);
  private static final TaskConfigItem TASK = new TaskConfigItem(ID, "tasks", "What to do",
      TaskSchema.parse("{\"title\":{\"type\":\"string\"}}"), true, false, NOON, NOON);
  private final TemplatePreview preview = new TemplatePreview();

  private static ProviderItem provider(String type, String status, String error) {
    return new ProviderItem(ID, "Ollama <b>", type, "http://localhost:11434", true, true, 100, 2, 120, 0, List.of(), status,
        error == null ? null : "timeout", error, NOON,
        NOON, NOON);
  }

  private String render(String template, Map<String, ?> model, String language) {
    return preview.render(template, model, new Preferences(language, "light", "comfortable", true));
  }

  private static Map<String, Object> with(Map<String, Object> model, String name, Object value) {
    Map<String, Object> more = new HashMap<>(model);
    more.put(name, value);
    return more;
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "uk"})
  void providersAreListedWithTheirStateAndWhatLeaves(String language) {
    String html = render("provider/list", Map.of("providers", List.of(OLLAMA, provider("builtin", "connected", null)), "may", true),
        language);
    assertThat(html).contains("id=\"prov-" + ID + "-status\"", "did not answer in time", "/providers/" + ID + "/edit", "Ollama &lt;b&gt;");
    assertThat(render("provider/list", Map.of("providers", List.of(OLLAMA), "may", false), language)).doesNotContain("/edit");
  }

  private static Map<String, Object> providerForm() {
    Map<String, Object> values = Map.of("name", "Ollama", "type", "ollama", "base_url", "http://localhost:11434", "is_active", true,
        "failover_order", 100, "concurrency", 2, "timeout_seconds", 120, "daily_token_budget", 0, "excluded", List.of(ID));
    return Map.of("values", values, "error", "", "chats", List.of(new ProviderStore.Chat(ID, "Team")), "types",
        List.of("ollama", "openai"));
  }

  @Test
  void theFormOfAProviderNeverHasAKeyAndOffersToAllow() {
    String blank = render("provider/form", with(providerForm(), "item", null), "en");
    assertThat(blank).contains("name=\"api_key\"", "Team").doesNotContain("name=\"clear_key\"");
    assertThat(render("provider/form", with(providerForm(), "item", OLLAMA), "uk")).contains("name=\"clear_key\"");
    assertThat(render("provider/allow", Map.of("item", OLLAMA, "address", "localhost:11434"), "uk")).contains("localhost:11434", "/allow");
  }

  @Test
  void deletingAProviderInUseNamesItsAgents() {
    assertThat(render("provider/delete", Map.of("item", OLLAMA, "users", List.of("Analyst")), "en")).contains("Analyst")
        .doesNotContain("method=\"post\" action=\"/providers/" + ID);
    assertThat(render("provider/delete", Map.of("item", OLLAMA, "users", List.of()), "uk")).contains("/providers/" + ID + "/delete");
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "uk"})
  void agentsAreListedEditedAndTested(String language) {
    assertThat(render("agent/list", Map.of("cards", List.of(new AgentsPage.Card(AGENT, List.of())), "may", true), language))
        .contains("&lt;b&gt;Analyst", "llama3.1", "/agents/" + ID + "/test");
    Map<String, Object> values = Map.of("name", "A", "description", "", "provider", ID.toString(), "model", "llama3.1", "prompt", "P",
        "temperature", 0.7, "tokens", "", "active", true);
    assertThat(render("agent/form", with(Map.of("values", values, "error", "", "models",
        List.of(new ProviderModels.Model("qwen3:8b", 5L, null)), "providers", List.of(OLLAMA)), "agent", AGENT), language))
        .contains("qwen3:8b", "list=\"models\"", "name=\"model\"");
    assertThat(render("agent/test", with(Map.of("agent", AGENT, "prompt", "Hi", "error", ""), "answer",
        new AgentTester.Answer("Hello <b>", 10, 3, 250)), language)).contains("Hello &lt;b&gt;", "250");
    assertThat(render("agent/prompts", Map.of("agent", AGENT, "may", true, "versions",
        List.of(new Prompts.Version(2, "New", "", "olena", NOON), new Prompts.Version(1, "Old", "", "olena", NOON))), language))
        .contains("/prompts/1/restore").doesNotContain("/prompts/2/restore");
    assertThat(render("agent/tasks", Map.of("agent", AGENT, "all", List.of(TASK), "assigned", Set.of(ID)), language)).contains("checked");
    assertThat(render("agent/delete", Map.of("agent", AGENT, "users", List.of("tasks")), language))
        .doesNotContain("action=\"/agents/" + ID + "/delete\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "uk"})
  void fieldsOfATaskAreAddedAndRemovedByButtons(String language) {
    var form = new TaskConfigsPage.TaskForm("tasks", "", true, TaskSchema.fields(TASK.responseSchema()), "");
    assertThat(render("agent/task-form", with(Map.of("form", form, "error", "", "preview", "{}", "types", TaskSchema.TYPES), "task", TASK),
        language)).contains("value=\"add\"", "value=\"remove-0\"", "value=\"preview\"", "name=\"field_name\"")
        .doesNotContain("name=\"json\"");
    assertThat(render("agent/task-list", Map.of("tasks", List.of(TASK), "may", true), language)).contains("title",
        "/agent-tasks/" + ID + "/edit");
    assertThat(render("agent/task-delete", Map.of("task", TASK, "users", List.of()), language)).contains("/agent-tasks/" + ID + "/delete");
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "uk"})
  void callsShowWhatTheyCostAndWhyTheyFailed(String language) {
    List<CallStore.Call> calls = Arrays.stream(CallFailure.Kind.values())
        .map(kind -> new CallStore.Call(ID, ID, "Local <b>", "m", "agent_test",
            "failed", kind.wire(), 100, 20, new BigDecimal("0.00001234"), "USD", 120, NOON))
        .toList();
    var limited = new ProviderItem(ID, "Local <b>", "ollama", null, false, true, 100, 2, 120, 1000, List.of(), "connected", null, null,
        NOON,
        NOON, NOON);
    var budgets = List.of(
        new CallsPage.Budget(limited, new CallStore.Today(ID, 900, 100, 12, 1), List.of(new CallStore.Cost(ID, "USD", BigDecimal.TEN))),
        new CallsPage.Budget(OLLAMA, CallStore.Today.none(ID), List.of()));
    String html = render("provider/calls", Map.of("calls", calls, "budgets", budgets, "status", "", "statuses", CallStore.STATUSES,
        "provider", "", "older", "/providers/calls?before=" + ID, "newest", ""), language);
    assertThat(html).contains("Local &lt;b&gt;", "0.0000123 USD", "10 USD", "badge warn", "before=" + ID);
    assertThat(render("provider/calls", Map.of("calls", List.of(), "budgets", List.of(), "status", "ok", "statuses", CallStore.STATUSES,
        "provider", "", "older", "", "newest", ""), language)).contains("class=\"empty\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "uk"})
  void pricesAreShownToAllAndChangedByAdministrators(String language) {
    var price = new CallStore.Price("m<b>", LocalDate.of(2026, 1, 1), new BigDecimal("1.500000"), BigDecimal.TWO, "USD");
    Map<String, Object> model = Map.of("prices", List.of(price), "error", "", "typed",
        Map.of("model", "", "valid_from", "2026-03-02", "input", "", "output", "", "currency", "USD"));
    assertThat(render("provider/prices", with(model, "may", true), language)).contains("m&lt;b&gt;", "1.5 USD", "/prices/delete");
    assertThat(render("provider/prices", with(model, "may", false), language)).doesNotContain("<form method=\"post\" action=\"/providers");
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "uk"})
  void promptsOfTasksHaveAHistory(String language) {
    assertThat(render("agent/prompt-list", Map.of("prompts", List.of(new Prompts.Current("tasks", 0, null, null),
        new Prompts.Current("topics", 2, "olena", NOON))), language)).contains("/agent-prompts/tasks", "olena");
    Map<String, Object> model = Map.of("name", "tasks", "typed", "You <b>", "note", "", "error", "", "versions",
        List.of(new Prompts.Version(1, "You <b>", "shorter", "olena", NOON), new Prompts.Version(0, "You read", "", null, null)));
    assertThat(render("agent/prompt", with(model, "may", true), language)).contains("You &lt;b&gt;", "/versions/0/restore", "shorter");
    assertThat(render("agent/prompt", with(model, "may", false), language)).doesNotContain("textarea", "/restore");
  }

  @Test
  void allowedAddressesShowWhereTheyComeFrom() {
    var entry = new tasktracker.platform.outbound.OutboundAllowList.Entry(null, "localhost", 11434, null, null);
    assertThat(render("outbound/page", Map.of("entries", List.of(entry), "typed", "", "error", ""), "en"))
        .contains("localhost:11434", "OUTBOUND_ALLOWED").doesNotContain("/remove");
  }
}
