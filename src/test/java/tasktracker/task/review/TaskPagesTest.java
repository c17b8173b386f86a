package tasktracker.task.review;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.MultivaluedHashMap;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.platform.security.account.CurrentUserVariables;
import tasktracker.platform.web.Preferences;
import tasktracker.platform.web.TemplatePreview;
import tasktracker.platform.web.problem.Problem;
import tasktracker.platform.web.query.Query;
import tasktracker.task.TaskItem;
import tasktracker.task.TaskStatus;
import tasktracker.task.TaskStore;
import tasktracker.task.analysis.AnalysisEstimate;
import tasktracker.task.analysis.AnalysisRunItem;
import tasktracker.task.analysis.AnalysisRunStatus;
import tasktracker.task.analysis.AnalysisRuns;
import tasktracker.task.analysis.AnalysisTrigger;
import tasktracker.task.analyst.TaskCategory;
import tasktracker.task.analyst.TaskPriority;
import tasktracker.task.proposal.ProposalItem;
import tasktracker.task.proposal.ProposalQuote;
import tasktracker.task.proposal.ProposalStatus;
import tasktracker.task.proposal.Subtask;

/** The pages of runs, proposals and tasks, rendered without a server in both languages. */
class TaskPagesTest {

  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final LocalDate TODAY = LocalDate.parse("2026-03-02");
  private static final UUID ONE = new UUID(1, 1);
  private static final String HOSTILE = "<img src=x onerror=alert(1)> & \"quoted\"";
  private static final String REASON = "{\"code\":\"list\",\"details\":[\"3\"]}";
  private static final CurrentUserVariables.Me READER = new CurrentUserVariables.Me("Rita", "reader", false, false);
  private final TemplatePreview templates = new TemplatePreview();

  /** The page; a key without words in the language would stand in it as {@code ??key??}. */
  private String page(String language, String template, Map<String, Object> model) {
    String html = templates.render("task/" + template, model, new Preferences(language, "light", "comfortable", true));
    assertThat(html).doesNotContain("??").doesNotContain("<img src=x");
    return html;
  }

  private static ProposalQuote quote(int position, String state) {
    return new ProposalQuote(ONE, position, new UUID(7, position), 1, 0, 4, HOSTILE + position, state, "Olena <b>", NOON);
  }

  private static ProposalItem proposal(String status, @Nullable String note, String similarity, String recommendation) {
    boolean isDecided = !status.equals("pending");
    boolean hasTask = status.equals("approved") || status.equals("merged");
    boolean isSimilar = !similarity.equals("none");
    return new ProposalItem(ONE, new UUID(2, 1), new UUID(3, 3), HOSTILE, HOSTILE, "What is to be done.", "high", "bug",
        List.of("release"), new UUID(4, 4), "Olena <b>", TODAY, similarity.equals("semantic") ? NOON : null,
        List.of(new Subtask(HOSTILE, null, "Kevin", TODAY, false)), .82, "builtin", REASON, note, recommendation,
        similarity.equals("exact_messages") ? new UUID(5, 5) : null, HOSTILE, isSimilar ? new UUID(5, 6) : null, HOSTILE, .9, similarity,
        status, status.equals("rejected") ? "not_relevant" : null, hasTask ? new UUID(5, 5) : null, hasTask ? 12L : null, NOON, 3,
        "olena", NOON, NOON, isDecided ? "olena" : null, isDecided ? NOON : null, List.of(quote(0, "valid"), quote(1, "changed")));
  }

  private static Query query(String text) {
    var asked = new MultivaluedHashMap<String, String>();
    for (String pair : text.isEmpty() ? new String[0] : text.split("&")) {
      asked.putSingle(pair.split("=")[0], pair.split("=")[1]);
    }
    return new Query(asked);
  }

  private static Map<String, Object> proposals(String query, List<ProposalItem> rows) {
    return new HashMap<>(Map.of("list",
        new ProposalList(new ProposalQuery(query(query)), rows, true, Map.of("pending", 2L, "approved", 10_000L)), "projects", List.of(),
        "reasons", ProposalItem.REASONS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "uk"})
  void everyStatusNoteAndRecommendationHasWords(String language) {
    List<ProposalItem> rows = new ArrayList<>();
    for (ProposalStatus status : ProposalStatus.values()) {
      rows.add(proposal(status.wire(), null, "none", "new_task"));
    }
    rows.add(proposal("pending", "evidence_changed", "exact_messages", "merge"));
    rows.add(proposal("pending", "evidence_deleted", "same_title", "update_existing"));
    rows.add(proposal("pending", null, "semantic", "reject"));
    String html = page(language, "proposals", proposals("status=all&priority=high&confidence=high&sort=oldest&page=2", rows));
    assertThat(html).contains("/proposals/" + ONE + "/decision", "name=\"revision\"", "value=\"3\"", "rel=\"prev\"", "rel=\"next\"", "82",
        "value=\"not_relevant\"", "/tasks/" + new UUID(5, 5));
    rows.forEach(
        row -> assertThat(page(language, "proposal",
            Map.of("proposal", row, "around", List.of(), "reasons", ProposalItem.REASONS, "targets",
                List.of(task(TaskStatus.OPEN, TaskPriority.LOW, TaskCategory.BUG)))))
            .contains("&lt;img src=x", "/analysis/" + new UUID(2, 1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "uk"})
  void anEmptyListSaysWhatWillComeAndHow(String language) {
    for (String status : List.of("pending", "approved", "rejected", "merged", "all")) {
      assertThat(page(language, "proposals", proposals("status=" + status, List.of()))).contains("class=\"empty\"", "/analysis");
    }
    assertThat(page(language, "proposals", proposals("q=nothing", List.of()))).contains("class=\"empty\"", "href=\"/proposals\"");
    for (String tab : TaskQuery.TABS) {
      assertThat(page(language, "tasks", tasks("status=" + tab, List.of()))).contains("class=\"empty\"", "/proposals");
    }
    assertThat(page(language, "tasks", tasks("q=nothing", List.of()))).contains("class=\"empty\"", "href=\"/tasks\"");
    assertThat(page(language, "analysis", runs(List.of()))).contains("class=\"empty\"");
  }

  @Test
  void aReaderIsOfferedNoDecision() {
    Map<String, Object> model = proposals("", List.of(proposal("pending", null, "none", "new_task")));
    model.put("me", READER);
    assertThat(page("en", "proposals", model)).contains("proposal-" + ONE).doesNotContain("/decision", "/decisions");
    Map<String, Object> runs = new HashMap<>(runs(List.of(run("running", "manual"))));
    runs.put("me", READER);
    assertThat(page("en", "analysis", runs)).doesNotContain("action=\"/analysis\"");
    Map<String, Object> run = new HashMap<>(Map.of("run", run("completed", "manual"), "refusals", List.of(), "proposals", List.of()));
    run.put("me", READER);
    assertThat(page("en", "run", run)).doesNotContain("/close", "/cancel");
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "uk"})
  void answersToADecisionSayWhatHappened(String language) {
    Locale locale = Locale.forLanguageTag(language);
    for (String status : List.of("approved", "rejected", "merged")) {
      assertThat(templates.fragment("task/_proposals", "decided", locale,
          Map.of("proposal", proposal(status, null, "none", "new_task"), "decision", new UUID(6, 6))))
          .contains("/proposals/decisions/" + new UUID(6, 6) + "/undo", "toast ok").doesNotContain("??", "<img src=x");
    }
    assertThat(templates.fragment("task/_proposals", "stale", locale, Map.of("proposal", proposal("approved", null, "none", "new_task"),
        "problem", Problem.conflict("It was changed"), "reasons", ProposalItem.REASONS)))
        .contains("toast warn", "It was changed").doesNotContain("??");
  }

  private static AnalysisRunItem run(String status, String trigger) {
    return new AnalysisRunItem(ONE, NOON.minusSeconds(86_400), NOON, new UUID(3, 3), HOSTILE, trigger, status, false, "builtin", true, true,
        status.equals("pending") ? null : ONE, new UUID(2, 2), 200, 100, 40, 5, 2, 1, 0, 0, 6, status.equals("completed") ? 3 : 0, 1, 1, 1,
        status.equals("failed") ? HOSTILE : null, null, "olena", NOON, NOON, NOON, status.equals("closed") ? NOON : null);
  }

  private static Map<String, Object> runs(List<AnalysisRunItem> runs) {
    Map<String, Object> model = new HashMap<>(Map.of("list", new AnalysisList(runs, true, "failed", 2)));
    model.putAll(Map.of("form", AnalysisForm.read(query("window=custom&noise=true")), "windows", AnalysisForm.WINDOWS, "projects",
        List.of(), "estimate", new AnalysisEstimate(200, 100, 5, 1000)));
    return model;
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "uk"})
  void runsAreShownInEveryStatusWithEveryRefusal(String language) {
    List<AnalysisRunItem> runs = new ArrayList<>();
    for (AnalysisRunStatus status : AnalysisRunStatus.values()) {
      for (AnalysisTrigger trigger : AnalysisTrigger.values()) {
        runs.add(run(status.wire(), trigger.wire()));
      }
    }
    assertThat(page(language, "analysis", runs(runs))).contains("200", "action=\"/analysis\"", "/analysis?status=failed&amp;page=3",
        "value=\"last_7d\"");
    Map<String, Object> wrong = runs(runs);
    wrong.put("problem", Problem.badRequest("Ends before it starts"));
    assertThat(page(language, "analysis", wrong)).contains("Ends before it starts");
    var refusals = List.of("no_quote", "made_up_quote", "unknown_message", "title", "content", "confidence", "number", "name", "modality",
        "date", "tag", "too_many", "duplicate").stream().map(reason -> new AnalysisRuns.RefusedItem(HOSTILE, reason)).toList();
    for (AnalysisRunItem run : runs) {
      String html = page(language, "run", Map.of("run", run, "refusals", refusals, "proposals",
          List.of(proposal("pending", null, "none", "new_task"))));
      assertThat(html.contains("/cancel\"")).isEqualTo(run.isActive());
      assertThat(html.contains("/retry\"")).isEqualTo(run.isRetryable());
      assertThat(html.contains("/close\"")).isEqualTo(run.isClosable());
      assertThat(html.contains("disabled=\"disabled\"")).isEqualTo(run.status().equals("completed"));
    }
  }

  private static TaskItem task(TaskStatus status, TaskPriority priority, TaskCategory category) {
    return new TaskItem(ONE, 12, HOSTILE, HOSTILE, status.wire(), priority.wire(), category.wire(), List.of("release"), new UUID(3, 3),
        HOSTILE, new UUID(8, 8), HOSTILE, new UUID(4, 4), "Olena <b>", TODAY.minusDays(1), null, 2, 3, 1, "olena", NOON, NOON, null);
  }

  private static Map<String, Object> tasks(String query, List<TaskItem> rows) {
    return new HashMap<>(Map.of("list", new TaskList(new TaskQuery(query(query)), rows, true, Map.of("active", 2L, "all", 10_000L), TODAY),
        "projects", List.of(), "assignees", List.of(new TaskStore.Assignee(new UUID(4, 4), HOSTILE))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "uk"})
  void tasksAreShownInEveryStatusPriorityAndCategory(String language) {
    List<TaskItem> rows = new ArrayList<>();
    for (TaskStatus status : TaskStatus.values()) {
      for (TaskPriority priority : TaskPriority.values()) {
        for (TaskCategory category : TaskCategory.values()) {
          rows.add(task(status, priority, category));
        }
      }
    }
    assertThat(page(language, "tasks", tasks("status=all&sort=due&page=2", rows))).contains("/tasks/" + ONE, "rel=\"prev\"");
    var previous = Map.of("title", HOSTILE, "description", "", "status", "open", "priority", "low", "category", "bug", "tags", "",
        "assignee_id",
        "", "assignee_name", "Olena", "due_on", "");
    var data = Map.of("title", "New", "description", "More", "status", "closed", "priority", "high", "category", "chore", "tags", "ops",
        "assignee_id", "x", "assignee_name", "Kevin", "due_on", "2026-03-31");
    var changes = List.of("created", "edited", "merged", "undone").stream()
        .map(action -> new TaskStore.Change(ONE, ONE, action, previous, data, 2, "olena", NOON, null)).toList();
    for (TaskItem row : rows) {
      Map<String, Object> model = new HashMap<>(Map.of("task", row, "subtasks", List.of(row), "sources",
          List.of(proposal("approved", null, "none", "new_task"), proposal("merged", null, "none", "new_task")), "changes",
          TaskHistory.of(row, changes), "today", TODAY));
      model.putAll(Map.of("statuses", List.of("open", "in_progress", "completed", "closed"), "priorities", List.of("high"), "categories",
          List.of("bug"), "assignees", List.of(new TaskStore.Assignee(new UUID(4, 4), HOSTILE)), "projects", List.of()));
      assertThat(page(language, "task", model)).contains("/messages/" + new UUID(7, 0), "/proposals/" + ONE, "&lt;img src=x",
          "/tasks/changes/" + ONE + "/undo", "<ins");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "uk"})
  void bulkActionsShowTheirEffectAndEachOutcome(String language) {
    List<ProposalItem> chosen = List.of(proposal("pending", null, "none", "new_task"), proposal("approved", null, "none", "new_task"));
    for (String action : List.of("approve", "reject")) {
      assertThat(page(language, "bulk", Map.of("proposals", chosen, "action", action, "concerned", 1L, "reasons", ProposalItem.REASONS)))
          .contains("name=\"id\"", "name=\"action\"", "value=\"" + action + "\"");
      var outcomes = List.of("applied", "nothing", "refused", "missing").stream()
          .map(outcome -> new ProposalsPage.Outcome(ONE, HOSTILE, outcome, outcome.equals("refused") ? HOSTILE : null)).toList();
      assertThat(page(language, "bulk-done", Map.of("outcomes", outcomes, "action", action))).contains("&lt;img src=x");
    }
  }
}
