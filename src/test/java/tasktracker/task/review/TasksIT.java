package tasktracker.task.review;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tasktracker.harness.Api;
import tasktracker.harness.Await;
import tasktracker.harness.Browser;
import tasktracker.harness.Product;
import tasktracker.harness.ProductTest;

/** Olena and Kevin find, review and keep the tasks of their chats. */
@ProductTest
class TasksIT {

  private static final Duration TIMEOUT = Duration.ofSeconds(120);
  private static final String RUNS = "/api/v1/analysis/runs";
  private static final String PROPOSALS = "/api/v1/analysis/proposals";
  private final String word = "ibis" + UUID.randomUUID().toString().substring(0, 8);

  private String message(Api api, int number) {
    return api.post("/api/v1/messages", Json.createObjectBuilder().add("external_message_id", "t" + number)
        .add("content", "Please renew the certificate " + number + " of " + word + " by Friday").add("sent_at", Instant.now().toString())
        .add("author", "Olena").add("chat", word).add("chat_title", word).build().toString()).expect(201).json().getString("id");
  }

  /** A proposal as a run stores it. */
  private String proposal(Product product, Api api, int number) {
    UUID id = UUID.randomUUID();
    String message = message(api, number);
    product.database().useHandle(sql -> {
      sql.execute("""
          insert into task_proposal (id, title, title_key, description, priority, category, confidence, analyst, reason, fingerprint,
                                     message_id, status, said_at, created_by)
          select ?, ?, ?, content, 'high', 'chore', .8, 'builtin', '{"code":"list","details":["1"]}', sha256(?::bytea), id, 'pending',
                 sent_at + ? * interval '1 second', 'test' from message where id = ?::uuid""", id,
          "Renew certificate " + number + " of " + word, "renew certificate " + number + " of " + word, id.toString(), number, message);
      sql.execute("""
          insert into proposal_quote (proposal_id, position, message_id, revision, start_at, end_at, quote, author, sent_at)
          select ?, 0, id, revision, 0, length(content), content, 'Olena', sent_at from message where id = ?::uuid""", id, message);
    });
    return id.toString();
  }

  private List<String> proposals(Product product, Api api, int many) {
    return IntStream.range(0, many).mapToObj(i -> proposal(product, api, i)).toList();
  }

  private static JsonObject found(Api api, String proposal) {
    return api.get(PROPOSALS + "/" + proposal).expect(200).json();
  }

  private static String status(Api api, String proposal) {
    return found(api, proposal).getString("status");
  }

  private static Locator count(Page page) {
    return page.locator("#proposal-tabs .tab[aria-current] .num");
  }

  // The chat becomes tasks.

  @Test
  void aWeekOfTheSampleChatBecomesTasks(Product product, Api api, Browser browser) {
    String id = api.post("/api/v1/imports/sample", "{}").expect(202).json().getString("id");
    Await.until("the sample chat is imported", TIMEOUT,
        () -> api.get("/api/v1/imports/" + id).expect(200).json().getString("status").equals("completed"));
    Await.until("all is scored", TIMEOUT, () -> api.get("/api/v1/messages?class=unscored").expect(200).json().getInt("total") == 0);
    Page page = browser.signIn().go("/analysis");
    page.selectOption("#window", "last_30d");
    assertThat(page.locator("#estimate")).containsText("messages in the period");
    page.locator("#analysis-form button.primary").click();
    assertThat(page).hasURL(Pattern.compile(".*/analysis/[-0-9a-f]{36}$"));
    String run = page.url().substring(page.url().lastIndexOf('/') + 1);
    Await.until("the run has read all messages", TIMEOUT, () -> {
      JsonObject state = api.get(RUNS + "/" + run).expect(200).json();
      assertThat(state.getString("status")).isNotIn("failed", "cancelled");
      return state.getString("status").equals("completed") && state.getInt("batches_done") == state.getInt("batches_created");
    });
    assertThat(page.locator("#run-details .facts")).containsText("To review");
    List<JsonObject> found = verbatim(api, run);
    review(api, browser, run, found.size());
    decideAll(api, run);
    assertThat(api.get(RUNS + "/" + run).expect(200).json().getString("status")).isEqualTo("reviewed");
    assertThat(api.ask("PUT", RUNS + "/" + run + "/close", "").expect(200).json().getString("status")).isEqualTo("closed");
  }

  /** The proposals of the run; each quote is a part of its message. */
  private static List<JsonObject> verbatim(Api api, String run) {
    List<JsonObject> found = api.get(PROPOSALS + "?limit=1000&run_id=" + run).expect(200).json().getJsonArray("items")
        .getValuesAs(JsonObject.class);
    assertThat(found).hasSizeGreaterThanOrEqualTo(5).allSatisfy(proposal -> {
      assertThat(proposal.getString("proposed_title").split("\\s+")).hasSizeLessThanOrEqualTo(14);
      for (JsonObject quote : proposal.getJsonArray("evidence").getValuesAs(JsonObject.class)) {
        String text = api.get("/api/v1/messages/" + quote.getString("message_id")).expect(200).json().getString("content");
        assertThat(text.substring(quote.getInt("start_at"), quote.getInt("end_at"))).isEqualTo(quote.getString("quote"));
      }
    });
    return found;
  }

  private void review(Api api, Browser browser, String run, int proposals) {
    Page tasks = browser.anotherWindow();
    tasks.navigate(browser.page().url().replaceAll("/analysis/.*", "/tasks"));
    assertThat(tasks.locator("live-socket .word")).hasText("Live");
    Page page = browser.go("/proposals?run=" + run);
    assertThat(count(page)).hasText(String.valueOf(proposals));
    assertThat(page.locator("figure.evidence").first()).isVisible();
    page.keyboard().press("j");
    Locator first = page.locator("[data-list] > [data-item]").nth(0);
    Locator second = page.locator("[data-list] > [data-item]").nth(1);
    String chosen = first.getAttribute("id").substring("proposal-".length());
    page.keyboard().press("a");
    assertThat(page.locator("#open-" + second.getAttribute("id"))).isFocused();
    assertThat(page.locator("#proposal-" + chosen + ".folded")).isVisible();
    String task = found(api, chosen).getString("task_id");
    assertThat(tasks.locator("#task-" + task)).isVisible();
    page.keyboard().press("r");
    page.keyboard().press("r");
    assertThat(page.locator("#" + second.getAttribute("id") + ".folded.rejected")).isVisible();
    assertThat(count(page)).hasText(String.valueOf(proposals - 2));
    browser.go("/tasks/" + task);
    page.locator("figure.evidence a").first().click();
    assertThat(page).hasURL(Pattern.compile(".*/messages/[-0-9a-f]{36}$"));
    assertThat(page.locator("a[href='/tasks/" + task + "']")).isVisible();
  }

  private static void decideAll(Api api, String run) {
    for (JsonObject proposal : api.get(PROPOSALS + "?limit=1000&status=pending&run_id=" + run).expect(200).json().getJsonArray("items")
        .getValuesAs(JsonObject.class)) {
      api.ask("PUT", PROPOSALS + "/" + proposal.getString("id") + "/reject", "{\"reason\":\"done\"}").expect(200);
    }
  }

  // Review.

  @Test
  void theKeyboardAloneDecidesTenProposals(Product product, Api api, Browser browser) {
    proposals(product, api, 12);
    Page page = browser.signIn().go("/proposals?sort=oldest&q=" + word);
    assertThat(count(page)).hasText("12");
    page.keyboard().press("a");
    assertThat(page.locator(".atom-card.folded")).hasCount(0); // Nothing was in focus: the key went to the first card.
    List<String> order = page.locator("[data-list] > [data-item]").all().stream().map(card -> card.getAttribute("id")).toList();
    for (int i = 0; i < 10; i++) {
      assertThat(page.locator("#open-" + order.get(i))).isFocused();
      if (i % 3 == 2) {
        page.keyboard().press("r");
        assertThat(page.locator("#" + order.get(i) + " .reject-reasons[open] form")).isVisible();
        page.keyboard().press(i == 5 ? "3" : "r");
      } else {
        page.keyboard().press("a");
      }
      assertThat(page.locator("#" + order.get(i) + ".folded")).isVisible();
      assertThat(page.locator("#open-" + order.get(i + 1))).isFocused();
    }
    assertThat(count(page)).hasText("2");
    assertThat(page.locator(".atom-card.folded.rejected")).hasCount(3);
    assertThat(found(api, order.get(5).substring(9)).getString("review_notes")).isEqualTo("done");
    String last = order.get(9).substring("proposal-".length());
    String task = found(api, last).getString("task_id");
    page.keyboard().press("z");
    assertThat(page.locator("#" + order.get(9) + "[data-pending]")).isVisible();
    assertThat(count(page)).hasText("3");
    assertThat(status(api, last)).isEqualTo("pending");
    api.get("/api/v1/tasks/" + task).expect(404);
    page.keyboard().press("e");
    assertThat(page.locator("#" + order.get(10) + " .atom-context .talk")).isVisible();
    assertThat(browser.go("/decisions").locator("main tbody tr:has-text('" + word + "')")).hasCount(10);
  }

  @Test
  void anotherWindowSeesTheDecision(Product product, Api api, Browser browser) {
    String proposal = proposals(product, api, 2).getFirst();
    Page page = browser.signIn().go("/proposals?q=" + word);
    Page other = browser.anotherWindow();
    other.navigate(page.url());
    assertThat(other.locator("live-socket .word")).hasText("Live");
    page.locator("#proposal-" + proposal + " button[value=approve]").click();
    assertThat(other.locator("#proposal-" + proposal)).containsText("Approved by");
    assertThat(other.locator("#proposal-" + proposal + " form[data-advance]")).hasCount(0);
    assertThat(count(other)).hasText("1");
  }

  @Test
  void aLateDecisionShowsTheFirstOneAndNoError(Product product, Api api, Browser browser) {
    String proposal = proposal(product, api, 1);
    Page page = browser.signIn().go("/proposals?q=" + word);
    page.route("**/proposals/*/card", route -> route.abort());
    api.ask("PUT", PROPOSALS + "/" + proposal + "/reject", "{\"reason\":\"It was said as a joke\"}").expect(200);
    page.locator("#proposal-" + proposal + " button[value=approve]").click();
    assertThat(page.locator("#toasts .toast.warn").last()).containsText("rejected");
    assertThat(page.locator("#proposal-" + proposal)).containsText("It was said as a joke");
    assertThat(status(api, proposal)).isEqualTo("rejected");
    browser.forgive(); // The refresh of the card was held back.
  }

  @Test
  void manyProposalsAreDecidedAfterTheirEffectWasShown(Product product, Api api, Browser browser) {
    List<String> ids = proposals(product, api, 3);
    Page page = browser.signIn().go("/proposals?sort=oldest&q=" + word);
    page.locator("input[data-select]").first().click();
    page.locator("input[data-select]").last().click(new Locator.ClickOptions().setModifiers(
        List.of(com.microsoft.playwright.options.KeyboardModifier.SHIFT)));
    page.locator("[data-when-selected] button[value=approve]").click();
    assertThat(page.locator("main")).containsText("3 of 3");
    api.ask("PUT", PROPOSALS + "/" + ids.get(0) + "/approve", "{}").expect(200);
    api.ask("PUT", PROPOSALS + "/" + ids.get(1) + "/reject", "{\"reason\":\"done\"}").expect(200);
    page.locator("main form button.primary").click();
    assertThat(page.locator("main li:has(a[href='/proposals/" + ids.get(0) + "'])")).containsText("Nothing to do");
    assertThat(page.locator("main li:has(a[href='/proposals/" + ids.get(1) + "'])")).containsText("Already rejected");
    assertThat(page.locator("main li:has(a[href='/proposals/" + ids.get(2) + "'])")).containsText("Applied");
    assertThat(ids.stream().map(id -> status(api, id))).containsExactly("approved", "rejected", "approved");
  }

  @Test
  void aTaskIsChangedAndTheChangeUndone(Api api, Browser browser) {
    String id = api.post("/api/v1/tasks", "{\"title\":\"Renew " + word + "\"}").expect(201).json().getString("id");
    Page page = browser.signIn().go("/tasks/" + id);
    page.locator("#task-details header button[value=in_progress]").click();
    assertThat(page.locator("#task-details header")).containsText("In progress");
    page.fill("#edit-due", "2026-03-31");
    page.selectOption("#edit-priority", "critical");
    page.locator("form.form button.primary").click();
    assertThat(page.locator(".task-history")).containsText("2026-03-31");
    page.locator(".task-history button").click();
    assertThat(page.locator(".task-history")).containsText("Change undone");
    JsonObject task = api.get("/api/v1/tasks/" + id).expect(200).json();
    assertThat(List.of(task.getString("priority"), task.getString("status"))).containsExactly("medium", "in_progress");
    page.fill("#new-part", "Tell " + word);
    page.locator("form[action$='/parts'] button").click();
    assertThat(page.locator("#task-details")).containsText("Tell " + word);
    assertThat(browser.go("/tasks?q=" + word).locator("#task-" + id)).containsText("0 of 1");
  }

  @Test
  void aReaderSeesTasksAndDecidesNothing(Product product, Api api, Browser browser) {
    String proposal = proposal(product, api, 1);
    String name = "reader-" + UUID.randomUUID().toString().substring(0, 8);
    api.post("/api/v1/accounts", Json.createObjectBuilder().add("name", name).add("display_name", "Reader").add("role", "reader")
        .add("password", "a long pass phrase").build().toString()).expect(201);
    Page page = browser.signIn(name, "a long pass phrase").go("/proposals?q=" + word);
    assertThat(page.locator("#proposal-" + proposal)).isVisible();
    for (String path : List.of("/proposals", "/proposals/" + proposal, "/analysis", "/tasks")) {
      assertThat(browser.go(path).locator("main form[method=post]")).hasCount(0);
    }
    String token = api.post("/api/v1/tokens", "{\"name\":\"reader\",\"role\":\"reader\"}").expect(201).json().getString("token");
    Api reader = product.anonymous().with("Authorization", "Bearer " + token);
    reader.get(PROPOSALS + "/" + proposal).expect(200);
    reader.ask("PUT", PROPOSALS + "/" + proposal + "/approve", "{}").expect(403);
    reader.post(RUNS, "{}").expect(403);
    reader.post("/api/v1/tasks", "{\"title\":\"x\"}").expect(403);
    assertThat(reader.form("/proposals/" + proposal + "/decision", Map.of("action", "approve")).status()).isEqualTo(403);
    assertThat(status(api, proposal)).isEqualTo("pending");
  }

  @Test
  void proposalsAreDecidedWithoutScripts(Product product, Api api, Browser browser) {
    List<String> ids = proposals(product, api, 2);
    Page page = browser.withoutScripts();
    page.navigate("/proposals?sort=oldest&q=" + word);
    page.fill("input[name=name]", Product.ADMIN);
    page.fill("input[name=password]", Product.ADMIN_PASSWORD);
    page.click("button[type=submit]");
    page.navigate("/proposals?sort=oldest&q=" + word);
    page.locator("#proposal-" + ids.get(0) + " button[value=approve]").click();
    assertThat(status(api, ids.get(0))).isEqualTo("approved");
    page.navigate("/proposals?sort=oldest&q=" + word);
    page.locator("#proposal-" + ids.get(1) + " summary").click();
    page.locator("#proposal-" + ids.get(1) + " button[value=not_a_task]").click();
    assertThat(found(api, ids.get(1)).getString("review_notes")).isEqualTo("not_a_task");
    page.navigate("/decisions");
    page.locator("tr:has(a[href='/proposals/" + ids.get(0) + "']) button").click();
    assertThat(status(api, ids.get(0))).isEqualTo("pending");
  }

  // The contract of the API.

  private String run(Api api) {
    String window = Json.createObjectBuilder().add("time_window_start", "1999-01-01T00:00:00Z")
        .add("time_window_end", "1999-01-02T00:00:00Z")
        .build().toString();
    var created = new ArrayList<String>();
    Await.until("no other run is open", TIMEOUT, () -> {
      var answer = api.post(RUNS, window);
      if (answer.status() == 201) {
        created.add(answer.json().getString("id"));
      }
      return answer.status() == 201;
    });
    return created.getFirst();
  }

  @Test
  void runsAnswerAsTheContractSays(Api api) {
    String id = run(api);
    JsonObject run = api.get(RUNS + "/" + id).expect(200).json();
    assertThat(List.of(run.getString("status"), run.getString("trigger_type"))).containsExactly("pending", "manual");
    assertThat(run.getInt("batches_created") + run.getInt("proposals_total")).isZero();
    api.post(RUNS, "{\"time_window_start\":\"1999-01-01\",\"time_window_end\":\"1999-01-02\"}").expect(409);
    api.post(RUNS, "{\"time_window_start\":\"1999-01-02\",\"time_window_end\":\"1999-01-01\"}").expect(400);
    api.post(RUNS, "{}").expect(400);
    api.post(RUNS, "{\"time_window_start\":\"1999-01-01\",\"time_window_end\":\"1999-01-02\",\"trigger_type\":\"x\"}").expect(422);
    for (String missing : List.of("project_config_id", "agent_assignment_id")) {
      api.post(RUNS, "{\"time_window_start\":\"1999-01-01\",\"time_window_end\":\"1999-01-02\",\"" + missing + "\":\"" + UUID.randomUUID()
          + "\"}").expect(404);
    }
    api.ask("PUT", RUNS + "/" + id + "/close", "").expect(409);
    api.post(RUNS + "/" + id + "/retry", "").expect(409);
    api.post(RUNS + "/" + id + "/start?use_rag=true", "").expect(200);
    Await.until("the run has ended", TIMEOUT, () -> api.get(RUNS + "/" + id).expect(200).json().getString("status").equals("reviewed"));
    api.post(RUNS + "/" + id + "/start", "").expect(409);
    api.post(RUNS + "/" + id + "/cancel", "").expect(409);
    JsonObject closed = api.post(RUNS + "/" + id + "/close", "").expect(200).json();
    assertThat(closed.getString("accuracy_metrics")).contains("\"approval_rate\":0.0");
    api.post(RUNS + "/" + id + "/close", "").expect(409);
    assertThat(api.get(RUNS + "?status=closed&limit=1000").expect(200).body()).contains(id);
    api.get(RUNS + "?status=nonsense").expect(400);
    api.get(RUNS + "?trigger_type=manual&start_date=2020-01-01&end_date=2020-01-02").expect(200);
    api.get(RUNS + "/" + UUID.randomUUID()).expect(404);
    api.get(RUNS + "/" + id + "/refusals").expect(200);
    api.get("/api/v1/analysis/estimate").expect(400);
    api.get("/api/v1/analysis/estimate?time_window_start=1999-01-01&time_window_end=1999-01-02").expect(200);
    api.get("/api/v1/sidebar-counts").expect(200);
    String cancelled = run(api);
    assertThat(api.post(RUNS + "/" + cancelled + "/cancel", "").expect(200).json().getString("status")).isEqualTo("cancelled");
    String retried = api.post(RUNS + "/" + cancelled + "/retry", "").expect(201).json().getString("id");
    Await.until("the retry has ended", TIMEOUT,
        () -> api.get(RUNS + "/" + retried).expect(200).json().getString("status").equals("reviewed"));
  }

  @Test
  void proposalsAnswerAsTheContractSays(Product product, Api api) {
    String id = proposal(product, api, 1);
    api.get(PROPOSALS + "/" + UUID.randomUUID()).expect(404);
    api.get(PROPOSALS + "?status=nonsense").expect(400);
    api.get(PROPOSALS + "?confidence_min=2").expect(400);
    assertThat(api.get(PROPOSALS + "?confidence_min=0.7&confidence_max=0.9&search=" + word).expect(200).json().getInt("total"))
        .isEqualTo(1);
    api.ask("PUT", PROPOSALS + "/" + id, "{\"proposed_title\":\"\"}").expect(422);
    api.ask("PUT", PROPOSALS + "/" + id, "{\"proposed_category\":\"docs\"}").expect(422);
    JsonObject edited = api.ask("PUT", PROPOSALS + "/" + id, "{\"proposed_priority\":\"low\",\"proposed_due_on\":\"2026-03-31\"}")
        .expect(200).json();
    assertThat(List.of(edited.getString("proposed_priority"), edited.getString("proposed_due_on"))).containsExactly("low", "2026-03-31");
    api.ask("PUT", PROPOSALS + "/" + id + "/reject", "{\"reason\":\" \"}").expect(400);
    api.ask("PUT", PROPOSALS + "/" + id + "/reject", "{}").expect(400);
    api.ask("PUT", PROPOSALS + "/" + id + "/merge", "{}").expect(422);
    api.ask("PUT", PROPOSALS + "/" + id + "/merge", "{\"target_task_id\":\"" + UUID.randomUUID() + "\"}").expect(404);
    api.ask("PUT", PROPOSALS + "/" + id + "/approve", "{\"revision\":1}").expect(409);
    JsonObject approved = api.ask("PUT", PROPOSALS + "/" + id + "/approve", "{}").expect(200).json();
    String task = approved.getJsonObject("proposal").getString("task_id");
    assertThat(api.ask("PUT", PROPOSALS + "/" + id + "/approve", "{}").expect(409).body()).contains("Already approved by");
    api.ask("PUT", PROPOSALS + "/" + id, "{\"proposed_title\":\"x\"}").expect(409);
    assertThat(api.get("/api/v1/tasks/" + task).expect(200).json().getString("priority")).isEqualTo("low");
    assertThat(api.get("/api/v1/tasks/" + task + "/proposals").expect(200).array()).hasSize(1);
    String other = proposal(product, api, 2);
    String merge = api.ask("PUT", PROPOSALS + "/" + other + "/merge", "{\"target_task_id\":\"" + task + "\"}").expect(200).json()
        .getString("decision_id");
    assertThat(api.get("/api/v1/tasks/" + task + "/proposals").expect(200).array()).hasSize(2);
    assertThat(api.post(PROPOSALS + "/decisions/" + approved.getString("decision_id") + "/undo", "").expect(409).body())
        .contains("merged");
    api.post(PROPOSALS + "/decisions/" + merge + "/undo", "").expect(200);
    api.post(PROPOSALS + "/decisions/" + merge + "/undo", "").expect(200);
    assertThat(status(api, other)).isEqualTo("pending");
    api.ask("PATCH", "/api/v1/tasks/" + task, "{\"title\":\"Changed " + word + "\"}").expect(200);
    assertThat(api.post(PROPOSALS + "/decisions/" + approved.getString("decision_id") + "/undo", "").expect(409).body())
        .contains("Changed " + word);
  }

  @Test
  void tasksAnswerAsTheContractSays(Api api) {
    JsonObject task = api.post("/api/v1/tasks", "{\"title\":\" Renew " + word + " \",\"priority\":\"high\",\"tags\":[\"Ops\"]}")
        .expect(201).json();
    String id = task.getString("id");
    assertThat(List.of(task.getString("title"), task.getString("status"))).containsExactly("Renew " + word, "open");
    api.post("/api/v1/tasks", "{}").expect(422);
    api.post("/api/v1/tasks", "{\"title\":\"x\",\"priority\":\"urgent\"}").expect(422);
    api.get("/api/v1/tasks/" + UUID.randomUUID()).expect(404);
    api.get("/api/v1/tasks?status=nonsense").expect(400);
    assertThat(api.get("/api/v1/tasks?status=open&priority=high&search=" + word).expect(200).array()).hasSize(1);
    assertThat(api.ask("PUT", "/api/v1/tasks/" + id + "/status?status=in_progress", "").expect(200).json().getString("status"))
        .isEqualTo("in_progress");
    api.ask("PUT", "/api/v1/tasks/" + id + "/status?status=nonsense", "").expect(422);
    api.ask("PATCH", "/api/v1/tasks/" + id, "{\"title\":\"x\",\"revision\":1}").expect(409);
    assertThat(api.ask("PATCH", "/api/v1/tasks/" + id, "{\"due_on\":\"2026-03-31\"}").expect(200).json().getString("due_on"))
        .isEqualTo("2026-03-31");
    assertThat(api.get("/api/v1/tasks/" + id + "/history").expect(200).array()).hasSize(3);
    assertThat(api.get("/api/v1/tasks/" + id + "/parts").expect(200).array()).isEmpty();
  }
}
