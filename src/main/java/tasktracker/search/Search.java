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
import org.jspecify.annotations.Nullable;
import tasktracker.message.Feed;
import tasktracker.message.MessageFilter;
import tasktracker.message.MessageItem;
import tasktracker.platform.ai.Embedder.EmbedderUnavailable;
import tasktracker.platform.web.Deadline;

/**
 * Finds messages by word, by spelling and by meaning, and makes one ranking of the three.
 *
 * <p>A few words are expected to be in one message: those that hold all of them come first. A question is answered by
 * whatever is near it in words or in meaning, and by what its neighbours in the chat say about the same.
 */
@ApplicationScoped
public class Search {

  private static final System.Logger LOG = System.getLogger(Search.class.getName());
  private static final int DEPTH = 50;
  /** All that three searches of that depth can find: the order is the same however many of them are shown. */
  private static final int ALL = 3 * DEPTH;
  private static final int MOST_SUGGESTIONS = 5;
  private static final double ASKING_WORTH = .25;
  private static final double SPELLING_WEIGHT = .7;
  private static final double WORDS_WEIGHT = .6;
  /** What is written together counts as much as a word, though messages without it hold all words too. */
  private static final double JOINED_WORTH = 1;

  /** The best messages of one kind of search, before they are read. */
  record Ranked(ParsedQuery question, List<ReciprocalRankFusion.Fused> best, Map<UUID, Double> cosines, Set<String> terms,
      boolean knowsMeaning) {

    private Ranked with(List<ReciprocalRankFusion.Fused> others) {
      return new Ranked(question, List.copyOf(others), cosines, terms, knowsMeaning);
    }

    Ranked first(int limit) {
      return with(best.subList(0, Math.min(limit, best.size())));
    }

    /** Without what has none of the words and is less alike in meaning than that. */
    Ranked alike(double least) {
      return with(best.stream().filter(f -> !f.isByMeaningAlone() || similarity(f) >= least).toList());
    }

    private double similarity(ReciprocalRankFusion.Fused found) {
      return (1 + cosines.getOrDefault(found.message(), -1.)) / 2;
    }
  }

  private @Nullable SearchStatements searching;
  private @Nullable FullTextSearch words;
  private @Nullable SpellingSuggester spelling;
  private @Nullable QuerySuggestions suggestions;
  private @Nullable PersonNameMatcher people;
  private @Nullable SemanticSearch meaning;
  private @Nullable ConversationContext neighbours;
  private @Nullable Feed feed;

  protected Search() {}

  @Inject
  public Search(SearchStatements searching, FullTextSearch words, SpellingSuggester spelling, QuerySuggestions suggestions, PersonNameMatcher people, SemanticSearch meaning,
      ConversationContext neighbours, Feed feed) {
    this.searching = searching;
    this.words = words;
    this.spelling = spelling;
    this.suggestions = suggestions;
    this.people = people;
    this.meaning = meaning;
    this.neighbours = neighbours;
    this.feed = feed;
  }

  /** What was found for a text, best first. */
  public Findings find(String text, MessageFilter filter, int limit) {
    return find(text, filter, limit, 0);
  }

  /**
   * The same, without what is only faintly alike.
   *
   * @param leastAlike how near in meaning something must be that has none of the words, 0 to 1
   */
  Findings find(String text, MessageFilter filter, int limit, double leastAlike) {
    Deadline deadline = searching.deadline();
    ParsedQuery question = ParsedQuery.of(text);
    Optional<float[]> vector = vector(question, deadline);
    Read read = searching.together(deadline, () -> read(rank(question, vector, filter), limit, leastAlike));
    return new Findings(text, hits(read, deadline), read.shown().knowsMeaning(), read.suggestions(), read.more(), read.faint());
  }

  /** What a search has found and read, before anything of it is made out in the texts. */
  private record Read(Ranked shown, Map<UUID, ConversationContext.Around> around, Map<UUID, MessageItem> items,
      List<String> suggestions, int more, int faint) {}

  private Read read(Ranked ranked, int limit, double leastAlike) {
    Ranked alike = ranked.alike(leastAlike);
    Ranked shown = alike.first(limit);
    List<UUID> ids = shown.best().stream().map(ReciprocalRankFusion.Fused::message).toList();
    return new Read(shown, neighbours.of(ids), items(ids), suggestions(ranked),
        alike.best().size() - shown.best().size(), ranked.best().size() - alike.best().size());
  }

  private Map<UUID, MessageItem> items(List<UUID> ids) {
    return searching.ask(sql -> feed.find(ids)).stream().collect(Collectors.toMap(MessageItem::id, Function.identity()));
  }

  /** No transaction is open while the texts are gone through. */
  private static List<Hit> hits(Read read, Deadline deadline) {
    TextAnalyzer forms = TextAnalyzer.take();
    List<Hit> hits = new ArrayList<>();
    for (ReciprocalRankFusion.Fused fused : read.shown().best()) {
      Optional.ofNullable(read.items().get(fused.message()))
          .ifPresent(item -> hits.add(Hit.of(item, hits.size() + 1, fused, read.shown(),
              read.around().getOrDefault(item.id(), ConversationContext.Around.NOTHING), forms, deadline)));
    }
    return hits;
  }

  private List<String> suggestions(Ranked ranked) {
    Stream<String> alike = ranked.best().stream().allMatch(ReciprocalRankFusion.Fused::isByMeaningAlone)
        ? ranked.question().wanted().stream().flatMap(w -> spelling.like(w.written()).stream()).map(SpellingSuggester.Similar::word) : Stream.of();
    return Stream.concat(suggestions.of(ranked.question()).stream(), alike).distinct().limit(MOST_SUGGESTIONS).toList();
  }

  /** The order in which messages answer a question; {@link #find} without reading them. */
  Ranked rank(ParsedQuery question, MessageFilter filter, int limit) {
    Deadline deadline = searching.deadline();
    Optional<float[]> vector = vector(question, deadline);
    return searching.together(deadline, () -> rank(question, vector, filter)).first(limit);
  }

  /**
   * Thinking comes before the transaction; without the model words alone must do, and the page says so. The model has
   * two thirds of the time, the statements the rest at least.
   */
  private Optional<float[]> vector(ParsedQuery question, Deadline deadline) {
    try {
      return Optional.of(meaning.vector(question.meanings(), deadline.remaining().multipliedBy(2).dividedBy(3)));
    } catch (EmbedderUnavailable e) {
      LOG.log(Level.WARNING, "Searching by words alone: {0}", e.getMessage());
      return Optional.empty();
    }
  }

  private Ranked rank(ParsedQuery question, Optional<float[]> vector, MessageFilter filter) {
    ReciprocalRankFusion fusion = new ReciprocalRankFusion();
    Set<String> terms = question.wanted().stream().flatMap(w -> w.terms().stream()).collect(Collectors.toCollection(HashSet::new));
    terms.addAll(question.joined());
    First first = byWords(question, filter, fusion, terms);
    Map<UUID, Double> cosines = new HashMap<>();
    Map<UUID, List<UUID>> beside =
        vector.map(v -> byMeaning(question, v, filter, fusion, cosines)).orElse(Map.of());
    List<ReciprocalRankFusion.Fused> best = new ArrayList<>(fusion.passages(ALL, beside));
    best.sort(Comparator.comparing(found -> first.level(found.message())));
    return new Ranked(question, best, cosines, terms, !cosines.isEmpty());
  }

  /** What comes before everything else: what has the text as it was typed, then what has all of a few words. */
  private record First(Set<UUID> exact, Set<UUID> withAll) {

    int level(UUID message) {
      return exact.contains(message) ? 0 : withAll.contains(message) ? 1 : 2;
    }
  }

  /** Adds what has the words; gives back what comes first. */
  private First byWords(ParsedQuery question, MessageFilter filter, ReciprocalRankFusion fusion, Set<String> terms) {
    if (question.isEmpty()) {
      return new First(Set.of(), Set.of());
    }
    Map<UUID, Double> authors = people.named(question);
    List<FullTextSearch.Found> found = words.find(sought(question), authors, new FullTextSearch.Order(question.exact(), question.isKeywords()), filter, DEPTH);
    fusion.add(ReciprocalRankFusion.Reason.WORDS, WORDS_WEIGHT, found.stream().map(FullTextSearch.Found::messageId).toList());
    List<FullTextSearch.Sought> corrected = spelling.corrected(question);
    if (!corrected.isEmpty()) {
      List<FullTextSearch.Found> similar = words.find(corrected, authors, new FullTextSearch.Order("", true), filter, DEPTH);
      fusion.add(ReciprocalRankFusion.Reason.SPELLING, SPELLING_WEIGHT, similar.stream().map(FullTextSearch.Found::messageId).toList());
      corrected.forEach(sought -> terms.addAll(sought.terms()));
    }
    return new First(ids(found, FullTextSearch.Found::isExact), ids(found, hit -> question.isKeywords() && hit.hasAll()));
  }

  private static Set<UUID> ids(List<FullTextSearch.Found> found, Predicate<FullTextSearch.Found> which) {
    return found.stream().filter(which).map(FullTextSearch.Found::messageId).collect(Collectors.toSet());
  }

  private static List<FullTextSearch.Sought> sought(ParsedQuery question) {
    List<FullTextSearch.Sought> sought = new ArrayList<>();
    question.wanted().forEach(w -> sought.add(new FullTextSearch.Sought(w.terms(), 1, true)));
    question.asking().forEach(w -> sought.add(new FullTextSearch.Sought(w.terms(), ASKING_WORTH, false)));
    question.joined().forEach(j -> sought.add(new FullTextSearch.Sought(List.of(j), JOINED_WORTH, false)));
    return sought;
  }

  /**
   * Adds what is near in meaning, and ranks what was found by the passages it stands in.
   *
   * @return by message, what stands beside it
   */
  private Map<UUID, List<UUID>> byMeaning(ParsedQuery question, float[] vector, MessageFilter filter, ReciprocalRankFusion fusion,
      Map<UUID, Double> cosines) {
    double worth = meaning.worth(question.text());
    List<SemanticSearch.Near> near = meaning.near(vector, filter, DEPTH);
    near.forEach(n -> cosines.put(n.messageId(), n.cosine()));
    fusion.add(ReciprocalRankFusion.Reason.MEANING, worth, near.stream().map(SemanticSearch.Near::messageId).toList());
    List<UUID> best = fusion.best(DEPTH).stream().map(ReciprocalRankFusion.Fused::message).toList();
    Map<UUID, List<UUID>> beside = neighbours.beside(best);
    fusion.rank(worth, meaning.passages(vector, best, beside).stream().map(SemanticSearch.Near::messageId).toList());
    return beside;
  }

  /**
   * What was found.
   *
   * @param knowsMeaning false when the embedding model did not answer
   * @param suggestions what may have been meant: the text on another keyboard layout or in other letters, and words
   *     of similar spelling when nothing has the words themselves
   * @param more how many come after these
   * @param faint how many were left out for being only faintly alike
   */
  public record Findings(String query, List<Hit> hits, boolean knowsMeaning, List<String> suggestions, int more, int faint) {}

  /** Messages nearest in meaning to a text. */
  public List<Hit> near(String text, double threshold, int limit) {
    Deadline deadline = searching.deadline();
    float[] vector = meaning.vector(List.of(text), deadline.remaining().multipliedBy(2).dividedBy(3));
    return searching.together(deadline, () -> read(meaning.near(vector, MessageFilter.ANY, limit), threshold, deadline));
  }

  /** Messages nearest in meaning to a message; empty when it is unknown or has no vector yet. */
  public Optional<List<Hit>> similar(UUID message, double threshold, int limit) {
    Deadline deadline = searching.deadline();
    return searching.together(deadline, () -> meaning.nearMessage(message, limit).map(near -> read(near, threshold, deadline)));
  }

  private List<Hit> read(List<SemanticSearch.Near> near, double threshold, Deadline deadline) {
    List<SemanticSearch.Near> enough = near.stream().filter(n -> n.similarity() >= threshold).toList();
    Map<UUID, MessageItem> items = items(enough.stream().map(SemanticSearch.Near::messageId).toList());
    List<Hit> hits = new ArrayList<>();
    enough.stream().filter(n -> items.containsKey(n.messageId()))
        .forEach(n -> hits.add(Hit.near(items.get(n.messageId()), hits.size() + 1, n.similarity(), deadline)));
    return hits;
  }
}
