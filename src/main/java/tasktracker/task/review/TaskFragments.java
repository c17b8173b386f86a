package tasktracker.task.review;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import tasktracker.platform.live.Fragment;
import tasktracker.platform.live.LiveEvent;
import tasktracker.platform.live.LiveTopic.Event;
import tasktracker.platform.live.RefreshTrigger;
import tasktracker.platform.web.template.Templates;
import tasktracker.task.analysis.AnalysisRuns;

/** Updates open pages of runs, proposals and tasks: cards and tabs when somebody decides, and the progress of runs. */
@ApplicationScoped
public class TaskFragments implements Fragment {

  private static final String RUNS = RefreshTrigger.of("analysis-runs");
  private static final String DETAILS = RefreshTrigger.of("run-details");
  private static final String TABS = RefreshTrigger.of("proposal-tabs");
  private static final String FIRST = RefreshTrigger.of("proposals-none");
  private static final String TASKS = RefreshTrigger.of("tasks", "task-details");
  private final AnalysisRuns runs;
  private final Templates templates;

  @Inject
  public TaskFragments(AnalysisRuns runs, Templates templates) {
    this.runs = runs;
    this.templates = templates;
  }

  @Override
  public Set<Event> after() {
    return Set.of(Event.RUN_CREATED, Event.RUN_STARTED, Event.RUN_PROGRESS, Event.PROPOSALS_CREATED, Event.RUN_COMPLETED,
        Event.RUN_FAILED, Event.RUN_CANCELLED, Event.RUN_UPDATED, Event.RUN_CLOSED, Event.PROPOSAL_UPDATED, Event.PROPOSAL_APPROVED,
        Event.PROPOSAL_REJECTED, Event.PROPOSAL_MERGED, Event.TASK_CREATED, Event.TASK_UPDATED, Event.TASK_STATUS_CHANGED,
        Event.TASK_DELETED);
  }

  @Override
  public String key(LiveEvent event) {
    return switch (event.event().topic()) {
      case PROPOSALS -> "proposal " + event.data().getString("id", "");
      case TASKS -> "tasks";
      default -> (event.event() == Event.PROPOSALS_CREATED ? "proposals of " : "run ") + run(event);
    };
  }

  private static String run(LiveEvent event) {
    return event.data().getString("run_id", event.data().getString("id", ""));
  }

  @Override
  public String html(LiveEvent event, Locale locale) {
    return switch (event.event().topic()) {
      case PROPOSALS -> RefreshTrigger.of("proposal-" + event.data().getString("id", "")) + TABS;
      case TASKS -> TASKS;
      default -> event.event() == Event.PROPOSALS_CREATED ? TABS + FIRST : progress(UUID.fromString(run(event)), locale) + RUNS + DETAILS;
    };
  }

  private String progress(UUID run, Locale locale) {
    return templates.render("task/_analysis", "progress", locale, Map.of("run", runs.find(run), "oob", true));
  }
}
