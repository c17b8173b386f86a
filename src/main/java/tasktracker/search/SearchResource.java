package tasktracker.search;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.message.MessageItem;
import tasktracker.platform.ai.Embedder.EmbedderUnavailable;
import tasktracker.platform.security.RateLimited;
import tasktracker.platform.security.RateLimits;
import tasktracker.platform.web.Problem;
import tasktracker.platform.web.Query;
import tasktracker.platform.web.QueryParameters;

/** Searching, for programs. */
@RequestScoped
@Path("/api/v1/search")
@Produces(MediaType.APPLICATION_JSON)
@RateLimited(RateLimits.Limit.SEARCH)
public class SearchResource {

  /**
   * What was found by word, spelling and meaning together.
   *
   * @param knowsMeaning false when the embedding model did not answer and words alone were looked for
   * @param suggestions what may have been meant: the text on another keyboard layout or in other letters, and words
   *     of similar spelling when nothing has the words themselves
   */
  public record Found(String query, int totalResults, List<Hit> messages, boolean knowsMeaning, List<String> suggestions) {}

  /** A message near in meaning: 1 is the same, .5 unrelated, 0 the opposite. */
  public record Similar(MessageItem message, double similarityScore) {}

  private static final double SAME = .95;
  private static final int MOST_DUPLICATES = 5;

  private @Nullable Search search;
  private @Nullable SearchConfig limits;

  protected SearchResource() {}

  @Inject
  public SearchResource(Search search, SearchConfig limits) {
    this.search = search;
    this.limits = limits;
  }

  @GET
  @QueryParameters(of = SearchQuery.class)
  public Found find(@BeanParam Query parameters) {
    SearchQuery query = SearchQuery.of(parameters, limits.results());
    Search.Findings findings = search.find(query.required(), query.filter(), query.limit());
    return new Found(findings.query(), findings.hits().size(), findings.hits(), findings.knowsMeaning(), findings.suggestions());
  }

  @GET
  @Path("messages")
  @QueryParameters({"query", "limit", "threshold"})
  public List<Similar> near(@BeanParam Query query) {
    String text = query.text("query", SearchQuery.LONGEST);
    if (text == null) {
      throw Problem.badRequest("The parameter query must not be empty.");
    }
    try {
      return similar(search.near(text, threshold(query, limits.similarity()), limit(query)));
    } catch (EmbedderUnavailable e) {
      throw Problem.unavailable("The embedding model is not responding. Use full-text search instead.");
    }
  }

  @GET
  @Path("messages/{id}/similar")
  @QueryParameters({"limit", "threshold"})
  public List<Similar> similar(@PathParam("id") UUID id, @BeanParam Query query) {
    return near(id, threshold(query, limits.similarity()), limit(query));
  }

  @GET
  @Path("messages/{id}/duplicates")
  @QueryParameters("threshold")
  public List<Similar> duplicates(@PathParam("id") UUID id, @BeanParam Query query) {
    return near(id, threshold(query, SAME), MOST_DUPLICATES);
  }

  private List<Similar> near(UUID id, double threshold, int limit) {
    return similar(search.similar(id, threshold, limit)
        .orElseThrow(() -> Problem.notFound("message with this id that has been embedded")));
  }

  private static List<Similar> similar(List<Hit> hits) {
    return hits.stream().map(hit -> new Similar(hit.message(), hit.similarity())).toList();
  }

  private int limit(Query query) {
    return query.number("limit", limits.results(), 1, 100);
  }

  private static double threshold(Query query, double usual) {
    Double asked = query.fraction("threshold");
    return asked == null ? usual : asked;
  }
}
