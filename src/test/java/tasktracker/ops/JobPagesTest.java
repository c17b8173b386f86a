package tasktracker.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.platform.batch.FailedItem;
import tasktracker.platform.batch.FailedItemKinds;
import tasktracker.platform.job.JobState;
import tasktracker.platform.job.admin.JobFilter;
import tasktracker.platform.job.admin.JobList;
import tasktracker.platform.job.admin.JobRow;
import tasktracker.platform.job.run.Nodes;
import tasktracker.platform.security.account.CurrentUserVariables;
import tasktracker.platform.web.Preferences;
import tasktracker.platform.web.TemplatePreview;

/** The job pages, rendered without a server. */
class JobPagesTest {

  private static final String HOSTILE = "<img src=x onerror=alert(1)>";
  private static final FailedItemKinds KINDS = new FailedItemKinds(Set.of("score_message", "import_message"));
  private static final Instant NOW = Instant.parse("2026-01-02T10:00:00Z");
  private final TemplatePreview preview = new TemplatePreview();

  private static JobRow job(JobState state) {
    return job(state, 0);
  }

  private static JobRow job(JobState state, int lost) {
    return new JobRow(UUID.randomUUID(), "score_message_task", "bulk", state, "{\"limit\": 100}", "rescore", 2, 5, NOW, NOW,
        NOW, state.isFinished() ? NOW.plusMillis(1234) : null, "kyiv:8000", null, 3L, 9L, HOSTILE, null, "Olena", NOW, HOSTILE, lost);
  }

  private static FailedItem failedItem(String kind, @Nullable UUID message, @Nullable UUID importId, @Nullable Instant retryAt) {
    return new FailedItem(UUID.randomUUID(), kind, message == null ? importId + ":7" : message.toString(), message, importId, HOSTILE, 6,
        NOW, NOW, retryAt);
  }

  @ParameterizedTest
  @CsvSource({"en, 'Retry all 3', 'Import, message 7', Manual retry only",
      "uk, 'Повторити всі 3', 'Імпорт, повідомлення 7', Лише повтор вручну"})
  void whatBatchesHaveSetAsideIsListedWithItsErrorAndCanBeRetried(String language, String all, String line, String byHand) {
    UUID message = UUID.randomUUID();
    List<FailedItem> items = List.of(failedItem("score_message", message, null, NOW),
        failedItem("import_message", null, UUID.randomUUID(), null),
        failedItem("kind_of_a_later_release", message, null, NOW));
    String html = list(language, true, List.of(), items);
    assertThat(html).contains(all, line, byHand, "/messages/" + message, "/ingestion/" + items.get(1).importId(), "kind_of_a_later_release",
        "failed_before=1#failed-items").doesNotContain(HOSTILE);
    assertThat(items).allSatisfy(item -> assertThat(html).contains("/system/jobs/failed-items/" + item.id() + "/retry"));
    assertThat(list(language, false, List.of(), items)).contains("/messages/" + message).doesNotContain("/retry");
  }

  @ParameterizedTest
  @CsvSource({"en, This message could not be scored fully", "uk, Це повідомлення не вдалося оцінити повністю"})
  void aMessageTellsWhatCouldNotBeDoneWithIt(String language, String said) {
    UUID message = UUID.randomUUID();
    FailedItem failed = failedItem("score_message", message, null, NOW);
    Map<String, Object> model = new HashMap<>(Map.of("message", message, "failures", List.of(failed), FailedItemKinds.VARIABLE, KINDS));
    assertThat(preview.fragment("jobs/_failed", "message", Locale.forLanguageTag(language), model))
        .contains(said, "/messages/" + message + "/failures")
        .doesNotContain("/retry", "onerror");
    new CurrentUserVariables.Me("Olena", "admin", true, true).addTo(model);
    assertThat(preview.fragment("jobs/_failed", "message", Locale.forLanguageTag(language), model))
        .contains("failed-items/" + failed.id() + "/retry", "onerror")
        .doesNotContain(HOSTILE);
  }

  private String list(String language, boolean admin, List<JobRow> rows) {
    return list(language, admin, rows, List.of());
  }

  private String list(String language, boolean admin, List<JobRow> rows, List<FailedItem> failed) {
    Map<String, Object> model = new HashMap<>(
        Map.of("filter", new JobFilter(JobState.DEAD, null, "bulk"), "states", List.of(JobState.values()),
            "kinds", Set.of("score_message_task"), "lines", List.of(new JobList.QueueStatus("bulk", 1, 2, 3, 4, 5, 6, NOW),
                new JobList.QueueStatus("default", 0, 0, 0, 0, 0, 0, null)),
            "running_jobs", List.of(job(JobState.RUNNING)),
            "nodes", List.of(new Nodes.NodeRow("kyiv:8000", "web,worker", NOW, NOW, null, false, 3)), "rows", rows, "matching", 12));
    model.put("next", URI.create("/system/jobs?state=dead&before=1"));
    model.put("first", null);
    model.put("retried", 2);
    model.put("worker_lost", rows.stream().filter(JobRow::isWorkerLost).count());
    model.put("failed",
        new JobsPage.FailedSection(new FailedItemActions.Page(failed, failed.isEmpty() ? null : failed.getLast().id(), failed.size()),
            URI.create("/system/jobs/failed-items"), failed.isEmpty() ? null : URI.create("/system/jobs?failed_before=1#failed-items"),
            null));
    model.put("items_retried", null);
    model.put(FailedItemKinds.VARIABLE, KINDS);
    model.put("me", new CurrentUserVariables.Me("Olena", admin ? "admin" : "reviewer", true, admin));
    return preview.render("jobs/list", model, new Preferences(language, "dark", "compact", true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "uk"})
  void olenaSeesEveryStateAndTheActionsItAllows(String language) {
    List<JobRow> rows = Stream.of(JobState.values()).map(JobPagesTest::job).toList();
    String html = list(language, true, rows);
    assertThat(html).doesNotContain(HOSTILE).contains("state=dead&amp;queue=bulk", "id=\"retry-all\"", "rel=\"next\"");
    for (JobRow job : rows) {
      assertThat(html.contains("/system/jobs/" + job.id() + "/retry")).as(job.state().wire()).isEqualTo(job.canBeRetried());
      assertThat(html.contains("/system/jobs/" + job.id() + "/cancel")).as(job.state().wire()).isEqualTo(job.canBeCancelled());
    }
  }

  @Test
  void aReviewerSeesNoActions() {
    JobRow dead = job(JobState.DEAD);
    String html = list("en", false, List.of(dead));
    assertThat(html).contains("/system/jobs/" + dead.id()).doesNotContain("/retry", "/cancel", "demonstration");
  }

  @Test
  void anEmptyListExplainsWhatWillAppear() {
    assertThat(list("en", true, List.of())).contains("Jobs are created by messages", "No failed items")
        .doesNotContain("retry-failed-items");
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "uk"})
  void aDeadJobTellsItsCauseAndEachOfItsAttempts(String language) {
    JobRow dead = job(JobState.DEAD);
    String html = preview.render("jobs/show", Map.of("job", dead, "attempts", List.of(
        new JobList.Attempt(1, "kyiv:8000", NOW, NOW.plusMillis(1500), "failed", HOSTILE),
        new JobList.Attempt(2, "lviv:8000", NOW, NOW.plusMillis(20), "lost", null)),
        "me", new CurrentUserVariables.Me("Olena", "admin", true, true)), new Preferences(language, "light", "comfortable", true));
    assertThat(html).contains(dead.id().toString(), language.equals("en") ? "1.50 s" : "1,50 с", "lviv:8000", "role=\"alert\"")
        .doesNotContain(HOSTILE);
  }

  @ParameterizedTest
  @CsvSource({"en, Worker lost 3 times, 1 job has lost a worker three times",
      "uk, Виконавця втрачено 3 рази, 1 завдання тричі втратило виконавця"})
  void aJobThatHasLostItsWorkersSaysSo(String language, String times, String leftOut) {
    JobRow dead = job(JobState.DEAD, 3);
    assertThat(list(language, true, List.of(dead, job(JobState.DEAD, 2)))).contains(times, leftOut);
    assertThat(preview.render("jobs/show",
        Map.of("job", dead, "attempts", List.of(), "me", new CurrentUserVariables.Me("Olena", "admin", true, true)),
        new Preferences(language, "light", "comfortable", true))).contains(times);
  }

  @Test
  void onlyAnUnfinishedJobPollsForUpdates() {
    var me = new CurrentUserVariables.Me("Olena", "admin", true, true);
    for (JobState state : JobState.values()) {
      JobRow job = job(state);
      String html = preview.render("jobs/show", Map.of("job", job, "attempts", List.of(), "me", me),
          new Preferences("en", "light", "comfortable", true));
      assertThat(html).contains("id=\"job-now-" + job.id() + "\"", "hx-trigger=\"" + (job.isEnded() ? "stale\"" : "stale, every 10s\""));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "uk"})
  void pushedFragmentsMatchThePage(String language) {
    String id = UUID.randomUUID().toString();
    String bar = preview.fragment("jobs/_parts", "bar", Locale.forLanguageTag(language),
        Map.of("id", id, "done", 3L, "total", 9L, "note", HOSTILE, "kind", "import", "pushed", true));
    assertThat(bar).contains("id=\"job-" + id + "\"", "hx-swap-oob=\"true\"", "value=\"3\"", "max=\"9\"").doesNotContain(HOSTILE);
    for (JobState state : JobState.values()) {
      assertThat(preview.fragment("jobs/_parts", "state", Locale.forLanguageTag(language),
          Map.of("id", id, "state", state.wire(), "pushed", true))).contains("job-" + id + "-state", "hx-swap-oob=\"true\"");
    }
    assertThat(preview.fragment("jobs/_parts", "chip", Locale.forLanguageTag(language),
        Map.of("running", new JobCountVariables.Running(3, 2, "/system/jobs"))))
        .contains("id=\"jobs-running\"", "3", "id=\"nav-dead\"", "2");
  }
}
