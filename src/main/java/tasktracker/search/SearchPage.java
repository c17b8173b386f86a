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
import java.util.Set;
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
@QueryParameters(value = {"faint", "after", "in"}, repeatable = "shown", of = SearchQuery.class)
@Produces(MediaType.TEXT_HTML)
@RateLimited(RateLimits.Limit.SEARCH)
public class SearchPage {

  private static final int PAGE_SIZE = 30;
  /** The fragment to render by the id of the target element. */
  private static final Map<String, String> FRAGMENTS = Map.of("found", "found", "hits-more", "further");
  /** The number of topics, of atoms and of messages below the search box, and of topics and atoms above the messages. */
  private static final int GROUP_SIZE = 5;
  /** The number of results when only topics or only atoms are searched. */
  private static final int MAX_OF_GROUP = 50;
  /** The minimum similarity of semantic matches: a cosine of .3, which is little above that of unrelated messages. */
  private static final double MIN_SIMILARITY = .65;

  @Inject private Search search;
  @Inject private KnowledgeSearch knowledge;
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

  /**
   * The found topics and atoms.
   *
   * @param allTopics the URL of all found topics, or null when they are shown
   * @param allAtoms the URL of all found atoms, or null when they are shown
   */
  public record Known(KnowledgeSearch.Findings found, @Nullable String allTopics, @Nullable String allAtoms) {

    public boolean isEmpty() {
      return found.topics().isEmpty() && found.atoms().isEmpty();
    }

    /** Whether nothing was found, messages included. */
    public boolean isNothing(List<?> messages) {
      return isEmpty() && messages.isEmpty();
    }

    /** Whether both knowledge and messages were found, so that the messages need a heading. */
    public boolean isBeside(List<?> messages) {
      return !isEmpty() && !messages.isEmpty();
    }
  }

  /** Renders the page, or only the results or further results if {@code HX-Target} names one of these fragments. */
  @GET
  public View search(@HeaderParam("HX-Target") @Nullable String target) {
    if ("palette-results".equals(target)) {
      return renderPalette(SearchQuery.of(parameters, PAGE_SIZE));
    }
    SearchQuery query = SearchQuery.of(parameters, PAGE_SIZE);
    Map<String, Object> model = new HashMap<>(Map.of("query", query, "chats", sources.listBusiestChats(), "classes",
        List.of("signal", "weak_signal", "noise", "spam", "unscored")));
    String group = parameters.one("in", Set.of("topics", "atoms"), "");
    model.put("group", group);
    if (query.text() != null) {
      model.putAll(group.isEmpty() ? createResultModel(query) : Map.of("known", findKnown(query.text(), group)));
    }
    String fragment = FRAGMENTS.get(String.valueOf(target));
    return fragment == null ? View.page("search/page", model) : View.fragment("search/_found", fragment, model);
  }

  private Map<String, Object> createResultModel(SearchQuery query) {
    boolean includeLessRelevant = "true".equals(parameters.text("faint", 10));
    Search.Findings findings = search.find(query.requireText(), query.filter(), query.limit(), includeLessRelevant ? 0 : MIN_SIMILARITY);
    List<Shown> hits = findings.hits().stream().map(Shown::of).toList();
    Known known = query.isForAll() && parseAfter() == 0
        ? findKnown(query.requireText(), "")
        : new Known(KnowledgeSearch.Findings.NONE, null, null);
    return Map.of("known", known, "findings", findings, "hits", hits, "further", findFurtherHits(hits),
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
      return View.fragment("search/_palette", "groups", Map.of("hits", List.of(), "asked", false));
    }
    Search.Findings findings = search.find(query.text(), MessageFilter.ANY, GROUP_SIZE, MIN_SIMILARITY);
    return View.fragment("search/_palette", "groups", Map.of("asked", true, "suggestions", findings.suggestions(),
        "known", findKnown(query.text(), ""), "hits", findings.hits().stream().map(Shown::of).toList(), "all",
        LocalUrl.of("/search").with("q", query.text()).toString()));
  }

  /** @param group {@code topics} or {@code atoms} for all of one of them, or an empty text for the first of both */
  private Known findKnown(String text, String group) {
    KnowledgeSearch.Findings found = group.isEmpty() ? knowledge.findBeside(text, GROUP_SIZE) : knowledge.find(text, MAX_OF_GROUP);
    return switch (group) {
      case "topics" -> new Known(new KnowledgeSearch.Findings(found.topics(), found.moreTopics(), List.of(), 0), null, null);
      case "atoms" -> new Known(new KnowledgeSearch.Findings(List.of(), 0, found.atoms(), found.moreAtoms()), null, null);
      default -> new Known(found, found.moreTopics() > 0 ? createGroupUrl(text, "topics") : null,
          found.moreAtoms() > 0 ? createGroupUrl(text, "atoms") : null);
    };
  }

  private static String createGroupUrl(String text, String group) {
    return LocalUrl.of("/search").with("q", text).with("in", group).toString();
  }
}
