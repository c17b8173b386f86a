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
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import tasktracker.message.feed.MessageItem;
import tasktracker.platform.ai.Embedder.EmbedderUnavailable;
import tasktracker.platform.security.RateLimited;
import tasktracker.platform.security.RateLimits;
import tasktracker.platform.web.problem.Problem;
import tasktracker.platform.web.query.Query;
import tasktracker.platform.web.query.QueryParameters;

/** REST endpoints for search. */
@RequestScoped
@Path("/api/v1/search")
@Produces(MediaType.APPLICATION_JSON)
@RateLimited(RateLimits.Limit.SEARCH)
public class SearchResource {

  /**
   * The results of full-text, spelling and semantic search. Topics and atoms are searched unless a filter of messages is
   * given.
   *
   * @param totalResults the number of all results
   * @param knowsMeaning whether the semantic search was available
   * @param suggestions "did you mean" suggestions: the query in another keyboard layout or script, and words of similar
   *     spelling if there is no full-text match
   */
  public record SearchResults(String query, int totalResults, List<TopicHit> topics, List<Hit> messages, List<AtomHit> atoms,
      boolean knowsMeaning, List<String> suggestions) {}

  /** A similar message. The score is 0 to 1; unrelated messages have .5. */
  public record SimilarMessage(MessageItem message, double similarityScore) {}

  private static final double DUPLICATE_SIMILARITY = .95;
  private static final int MAX_DUPLICATES = 5;

  /** The limits of the unified search. */
  private static final int MAX_LENGTH = 256;
  private static final int MAX_LIMIT = 50;

  private final Search search;
  private final KnowledgeSearch knowledge;
  private final SearchConfig config;

  @Inject
  public SearchResource(Search search, KnowledgeSearch knowledge, SearchConfig config) {
    this.search = search;
    this.knowledge = knowledge;
    this.config = config;
  }

  @GET
  @QueryParameters(of = SearchQuery.class)
  public SearchResults find(@BeanParam Query parameters) {
    parameters.text("q", MAX_LENGTH);
    parameters.number("limit", MAX_LIMIT, 1, MAX_LIMIT);
    SearchQuery query = SearchQuery.of(parameters, Math.min(config.defaultLimit(), MAX_LIMIT));
    Search.Findings findings = search.find(query.requireText(), query.filter(), query.limit());
    KnowledgeSearch.Findings known = query.isForAll()
        ? knowledge.findBeside(query.requireText(), query.limit())
        : KnowledgeSearch.Findings.NONE;
    return new SearchResults(findings.query(), known.topics().size() + findings.hits().size() + known.atoms().size(), known.topics(),
        findings.hits(), known.atoms(), findings.knowsMeaning(), findings.suggestions());
  }

  @GET
  @Path("topics")
  @QueryParameters({"query", "limit", "threshold"})
  public List<KnowledgeSearch.SimilarTopic> findSimilarTopics(@BeanParam Query query) {
    return embedding(
        () -> knowledge.findSimilarTopics(requireText(query), parseThreshold(query, config.minimumSimilarity()), parseLimit(query)));
  }

  @GET
  @Path("atoms")
  @QueryParameters({"query", "limit", "threshold"})
  public List<KnowledgeSearch.SimilarAtom> findSimilarAtoms(@BeanParam Query query) {
    return embedding(
        () -> knowledge.findSimilarAtoms(requireText(query), parseThreshold(query, config.minimumSimilarity()), parseLimit(query)));
  }

  @GET
  @Path("atoms/{id}/similar")
  @QueryParameters({"limit", "threshold"})
  public List<KnowledgeSearch.SimilarAtom> findSimilarToAtom(@PathParam("id") UUID id, @BeanParam Query query) {
    return knowledge.findSimilarAtoms(id, parseThreshold(query, config.minimumSimilarity()), parseLimit(query))
        .orElseThrow(() -> Problem.notFound("atom with this id that has been embedded"));
  }

  @GET
  @Path("messages")
  @QueryParameters({"query", "limit", "threshold"})
  public List<SimilarMessage> findSimilarToText(@BeanParam Query query) {
    return embedding(() -> toSimilarMessages(
        search.findSimilar(requireText(query), parseThreshold(query, config.minimumSimilarity()), parseLimit(query))));
  }

  private static String requireText(Query query) {
    String text = query.text("query", SearchQuery.MAX_LENGTH);
    if (text == null) {
      throw Problem.badRequest("The parameter query must not be empty.");
    }
    return text;
  }

  private static <T> T embedding(Supplier<T> work) {
    try {
      return work.get();
    } catch (EmbedderUnavailable e) {
      throw Problem.unavailable("The embedding model is not responding. Use full-text search instead.");
    }
  }

  @GET
  @Path("messages/{id}/similar")
  @QueryParameters({"limit", "threshold"})
  public List<SimilarMessage> findSimilarToMessage(@PathParam("id") UUID id, @BeanParam Query query) {
    return findSimilar(id, parseThreshold(query, config.minimumSimilarity()), parseLimit(query));
  }

  @GET
  @Path("messages/{id}/duplicates")
  @QueryParameters("threshold")
  public List<SimilarMessage> findDuplicates(@PathParam("id") UUID id, @BeanParam Query query) {
    return findSimilar(id, parseThreshold(query, DUPLICATE_SIMILARITY), MAX_DUPLICATES);
  }

  private List<SimilarMessage> findSimilar(UUID id, double threshold, int limit) {
    return toSimilarMessages(search.findSimilar(id, threshold, limit)
        .orElseThrow(() -> Problem.notFound("message with this id that has been embedded")));
  }

  private static List<SimilarMessage> toSimilarMessages(List<Hit> hits) {
    return hits.stream().map(SearchResource::toSimilarMessage).toList();
  }

  private static SimilarMessage toSimilarMessage(Hit hit) {
    return new SimilarMessage(hit.message(), Objects.requireNonNull(hit.similarity(), "Similar messages have a similarity"));
  }

  private int parseLimit(Query query) {
    return query.number("limit", config.defaultLimit(), 1, 100);
  }

  private static double parseThreshold(Query query, double defaultThreshold) {
    Double threshold = query.fraction("threshold");
    return threshold == null ? defaultThreshold : threshold;
  }
}
