package tasktracker.search;

import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tasktracker.message.Sources;
import tasktracker.message.feed.MessageFilter;
import tasktracker.platform.security.RateLimited;
import tasktracker.platform.security.RateLimits;
import tasktracker.platform.web.LocalUrl;
import tasktracker.platform.web.query.Query;
import tasktracker.platform.web.query.QueryParameters;
import tasktracker.platform.web.template.View;

/** The search page, and the results below the search box of every page. */
@Path("/search")
@QueryParameters(value = {"faint", "after"}, repeatable = "shown", of = SearchQuery.class)
@Produces(MediaType.TEXT_HTML)
@RateLimited(RateLimits.Limit.SEARCH)
public class SearchPage {

  private static final int PAGE_SIZE = 30;
  /** The fragment to render by the id of the target element. */
  private static final Map<String, String> FRAGMENTS = Map.of("found", "found", "hits-more", "further");
  private static final int PALETTE_SIZE = 5;
  /** The minimum similarity of semantic matches: a cosine of .3, which is little above that of unrelated messages. */
  private static final double MIN_SIMILARITY = .65;

  @Inject private Search search;
  @Inject private Sources sources;
  @BeanParam private Query parameters;

  /** A found message as templates need it. */
  public record Shown(Hit hit) {

    static Shown of(Hit hit) {
      return new Shown(hit);
    }

    /** The semantic similarity in whole percent. */
    public long percent() {
      return hit.similarity() == null ? 0 : Math.round(hit.similarity() * 100);
    }
  }

  /** Search results of one kind, for the results below the search box. */
  public record Group(String kind, List<Shown> hits) {}

  /** Renders the page, or only the results or further results if {@code HX-Target} names one of these fragments. */
  @GET
  public View search(@HeaderParam("HX-Target") @Nullable String target) {
    if ("palette-results".equals(target)) {
      return renderPalette(SearchQuery.of(parameters, PAGE_SIZE));
    }
    SearchQuery query = SearchQuery.of(parameters, PAGE_SIZE);
    Map<String, Object> model = new HashMap<>(Map.of("query", query, "chats", sources.listBusiestChats(), "classes",
        List.of("signal", "weak_signal", "noise", "spam", "unscored")));
    if (query.text() != null) {
      model.putAll(createResultModel(query));
    }
    String fragment = FRAGMENTS.get(String.valueOf(target));
    return fragment == null ? View.page("search/page", model) : View.fragment("search/_found", fragment, model);
  }

  private Map<String, Object> createResultModel(SearchQuery query) {
    boolean includeLessRelevant = "true".equals(parameters.text("faint", 10));
    Search.Findings findings = search.find(query.requireText(), query.filter(), query.limit(), includeLessRelevant ? 0 : MIN_SIMILARITY);
    List<Shown> hits = findings.hits().stream().map(Shown::of).toList();
    return Map.of("findings", findings, "hits", hits, "further", findFurtherHits(hits),
        "wordless", isSemanticOnly(findings.hits()), "withFaint", createUrl("faint", "true"), "shown", query.limit(), "firstAdded",
        query.limit() + 1,
        "more",
        findings.more() > 0 && query.limit() < SearchQuery.MAX_LIMIT
            ? createUrl("limit", Math.min(query.limit() + PAGE_SIZE, SearchQuery.MAX_LIMIT))
            : "",
        "after", parseAfter());
  }

  /**
   * The results to append to those on the page. Ranks change when messages arrive and get their vectors, so displayed
   * results are excluded by id, or by number if the page does not send ids.
   */
  private List<Shown> findFurtherHits(List<Shown> hits) {
    List<String> displayedIds = parameters.texts("shown", 36);
    int after = parseAfter();
    return hits.stream()
        .filter(
            shown -> displayedIds.isEmpty() ? shown.hit().rank() > after : !displayedIds.contains(shown.hit().message().id().toString()))
        .toList();
  }

  private int parseAfter() {
    return parameters.number("after", 0, 0, SearchQuery.MAX_LIMIT);
  }

  /** Whether all results are semantic matches only. */
  static boolean isSemanticOnly(List<Hit> hits) {
    return !hits.isEmpty() && hits.stream().allMatch(hit -> hit.why().equals(List.of("meaning")));
  }

  /** The URL of this search with one parameter changed. */
  private String createUrl(String name, Object value) {
    return parameters.address("/search").without("after").without("shown").with(name, value).toString();
  }

  private View renderPalette(SearchQuery query) {
    if (query.text() == null) {
      return View.fragment("search/_palette", "groups", Map.of("groups", List.of(), "asked", false));
    }
    Search.Findings findings = search.find(query.text(), MessageFilter.ANY, PAGE_SIZE, MIN_SIMILARITY);
    List<Hit> hits = findings.hits();
    List<Group> groups = List.of(createGroup("words", hits), createGroup("meaning", hits));
    return View.fragment("search/_palette", "groups", Map.of("asked", true, "suggestions", findings.suggestions(),
        "groups", groups.stream().filter(g -> !g.hits().isEmpty()).toList(), "all",
        LocalUrl.of("/search").with("q", query.text()).toString()));
  }

  /** Selects full-text matches, or results that only the semantic search has found. */
  private static Group createGroup(String kind, List<Hit> hits) {
    boolean byWords = kind.equals("words");
    return new Group(kind, hits.stream().filter(hit -> byWords != hit.why().equals(List.of("meaning")))
        .limit(PALETTE_SIZE).map(Shown::of).toList());
  }
}
