package tasktracker.message.feed;

import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tasktracker.message.Strength;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;
import tasktracker.platform.web.query.DateParser;
import tasktracker.platform.web.query.Query;
import tasktracker.platform.web.query.QueryParameters;

/** The query of a feed page as its URL contains it, and the URLs of related pages. */
@QueryParameters({"q", "author", "person", "chat", "source", "from", "until", "strength_min", "strength_max", "min", "max", "import",
    "topic",
    "project", "class", "sort", "size", "after", "before", "at"})
public final class FeedQuery {

  /** The filters, without the class tab. */
  private static final List<String> FILTERS = List.of("q", "author", "person", "chat", "source", "from", "until", "strength_min",
      "strength_max", "min", "max", "import", "topic", "project");
  private static final List<String> PLACE = List.of("after", "before", "at");
  private static final List<String> ALL = List.of(FeedQuery.class.getAnnotation(QueryParameters.class).value());
  private static final int MAX_LENGTH = 1000;
  private static final long MAX_OFFSET = 1_000_000_000_000L;
  private static final int DEFAULT_SIZE = 25;
  private static final Set<Integer> SIZES = Set.of(25, 50, 100);
  private final Map<String, String> asked;
  private final ZoneId zone;

  private FeedQuery(Map<String, String> asked, ZoneId zone) {
    this.asked = asked;
    this.zone = zone;
  }

  /**
   * Parses the parameters; unknown and empty ones are ignored.
   *
   * @throws Problem 400 for a text that is too long or cannot be stored
   */
  public static FeedQuery of(Query query) {
    Map<String, String> asked = new LinkedHashMap<>();
    for (String key : ALL) {
      String value = query.text(key, MAX_LENGTH);
      if (value != null) {
        asked.put(key, value);
      }
    }
    return new FeedQuery(asked, query.timeZone());
  }

  /**
   * Parses the result of {@link #here}; its days are days in UTC, see {@link #withInstants}.
   *
   * @throws Problem 400 for a text that is too long or cannot be stored
   */
  public static FeedQuery parse(String query) {
    MultivaluedMap<String, String> parameters = new MultivaluedHashMap<>();
    for (String part : query.replaceFirst("^\\?", "").split("&")) {
      String[] sides = part.split("=", 2);
      parameters.add(sides[0], sides.length == 1 ? "" : decode(sides[0], sides[1]));
    }
    return of(new Query(parameters));
  }

  private static String decode(String key, String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw invalid(key);
    }
  }

  /** The unparsed value of a parameter. */
  public @Nullable String get(String key) {
    return asked.get(key);
  }

  /**
   * The filter.
   *
   * @throws Problem 400, naming the parameter that cannot be read
   */
  public MessageFilter filter() {
    return new MessageFilter(get("q"), get("author"), read("person", Query::uuid), get("source"),
        read("chat", Query::uuid), classes(), from(),
        until(), read("min", FeedQuery::importanceOf), read("max", FeedQuery::importanceOf),
        read("import", Query::uuid), read("topic", Query::uuid), read("project", Query::uuid), read("strength_min", FeedQuery::strengthOf),
        read("strength_max", FeedQuery::strengthOf));
  }

  private @Nullable Instant from() {
    return read("from", text -> DateParser.parseStart(text, zone));
  }

  private @Nullable Instant until() {
    return read("until", text -> DateParser.parseEnd(text, zone));
  }

  /** The same query with instants instead of days, so that it means the same in each time zone. */
  public FeedQuery withInstants() {
    Map<String, String> exact = new LinkedHashMap<>(asked);
    exact.computeIfPresent("from", (key, day) -> String.valueOf(DateParser.clamp(Objects.requireNonNull(from()))));
    exact.computeIfPresent("until", (key, day) -> String.valueOf(DateParser.clamp(Objects.requireNonNull(until()))));
    return new FeedQuery(exact, zone);
  }

  private static Integer strengthOf(String text) {
    int strength = Integer.parseInt(text);
    if (strength < 0 || strength > Strength.MAX) {
      throw new IllegalArgumentException(text);
    }
    return strength;
  }

  /** Links of earlier releases select by importance. */
  private static Double importanceOf(String text) {
    double importance = Double.parseDouble(text);
    if (!(importance >= 0 && importance <= 1)) {
      throw new IllegalArgumentException(text);
    }
    return importance;
  }

  private Set<String> classes() {
    Set<String> wanted = asked.containsKey("class") ? new HashSet<>(List.of(asked.get("class").split(","))) : Set.of();
    if (!MessageFilter.CLASSES.containsAll(wanted)) {
      throw Problem.badRequest(LocalizedMessage.of("problem.feed.class", String.join(", ", MessageFilter.CLASSES)));
    }
    return wanted;
  }

  public FeedOrder order() {
    return asked.containsKey("sort") ? Objects.requireNonNull(read("sort", FeedOrder::of)) : FeedOrder.NEWEST;
  }

  /** Rows of a page: 25, 50 or 100. */
  public int size() {
    return asked.containsKey("size") ? Objects.requireNonNull(read("size", FeedQuery::allowedSize)) : DEFAULT_SIZE;
  }

  /**
   * The position after which the page starts; null for the first page.
   *
   * @throws Problem 400 when it is malformed
   */
  public @Nullable Cursor after() {
    return read("after", Cursor::of);
  }

  public @Nullable Cursor before() {
    return read("before", Cursor::of);
  }

  /** Number of messages before this page, as the pagination links counted them. */
  public long at() {
    Long at = read("at", Long::valueOf);
    return at == null ? 0 : Math.clamp(at, 0, MAX_OFFSET);
  }

  /** Number of active filters, without the class tab. */
  public long filters() {
    return FILTERS.stream().filter(asked::containsKey).count();
  }

  /**
   * Active filters that come from a link and have no field in the form: a person, an import, a topic, a project, an importance, a
   * time that is not a whole day.
   */
  public List<String> fieldless() {
    return Stream
        .concat(Stream.of("person", "import", "topic", "project", "min", "max").filter(asked::containsKey),
            Stream.of("from", "until").filter(this::isMoment))
        .toList();
  }

  /** Whether a parameter is a time. */
  public boolean isTime(String key) {
    return "from".equals(key) || "until".equals(key);
  }

  /** Whether anything is left out of the list: by a filter, or by the class tab. */
  public boolean isNarrowed() {
    return filters() > 0 || asked.containsKey("class");
  }

  /** Whether a filter is active that stands in the panel of further filters. */
  public boolean hasFurtherFilters() {
    return FILTERS.stream().filter(key -> !"q".equals(key) && !"chat".equals(key)).anyMatch(asked::containsKey);
  }

  /** The value of {@code aria-sort} of the column of scores, or null. */
  public @Nullable String scoreSort() {
    return order().isByScore() ? direction() : null;
  }

  /** The value of {@code aria-sort} of the column of times, or null. */
  public @Nullable String timeSort() {
    return order().isByScore() ? null : direction();
  }

  private String direction() {
    return order().isDescending() ? "descending" : "ascending";
  }

  /** The URL of the list by strength, the highest first; of the other direction when it is so already. */
  public String byScore() {
    return with("sort", order() == FeedOrder.HIGHEST ? "lowest" : "highest");
  }

  /** The URL of the list by time, the newest first; of the other direction when it is so already. */
  public String byTime() {
    return with("sort", order() == FeedOrder.NEWEST ? "oldest" : "");
  }

  /** The URL of the list with so many rows a page. */
  public String ofSize(int size) {
    return with("size", size == DEFAULT_SIZE ? "" : String.valueOf(size));
  }

  /** The value of a date field when it is a whole day, otherwise null. */
  public @Nullable String day(String key) {
    return isMoment(key) ? null : get(key);
  }

  private boolean isMoment(String key) {
    return asked.getOrDefault(key, "").contains("T");
  }

  /** Whether this is the first page of the unfiltered list, where new messages appear. */
  public boolean isFresh() {
    return asked.keySet().stream().allMatch("size"::equals);
  }

  private <T> @Nullable T read(String key, Function<String, T> reading) {
    String text = asked.get(key);
    try {
      return text == null ? null : reading.apply(text);
    } catch (IllegalArgumentException | DateTimeParseException e) {
      throw invalid(key);
    }
  }

  private static Problem invalid(String key) {
    return Problem.badRequest(LocalizedMessage.of("problem.feed.unread", key));
  }

  private static int allowedSize(String text) {
    int size = Integer.parseInt(text);
    if (!SIZES.contains(size)) {
      throw new IllegalArgumentException(text);
    }
    return size;
  }

  /** The URL of this list below {@code path}. */
  public String here(String path) {
    return address(path, asked);
  }

  /** The query string of this list, with its question mark; empty when no parameter is set. */
  public String suffix() {
    return here("");
  }

  /** The URL of a message opened from this list. */
  public String open(UUID message) {
    return here("/messages/" + message);
  }

  /** The URL of the first page with one parameter changed, or removed by an empty value. */
  public String with(String key, String value) {
    Map<String, String> changed = new LinkedHashMap<>(asked);
    PLACE.forEach(changed::remove);
    changed.put(key, value);
    return address("/messages", changed);
  }

  /** The URL of the list without filters; the class tab stays. */
  public String unfiltered() {
    Map<String, String> changed = new LinkedHashMap<>(asked);
    changed.keySet().retainAll(List.of("class", "sort", "size"));
    return address("/messages", changed);
  }

  /** The URL of the page after, or before, the cursor. */
  public String page(String direction, Cursor place, long at) {
    Map<String, String> changed = new LinkedHashMap<>(asked);
    PLACE.forEach(changed::remove);
    changed.put(direction, place.toString());
    changed.put("at", String.valueOf(at));
    return address("/messages", changed);
  }

  private static String address(String path, Map<String, String> parameters) {
    String query = parameters.entrySet().stream().filter(e -> !e.getValue().isEmpty())
        .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8)).collect(Collectors.joining("&"));
    return query.isEmpty() ? path : path + "?" + query;
  }
}
