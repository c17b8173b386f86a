package tasktracker.knowledge.review;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.analyst.AtomType;
import tasktracker.knowledge.atom.AtomFilter;
import tasktracker.platform.web.query.Query;
import tasktracker.platform.web.query.QueryParameters;

/** The query of the list of atoms as its URL contains it, and the URLs of related lists. */
@QueryParameters({"q", "status", "type", "topic", "project", "min", "from", "until", "sort", "page"})
public final class AtomQuery {

  static final Set<String> STATUSES = Set.of("pending", "approved", "rejected", "archived", "all");
  static final int PAGE_SIZE = 25;
  private static final int MAX_PAGE = 400;
  private static final Set<String> TYPES = java.util.Arrays.stream(AtomType.values()).map(AtomType::wire).collect(Collectors.toSet());
  private static final List<String> FILTERS = List.of("q", "type", "topic", "project", "min", "from", "until");

  private final Map<String, String> asked = new LinkedHashMap<>();
  private final AtomFilter filter;
  private final String status;
  private final String sort;
  private final int page;

  /** @throws tasktracker.platform.web.problem.Problem 400 for a value that is not understood */
  AtomQuery(Query query) {
    status = query.one("status", STATUSES, "pending");
    sort = query.one("sort", Set.of("confidence", "newest", "oldest", "decided"), status.equals("pending") ? "confidence" : "newest");
    page = query.number("page", 1, 1, MAX_PAGE);
    String type = query.one("type", TYPES, "");
    filter = new AtomFilter(query.text("q", 200), status.equals("all") ? null : status, type.isEmpty() ? null : type, query.id("topic"),
        query.id("project"),
        query.fraction("min"), query.from("from"), query.until("until"));
    for (String name : List.of("q", "status", "type", "topic", "project", "min", "from", "until", "sort")) {
      String value = query.text(name, 200);
      if (value != null) {
        asked.put(name, value);
      }
    }
  }

  public AtomFilter filter() {
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

  /** Whether a filter is active that stands in the panel of further filters. */
  public boolean hasFurtherFilters() {
    return FILTERS.stream().filter(name -> !name.equals("q") && !name.equals("type")).anyMatch(asked::containsKey);
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
    return query.isEmpty() ? "/atoms" : "/atoms?" + query;
  }
}
