package tasktracker.task.review;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.query.Query;
import tasktracker.platform.web.query.QueryParameters;
import tasktracker.task.analyst.TaskPriority;
import tasktracker.task.proposal.ProposalFilter;

/** The query of the list of proposals as its URL contains it, and the URLs of related lists. */
@QueryParameters({"q", "status", "run", "project", "priority", "confidence", "sort", "page"})
public final class ProposalQuery {

  static final Set<String> STATUSES = Set.of("pending", "approved", "rejected", "merged", "all");
  static final int PAGE_SIZE = 25;
  private static final int MAX_PAGE = 400;
  private static final Set<String> PRIORITIES = Arrays.stream(TaskPriority.values()).map(TaskPriority::wire).collect(Collectors.toSet());
  private static final List<String> FILTERS = List.of("q", "run", "project", "priority", "confidence");
  private static final double LOW = .7;
  private static final double HIGH = .9;

  private final Map<String, String> asked = new LinkedHashMap<>();
  private final ProposalFilter filter;
  private final String status;
  private final String sort;
  private final int page;

  /** @throws tasktracker.platform.web.problem.Problem 400 for a value that is not understood */
  ProposalQuery(Query query) {
    status = query.one("status", STATUSES, "pending");
    sort = query.one("sort", Set.of("confidence", "newest", "oldest", "decided"), status.equals("pending") ? "confidence" : "newest");
    page = query.number("page", 1, 1, MAX_PAGE);
    String priority = query.one("priority", PRIORITIES, "");
    String band = query.one("confidence", Set.of("low", "medium", "high"), "");
    filter = new ProposalFilter(query.text("q", 200), status.equals("all") ? null : status, query.id("run"), query.id("project"),
        priority.isEmpty() ? null : priority, lowest(band), highest(band));
    for (String name : List.of("q", "status", "run", "project", "priority", "confidence", "sort")) {
      String value = query.text(name, 200);
      if (value != null) {
        asked.put(name, value);
      }
    }
  }

  /** Low is below .7, high above .9, medium from .7 to .9. */
  private static @Nullable Double lowest(String band) {
    return switch (band) {
      case "medium" -> LOW;
      case "high" -> Math.nextUp((float) HIGH) + 0d;
      default -> null;
    };
  }

  private static @Nullable Double highest(String band) {
    return switch (band) {
      case "low" -> Math.nextDown((float) LOW) + 0d;
      case "medium" -> HIGH;
      default -> null;
    };
  }

  public ProposalFilter filter() {
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
    return query.isEmpty() ? "/proposals" : "/proposals?" + query;
  }
}
