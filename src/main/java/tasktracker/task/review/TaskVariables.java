package tasktracker.task.review;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tasktracker.platform.live.Fragment;
import tasktracker.platform.live.LiveEvent;
import tasktracker.platform.live.LiveTopic.Event;
import tasktracker.platform.web.CachedValue;
import tasktracker.platform.web.template.PageVariables;
import tasktracker.platform.web.template.Templates;
import tasktracker.task.TaskFilter;
import tasktracker.task.TaskStore;
import tasktracker.task.analysis.AnalysisRuns;
import tasktracker.task.proposal.ProposalFilter;
import tasktracker.task.proposal.ProposalItem;
import tasktracker.task.proposal.ProposalStore;

/** Counts in the menu of proposals, runs and tasks, and what was proposed from a message. */
@ApplicationScoped
public class TaskVariables implements PageVariables, Fragment {

  private static final int MAX_PROPOSALS = 20;

  private final ProposalStore proposals;
  private final Templates templates;
  private final CachedValue<MenuCounts> counts;

  @Inject
  public TaskVariables(ProposalStore proposals, TaskStore tasks, AnalysisRuns runs, Templates templates) {
    this.proposals = proposals;
    this.templates = templates;
    this.counts = new CachedValue<>(new MenuCounts(0, 0, 0), () -> new MenuCounts(
        proposals.count(ProposalFilter.ANY.withStatus("pending")), runs.countUnclosed(), tasks.count(TaskFilter.UNFINISHED)));
  }

  /** Proposals to review, runs that are not closed, and tasks that are not finished. */
  public record MenuCounts(long proposals, long runs, long tasks) {}

  /** The methods that templates call. */
  public record TaskView(ProposalStore proposals) {

    /** What was proposed from a message and not rejected. */
    public List<ProposalItem> ofMessage(UUID message) {
      return proposals.ofMessage(message, MAX_PROPOSALS);
    }
  }

  @Override
  public void addTo(Map<String, Object> model) {
    model.put("taskView", new TaskView(proposals));
    model.put("taskCounts", counts.get());
  }

  @Override
  public Set<Event> after() {
    return Set.of(Event.PROPOSAL_CREATED, Event.PROPOSAL_UPDATED, Event.PROPOSAL_APPROVED, Event.PROPOSAL_REJECTED, Event.PROPOSAL_MERGED,
        Event.RUN_CREATED, Event.RUN_COMPLETED, Event.RUN_FAILED, Event.RUN_CANCELLED, Event.RUN_CLOSED, Event.RUN_UPDATED,
        Event.TASK_CREATED, Event.TASK_STATUS_CHANGED, Event.TASK_DELETED);
  }

  @Override
  public String key(LiveEvent event) {
    return "menu of tasks";
  }

  @Override
  public String html(LiveEvent event, Locale locale) {
    Map<String, MenuCounts> model = Map.of("taskCounts", counts.get());
    return Stream.of("proposals", "tasks", "runs").map(part -> templates.render("_nav", part, locale, model)).collect(Collectors.joining());
  }
}
