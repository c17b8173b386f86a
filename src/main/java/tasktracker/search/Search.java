package tasktracker.search;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tasktracker.message.feed.Feed;
import tasktracker.message.feed.MessageFilter;
import tasktracker.message.feed.MessageItem;
import tasktracker.platform.ai.Embedder.EmbedderUnavailable;
import tasktracker.platform.web.Deadline;

/**
 * Finds messages by full-text, spelling and semantic search, and combines the three rankings.
 *
 * <p>For keywords, messages that contain all of them rank first. For a question, messages are ranked by their full-text
 * and semantic similarity and by that of their adjacent messages in the chat.
 */
@ApplicationScoped
public class Search {

  private static final System.Logger LOG = System.getLogger(Search.class.getName());
  private static final int SEARCH_DEPTH = 50;
  /** The maximum number of results of three searches. The order does not depend on the number that is displayed. */
  private static final int MAX_RESULTS = 3 * SEARCH_DEPTH;
  private static final int MAX_SUGGESTIONS = 5;
  private static final double QUESTION_WORD_WEIGHT = .25;
  private static final double SPELLING_WEIGHT = .7;
  private static final double FULL_TEXT_WEIGHT = .6;
  /** Joined tokens have the weight of a word, but are not required. */
  private static final double JOINED_WEIGHT = 1;

  /**
   * The ranked messages of a search, before their content is loaded.
   *
   * @param hasAllWords whether any message contains all words of the query
   */
  record Ranked(ParsedQuery query, List<ReciprocalRankFusion.Fused> best, Map<UUID, Double> cosines, Set<String> terms,
      boolean knowsMeaning, boolean hasAllWords) {

    private Ranked withResults(List<ReciprocalRankFusion.Fused> results) {
      return new Ranked(query, List.copyOf(results), cosines, terms, knowsMeaning, hasAllWords);
    }

    Ranked limitTo(int limit) {
      return withResults(best.subList(0, Math.min(limit, best.size())));
    }

    /** Removes semantic matches with a lower similarity. */
    Ranked withMinimumSimilarity(double minimum) {
      return withResults(best.stream().filter(f -> !f.isSemanticOnly() || similarity(f) >= minimum).toList());
    }

    private double similarity(ReciprocalRankFusion.Fused fused) {
      return (1 + cosines.getOrDefault(fused.message(), -1.)) / 2;
    }
  }

  private final SearchStatements statements;
  private final FullTextSearch fullTextSearch;
  private final SpellingSuggester spellingSuggester;
  private final QuerySuggestions suggestions;
  private final PersonNameMatcher nameMatcher;
  private final SemanticSearch semanticSearch;
  private final ConversationContext context;
  private final Feed feed;

  @Inject
  public Search(SearchStatements statements, FullTextSearch fullTextSearch, SpellingSuggester spellingSuggester,
      QuerySuggestions suggestions, PersonNameMatcher nameMatcher, SemanticSearch semanticSearch,
      ConversationContext context, Feed feed) {
    this.statements = statements;
    this.fullTextSearch = fullTextSearch;
    this.spellingSuggester = spellingSuggester;
    this.suggestions = suggestions;
    this.nameMatcher = nameMatcher;
    this.semanticSearch = semanticSearch;
    this.context = context;
    this.feed = feed;
  }

  /** Finds messages, best first. */
  public Findings find(String text, MessageFilter filter, int limit) {
    return find(text, filter, limit, 0);
  }

  /**
   * Finds messages, without semantic matches of low similarity.
   *
   * @param minimumSimilarity the minimum similarity of messages that only the semantic search finds, 0 to 1
   */
  Findings find(String text, MessageFilter filter, int limit, double minimumSimilarity) {
    Deadline deadline = statements.createDeadline();
    ParsedQuery query = ParsedQuery.of(text);
    Optional<float[]> vector = embed(query, deadline);
    SearchData data = statements.inTransaction(deadline, () -> load(rank(query, vector, filter), limit, minimumSimilarity));
    return new Findings(text, createHits(data, deadline), data.displayed().knowsMeaning(), data.suggestions(), data.more(), data.faint());
  }

  /** The data of a search result, before snippets are created. */
  private record SearchData(Ranked displayed, Map<UUID, ConversationContext.AdjacentMessages> adjacent, Map<UUID, MessageItem> items,
      List<String> suggestions, int more, int faint) {}

  private SearchData load(Ranked ranked, int limit, double minimumSimilarity) {
    Ranked relevant = ranked.withMinimumSimilarity(minimumSimilarity);
    Ranked displayed = relevant.limitTo(limit);
    List<UUID> ids = displayed.best().stream().map(ReciprocalRankFusion.Fused::message).toList();
    return new SearchData(displayed, context.findAdjacent(ids), findItems(ids), collectSuggestions(ranked),
        relevant.best().size() - displayed.best().size(), ranked.best().size() - relevant.best().size());
  }

  private Map<UUID, MessageItem> findItems(List<UUID> ids) {
    return statements.ask(sql -> feed.find(ids)).stream().collect(Collectors.toMap(MessageItem::id, Function.identity()));
  }

  /** Creates snippets after the transaction has ended, because they take time. */
  private static List<Hit> createHits(SearchData data, Deadline deadline) {
    TextAnalyzer analyzer = TextAnalyzer.create();
    List<Hit> hits = new ArrayList<>();
    for (ReciprocalRankFusion.Fused fused : data.displayed().best()) {
      Optional.ofNullable(data.items().get(fused.message()))
          .ifPresent(item -> hits.add(Hit.create(item, hits.size() + 1, fused, data.displayed(),
              data.adjacent().getOrDefault(item.id(), ConversationContext.AdjacentMessages.NONE), analyzer, deadline)));
    }
    return hits;
  }

  private List<String> collectSuggestions(Ranked ranked) {
    if (ranked.hasAllWords()) {
      return List.of();
    }
    Stream<String> similarWords = ranked.best().stream().allMatch(ReciprocalRankFusion.Fused::isSemanticOnly)
        ? ranked.query().keywords().stream().flatMap(word -> spellingSuggester.findSimilar(word.written()).stream())
            .map(SpellingSuggester.SimilarWord::word)
        : Stream.of();
    return Stream.concat(suggestions.suggest(ranked.query()).stream(), similarWords).distinct().limit(MAX_SUGGESTIONS).toList();
  }

  /** Ranks messages as {@link #find} does, without loading them. */
  Ranked rank(ParsedQuery query, MessageFilter filter, int limit) {
    Deadline deadline = statements.createDeadline();
    Optional<float[]> vector = embed(query, deadline);
    return statements.inTransaction(deadline, () -> rank(query, vector, filter)).limitTo(limit);
  }

  /**
   * Embeds the query before the transaction begins. If the model is unavailable, the search continues without it. The
   * model may take two thirds of the time, so that the statements have at least one third.
   */
  private Optional<float[]> embed(ParsedQuery query, Deadline deadline) {
    try {
      return Optional.of(semanticSearch.embed(query.embeddingTexts(), deadline.remaining().multipliedBy(2).dividedBy(3)));
    } catch (EmbedderUnavailable e) {
      LOG.log(Level.WARNING, "The semantic search is unavailable; using full-text search only: {0}", e.getMessage());
      return Optional.empty();
    }
  }

  private Ranked rank(ParsedQuery query, Optional<float[]> vector, MessageFilter filter) {
    ReciprocalRankFusion fusion = new ReciprocalRankFusion();
    Set<String> terms = query.keywords().stream().flatMap(word -> word.terms().stream()).collect(Collectors.toCollection(HashSet::new));
    terms.addAll(query.joined());
    Precedence precedence = addFullTextMatches(query, filter, fusion, terms);
    Map<UUID, Double> cosines = new HashMap<>();
    Map<UUID, List<UUID>> adjacent = vector.map(v -> addSemanticMatches(query, v, filter, fusion, cosines)).orElse(Map.of());
    return new Ranked(query, precedence.order(fusion.selectPassages(MAX_RESULTS, adjacent)), cosines, terms, !cosines.isEmpty(),
        precedence.hasAllWords());
  }

  /**
   * The messages that rank first: exact matches, then messages with all keywords. If no message contains a word as typed,
   * messages with words of similar spelling rank above those that only the semantic search finds.
   */
  record Precedence(Set<UUID> exact, Set<UUID> withAll, Set<UUID> similar, boolean hasAllWords) {

    /** @param similarMatches the matches of words of similar spelling; for a sentence, all words are required */
    static Precedence of(ParsedQuery query, List<FullTextSearch.Match> matches, List<FullTextSearch.Match> similarMatches) {
      return new Precedence(matchingIds(matches, FullTextSearch.Match::isExact),
          matchingIds(matches, hit -> query.isKeywordQuery() && hit.hasAll()),
          matches.isEmpty() ? matchingIds(similarMatches, hit -> query.isKeywordQuery() || hit.hasAll()) : Set.of(),
          matches.stream().anyMatch(FullTextSearch.Match::hasAll));
    }

    List<ReciprocalRankFusion.Fused> order(List<ReciprocalRankFusion.Fused> fused) {
      return fused.stream().sorted(Comparator.comparing(f -> tier(f.message()))).toList();
    }

    private int tier(UUID message) {
      return exact.contains(message) ? 0 : withAll.contains(message) ? 1 : similar.contains(message) ? 2 : 3;
    }
  }

  /** Adds full-text and spelling matches and returns the messages that rank first. */
  private Precedence addFullTextMatches(ParsedQuery query, MessageFilter filter, ReciprocalRankFusion fusion, Set<String> terms) {
    if (query.isEmpty()) {
      return new Precedence(Set.of(), Set.of(), Set.of(), false);
    }
    Map<UUID, Double> authors = nameMatcher.findPeople(query);
    List<FullTextSearch.Match> matches = fullTextSearch.find(createQueryTerms(query), authors,
        new FullTextSearch.Ordering(query.exactQuery(), query.isKeywordQuery()), filter, SEARCH_DEPTH);
    fusion.add(ReciprocalRankFusion.Reason.WORDS, FULL_TEXT_WEIGHT, matches.stream().map(FullTextSearch.Match::messageId).toList());
    List<FullTextSearch.QueryTerm> corrected = spellingSuggester.correct(query);
    List<FullTextSearch.Match> similarMatches = corrected.isEmpty()
        ? List.of()
        : fullTextSearch.find(corrected, authors, new FullTextSearch.Ordering("", true), filter, SEARCH_DEPTH);
    fusion.add(ReciprocalRankFusion.Reason.SPELLING, SPELLING_WEIGHT,
        similarMatches.stream().map(FullTextSearch.Match::messageId).toList());
    corrected.forEach(term -> terms.addAll(term.terms()));
    return Precedence.of(query, matches, similarMatches);
  }

  private static Set<UUID> matchingIds(List<FullTextSearch.Match> matches, Predicate<FullTextSearch.Match> condition) {
    return matches.stream().filter(condition).map(FullTextSearch.Match::messageId).collect(Collectors.toSet());
  }

  private static List<FullTextSearch.QueryTerm> createQueryTerms(ParsedQuery query) {
    List<FullTextSearch.QueryTerm> queryTerms = new ArrayList<>();
    query.keywords().forEach(word -> queryTerms.add(new FullTextSearch.QueryTerm(word.terms(), 1, true)));
    query.questionWords().forEach(word -> queryTerms.add(new FullTextSearch.QueryTerm(word.terms(), QUESTION_WORD_WEIGHT, false)));
    query.joined().forEach(j -> queryTerms.add(new FullTextSearch.QueryTerm(List.of(j), JOINED_WEIGHT, false)));
    return queryTerms;
  }

  /**
   * Adds semantic matches, and ranks all matches by the similarity of their passages.
   *
   * @return the adjacent messages by message
   */
  private Map<UUID, List<UUID>> addSemanticMatches(ParsedQuery query, float[] vector, MessageFilter filter, ReciprocalRankFusion fusion,
      Map<UUID, Double> cosines) {
    double weight = semanticSearch.weight(query.text());
    List<SemanticSearch.Neighbour> neighbours = semanticSearch.findNearest(vector, filter, SEARCH_DEPTH);
    neighbours.forEach(neighbour -> cosines.put(neighbour.messageId(), neighbour.cosine()));
    fusion.add(ReciprocalRankFusion.Reason.MEANING, weight, neighbours.stream().map(SemanticSearch.Neighbour::messageId).toList());
    List<UUID> best = fusion.top(SEARCH_DEPTH).stream().map(ReciprocalRankFusion.Fused::message).toList();
    Map<UUID, List<UUID>> adjacent = context.findAdjacentIds(best);
    fusion.addScores(weight,
        semanticSearch.rankPassages(vector, best, adjacent).stream().map(SemanticSearch.Neighbour::messageId).toList());
    return adjacent;
  }

  /**
   * The result of a search.
   *
   * @param knowsMeaning whether the semantic search was available
   * @param suggestions "did you mean" suggestions: the query in another keyboard layout or script, and words of similar
   *     spelling if there is no full-text match
   * @param more the number of further results
   * @param faint the number of semantic matches below the minimum similarity
   */
  public record Findings(String query, List<Hit> hits, boolean knowsMeaning, List<String> suggestions, int more, int faint) {}

  /** Finds the messages most similar to a text. */
  public List<Hit> findSimilar(String text, double threshold, int limit) {
    Deadline deadline = statements.createDeadline();
    float[] vector = semanticSearch.embed(List.of(text), deadline.remaining().multipliedBy(2).dividedBy(3));
    return statements.inTransaction(deadline,
        () -> load(semanticSearch.findNearest(vector, MessageFilter.ANY, limit), threshold, deadline));
  }

  /** Finds the messages most similar to a message; empty if it is unknown or has no vector. */
  public Optional<List<Hit>> findSimilar(UUID message, double threshold, int limit) {
    Deadline deadline = statements.createDeadline();
    return statements.inTransaction(deadline,
        () -> semanticSearch.findNearestTo(message, limit).map(neighbours -> load(neighbours, threshold, deadline)));
  }

  private List<Hit> load(List<SemanticSearch.Neighbour> neighbours, double threshold, Deadline deadline) {
    List<SemanticSearch.Neighbour> relevant = neighbours.stream().filter(neighbour -> neighbour.similarity() >= threshold).toList();
    Map<UUID, MessageItem> items = findItems(relevant.stream().map(SemanticSearch.Neighbour::messageId).toList());
    List<Hit> hits = new ArrayList<>();
    for (SemanticSearch.Neighbour neighbour : relevant) {
      MessageItem item = items.get(neighbour.messageId());
      if (item != null) {
        hits.add(Hit.ofSimilar(item, hits.size() + 1, neighbour.similarity(), deadline));
      }
    }
    return hits;
  }
}
