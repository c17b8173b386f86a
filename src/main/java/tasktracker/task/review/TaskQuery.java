package tasktracker.task.review;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.query.Query;
import tasktracker.platform.web.query.QueryParameters;
import tasktracker.task.TaskFilter;
import tasktracker.task.TaskStatus;

/** The query of the list of tasks as its URL contains it, and the URLs of related lists. */
@QueryParameters({"q", "status", "priority", "project", "assignee", "sort", "page"})
public final class TaskQuery {

  static final int PAGE_SIZE = 50;
  /** Tabs in their order; the first is the default. */
  static final List<String> TABS = List.of("active", "open", "in_progress", "completed", "closed", "all");
  private static final int MAX_PAGE = 2000;
  private static final List<String> FILTERS = List.of("q", "priority", "project", "assignee");

  private final Map<String, String> asked = new LinkedHashMap<>();
  private final TaskFilter filter;
  private final String status;
  private final String sort;
  private final int page;

  /** @throws tasktracker.platform.web.problem.Problem 400 for a value that is not understood */
  TaskQuery(Query query) {
    status = query.one("status", Set.copyOf(TABS), "active");
    sort = query.one("sort", Set.of("newest", "oldest", "due"), "newest");
    page = query.number("page", 1, 1, MAX_PAGE);
    String priority = query.one("priority", Set.of("low", "medium", "high", "critical"), "");
    filter = new TaskFilter(query.text("q", 200), statuses(status), priority.isEmpty() ? null : priority, query.id("project"),
        query.id("assignee"));
    for (String name : List.of("q", "status", "priority", "project", "assignee", "sort")) {
      String value = query.text(name, 200);
      if (value != null) {
        asked.put(name, value);
      }
    }
  }

  /** The statuses of a tab; empty for all. */
  static List<TaskStatus> statuses(String tab) {
    return switch (tab) {
      case "active" -> TaskStatus.UNFINISHED;
      case "all" -> List.of();
      default -> List.of(TaskStatus.of(tab).orElseThrow());
    };
  }

  public TaskFilter filter() {
    return filter;
  }

  public String status() {
    return status;
  }

  public String sort() {
    return sort;
  }

  public int page() {
    return page;
  }

  int skip() {
    return (page - 1) * PAGE_SIZE;
  }

  /** The text of a parameter, or null. */
  public @Nullable String get(String name) {
    return asked.get(name);
  }

  /** Whether anything is left out of the list, other than by the status. */
  public boolean isNarrowed() {
    return FILTERS.stream().anyMatch(asked::containsKey);
  }

  /** The URL of this list with one parameter changed, or removed by an empty value; its first page. */
  public String with(String name, String value) {
    Map<String, String> changed = new LinkedHashMap<>(asked);
    changed.put(name, value);
    return address(changed);
  }

  /** The URL of the list without filters; the status stays. */
  public String unfiltered() {
    Map<String, String> changed = new LinkedHashMap<>(asked);
    FILTERS.forEach(changed::remove);
    return address(changed);
  }

  /** The URL of this list. */
  public String here() {
    return page == 1 ? address(asked) : with("page", String.valueOf(page));
  }

  private static String address(Map<String, String> parameters) {
    String query = parameters.entrySet().stream().filter(e -> !e.getValue().isEmpty())
        .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8)).collect(Collectors.joining("&"));
    return query.isEmpty() ? "/tasks" : "/tasks?" + query;
  }
}
