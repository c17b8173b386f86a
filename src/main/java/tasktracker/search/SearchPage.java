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
import tasktracker.message.MessageFilter;
import tasktracker.message.Sources;
import tasktracker.platform.security.RateLimited;
import tasktracker.platform.security.RateLimits;
import tasktracker.platform.web.LocalUrl;
import tasktracker.platform.web.Query;
import tasktracker.platform.web.QueryParameters;
import tasktracker.platform.web.View;

/** Searching, for people: a page that is one form, and the results under the search box of every page. */
@Path("/search")
@QueryParameters(value = {"faint", "after"}, repeatable = "shown", of = SearchQuery.class)
@Produces(MediaType.TEXT_HTML)
@RateLimited(RateLimits.Limit.SEARCH)
public class SearchPage {

  private static final int SHOWN = 30;
  /** What is rendered for the element that asks. */
  private static final Map<String, String> FRAGMENTS = Map.of("found", "found", "hits-more", "further");
  private static final int IN_PALETTE = 5;
  /** Less alike, two messages have hardly more in common than any two have (a cosine of .3). */
  private static final double LEAST_ALIKE = .65;

  @Inject private Search search;
  @Inject private Sources sources;
  @BeanParam private Query parameters;

  /** A found message as templates need it. */
  public record Shown(Hit hit) {

    static Shown of(Hit hit) {
      return new Shown(hit);
    }

    /** How near in meaning, in whole percent. */
    public long percent() {
      return hit.similarity() == null ? 0 : Math.round(hit.similarity() * 100);
    }
  }

  /** Found messages of one kind, for the results under the search box. */
  public record Group(String kind, List<Shown> hits) {}

  /** The page; only what was found when its own form or the search box asks, only what comes after it when that is asked for. */
  @GET
  public View search(@HeaderParam("HX-Target") @Nullable String target) {
    if ("palette-results".equals(target)) {
      return palette(SearchQuery.of(parameters, SHOWN));
    }
    SearchQuery query = SearchQuery.of(parameters, SHOWN);
    Map<String, Object> model = new HashMap<>(Map.of("query", query, "chats", sources.listBusiestChats(), "classes",
        List.of("signal", "weak_signal", "noise", "spam", "unscored")));
    if (query.text() != null) {
      model.putAll(found(query));
    }
    String fragment = FRAGMENTS.get(String.valueOf(target));
    return fragment == null ? View.page("search/page", model) : View.fragment("search/_found", fragment, model);
  }

  private Map<String, Object> found(SearchQuery query) {
    boolean all = "true".equals(parameters.text("faint", 10));
    Search.Findings findings = search.find(query.required(), query.filter(), query.limit(), all ? 0 : LEAST_ALIKE);
    List<Shown> hits = findings.hits().stream().map(Shown::of).toList();
    return Map.of("findings", findings, "hits", hits, "further", further(hits),
        "wordless", isWordless(findings.hits()), "withFaint", address("faint", "true"), "shown", query.limit(),
        "more", findings.more() > 0 && query.limit() < SearchQuery.MOST ? address("limit", Math.min(query.limit() + SHOWN, SearchQuery.MOST)) : "",
        "after", after());
  }

  /**
   * What is added below what is there. Ranks change while messages come in and get their vectors, so that is told by the
   * hits that the page has; by their number for a page that does not name them.
   */
  private List<Shown> further(List<Shown> hits) {
    List<String> there = parameters.texts("shown", 36);
    int after = after();
    return hits.stream().filter(shown -> there.isEmpty() ? shown.hit().rank() > after : !there.contains(shown.hit().message().id().toString())).toList();
  }

  private int after() {
    return parameters.number("after", 0, 0, SearchQuery.MOST);
  }

  /** Whether there is something, but nothing that has the words. */
  static boolean isWordless(List<Hit> hits) {
    return !hits.isEmpty() && hits.stream().allMatch(hit -> hit.why().equals(List.of("meaning")));
  }

  /** The address of this search with one parameter changed. */
  private String address(String name, Object value) {
    return parameters.address("/search").without("after").without("shown").with(name, value).toString();
  }

  private View palette(SearchQuery query) {
    if (query.text() == null) {
      return View.fragment("search/_palette", "groups", Map.of("groups", List.of(), "asked", false));
    }
    Search.Findings findings = search.find(query.text(), MessageFilter.ANY, SHOWN, LEAST_ALIKE);
    List<Hit> hits = findings.hits();
    List<Group> groups = List.of(group("words", hits), group("meaning", hits));
    return View.fragment("search/_palette", "groups", Map.of("asked", true, "suggestions", findings.suggestions(),
        "groups", groups.stream().filter(g -> !g.hits().isEmpty()).toList(), "all", LocalUrl.of("/search").with("q", query.text()).toString()));
  }

  /** What has the words, and what only means the same. */
  private static Group group(String kind, List<Hit> hits) {
    boolean byWords = kind.equals("words");
    return new Group(kind, hits.stream().filter(hit -> byWords != hit.why().equals(List.of("meaning")))
        .limit(IN_PALETTE).map(Shown::of).toList());
  }
}
