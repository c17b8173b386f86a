package tasktracker.search;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.atom.AtomItem;
import tasktracker.knowledge.atom.AtomStore;
import tasktracker.knowledge.topic.TopicItem;
import tasktracker.knowledge.topic.TopicStore;
import tasktracker.platform.ai.Embedder.EmbedderUnavailable;
import tasktracker.platform.data.Database;
import tasktracker.platform.web.Deadline;
import tasktracker.platform.web.problem.Problem;

/**
 * Finds topics and atoms by full-text and semantic search and combines both rankings. For keywords, items that contain all
 * of them rank first. Rejected atoms are not found.
 */
@ApplicationScoped
public class KnowledgeSearch {

  private static final Logger LOG = System.getLogger(KnowledgeSearch.class.getName());
  /** The minimum similarity of items that the semantic search finds: a cosine of .4. */
  private static final double MIN_SIMILARITY = .7;
  /** The same for Cyrillic, where the local model is hardly better than chance level. */
  private static final double MIN_CYRILLIC_SIMILARITY = .8;
  private static final int SEARCH_DEPTH = 50;
  /** The number of items with the required terms that are ranked. */
  private static final int MAX_CANDIDATES = 5_000;
  private static final double FULL_TEXT_WEIGHT = .6;

  private final SearchStatements statements;
  private final SemanticSearch semanticSearch;
  private final TopicStore topics;
  private final AtomStore atoms;

  @Inject
  public KnowledgeSearch(SearchStatements statements, SemanticSearch semanticSearch, TopicStore topics, AtomStore atoms) {
    this.statements = statements;
    this.semanticSearch = semanticSearch;
    this.topics = topics;
    this.atoms = atoms;
  }

  /** The best topics and atoms, and the numbers of further ones. */
  public record Findings(List<TopicHit> topics, int moreTopics, List<AtomHit> atoms, int moreAtoms) {

    public static final Findings NONE = new Findings(List.of(), 0, List.of(), 0);
  }

  /** An item that the semantic search found. */
  private record Near(UUID id, double cosine) {

    double similarity() {
      return (1 + cosine) / 2;
    }
  }

  /** The ranked items, and the similarities of those that the semantic search found. */
  private record Ranked(List<ReciprocalRankFusion.Fused> best, Map<UUID, Double> similarities) {

    List<UUID> ids(int limit) {
      return best.stream().limit(limit).map(ReciprocalRankFusion.Fused::message).toList();
    }

    List<String> why(UUID id) {
      return best.stream().filter(fused -> fused.message().equals(id)).flatMap(fused -> fused.reasons().stream())
          .map(reason -> reason.name().toLowerCase(Locale.ROOT)).toList();
    }
  }

  /** What is loaded from the database before snippets are created. */
  private record Loaded(Ranked topicRanking, List<TopicItem> topics, Ranked atomRanking, List<AtomItem> atoms) {}

  /** Finds topics and atoms, at most so many of each. */
  public Findings find(String text, int limit) {
    Deadline deadline = statements.createDeadline();
    ParsedQuery query = ParsedQuery.of(text);
    Optional<float[]> vector = embed(query, deadline);
    Loaded loaded = statements.inTransaction(deadline, () -> load(query, vector, limit));
    return createFindings(loaded, new Highlighter(terms(query), TextAnalyzer.create(), deadline));
  }

  /** As {@link #find}, for results that stand beside messages: nothing when it takes too long. */
  Findings findBeside(String text, int limit) {
    try {
      return find(text, limit);
    } catch (Problem late) {
      if (late.status() != 503) {
        throw late;
      }
      LOG.log(Level.WARNING, "The search for knowledge took too long; showing messages only");
      return Findings.NONE;
    }
  }

  private Optional<float[]> embed(ParsedQuery query, Deadline deadline) {
    try {
      return Optional.of(semanticSearch.embedLocally(query.embeddingTexts(), deadline));
    } catch (EmbedderUnavailable e) {
      return Optional.empty();
    }
  }

  private Loaded load(ParsedQuery query, Optional<float[]> vector, int limit) {
    Ranked topicRanking = rank(KnowledgeType.TOPICS, query, vector);
    Ranked atomRanking = rank(KnowledgeType.ATOMS, query, vector);
    return new Loaded(topicRanking, statements.ask(sql -> topics.find(topicRanking.ids(limit))), atomRanking,
        statements.ask(sql -> atoms.find(atomRanking.ids(limit))));
  }

  private Ranked rank(KnowledgeType type, ParsedQuery query, Optional<float[]> vector) {
    ReciprocalRankFusion fusion = new ReciprocalRankFusion();
    List<UUID> matches = findByWords(type, query);
    fusion.add(ReciprocalRankFusion.Reason.WORDS, FULL_TEXT_WEIGHT, matches);
    double weight = SemanticSearch.localWeight(query.text());
    double minimum = weight < 1 ? MIN_CYRILLIC_SIMILARITY : MIN_SIMILARITY;
    List<Near> near = vector.map(v -> findNearest(type, v, SEARCH_DEPTH, minimum)).orElse(List.of());
    fusion.add(ReciprocalRankFusion.Reason.MEANING, weight, near.stream().map(Near::id).toList());
    Set<UUID> first = query.isKeywordQuery() ? new HashSet<>(matches) : Set.of();
    return new Ranked(fusion.top(2 * SEARCH_DEPTH).stream()
        .sorted(Comparator.comparing((ReciprocalRankFusion.Fused fused) -> !first.contains(fused.message()))).toList(),
        near.stream().collect(Collectors.toMap(Near::id, Near::similarity)));
  }

  /** Items with all keywords or, for a question, with any of them. */
  private List<UUID> findByWords(KnowledgeType type, ParsedQuery query) {
    if (query.isEmpty()) {
      return List.of();
    }
    List<String> words = query.keywords().stream().map(word -> TextSearchFormat.anyOf(word.terms())).toList();
    String any = String.join(" | ", words);
    return statements.ask(sql -> sql.createQuery(type.ranking())
        .bind("required", query.isKeywordQuery() ? String.join(" & ", words) : any).bind("any", any)
        .bind("exact", query.exactQuery().isEmpty() ? null : query.exactQuery())
        .bind("most", MAX_CANDIDATES).bind("limit", SEARCH_DEPTH).mapTo(UUID.class).list());
  }

  private List<Near> findNearest(KnowledgeType type, float[] vector, int limit, double minimum) {
    return statements.ask(sql -> SemanticSearch.bindVector(sql, type.nearest(), vector).bind("limit", limit)
        .map(Database.to(Near.class)).list()).stream().filter(near -> near.similarity() >= minimum).toList();
  }

  private static Set<String> terms(ParsedQuery query) {
    return Stream.concat(query.keywords().stream().flatMap(word -> word.terms().stream()), query.joined().stream())
        .collect(Collectors.toSet());
  }

  /** Marks the words of the query in texts. */
  private record Highlighter(Set<String> terms, TextAnalyzer analyzer, Deadline deadline) {

    Snippet mark(String text) {
      return Snippet.create(text, terms, analyzer, deadline);
    }
  }

  private static Findings createFindings(Loaded loaded, Highlighter highlighter) {
    List<TopicHit> topicHits = new ArrayList<>();
    for (TopicItem topic : loaded.topics()) {
      topicHits.add(new TopicHit(topic, topicHits.size() + 1, loaded.topicRanking().why(topic.id()), highlighter.mark(topic.name()),
          highlighter.mark(topic.description()), loaded.topicRanking().similarities().get(topic.id())));
    }
    List<AtomHit> atomHits = new ArrayList<>();
    for (AtomItem atom : loaded.atoms()) {
      atomHits.add(createHit(atom, atomHits.size() + 1, loaded.atomRanking(), highlighter));
    }
    return new Findings(topicHits, loaded.topicRanking().best().size() - topicHits.size(), atomHits,
        loaded.atomRanking().best().size() - atomHits.size());
  }

  private static AtomHit createHit(AtomItem atom, int rank, Ranked ranked, Highlighter highlighter) {
    return new AtomHit(atom, rank, ranked.why(atom.id()), highlighter.mark(atom.title()), highlighter.mark(atom.content()),
        ranked.similarities().get(atom.id()));
  }

  /** A topic and its similarity, 0 to 1. */
  public record SimilarTopic(TopicItem topic, double similarityScore) {}

  /** An atom and its similarity, 0 to 1. */
  public record SimilarAtom(AtomItem atom, double similarityScore) {}

  /**
   * Finds the topics most similar to a text.
   *
   * @throws EmbedderUnavailable if the model does not answer
   */
  List<SimilarTopic> findSimilarTopics(String text, double threshold, int limit) {
    Deadline deadline = statements.createDeadline();
    float[] vector = semanticSearch.embedLocally(List.of(text), deadline);
    return statements.inTransaction(deadline, () -> {
      List<Near> near = findNearest(KnowledgeType.TOPICS, vector, limit, threshold);
      Map<UUID, Double> similarities = toMap(near);
      return statements.ask(sql -> topics.find(near.stream().map(Near::id).toList())).stream()
          .map(topic -> new SimilarTopic(topic, similarities.getOrDefault(topic.id(), 0.))).toList();
    });
  }

  /**
   * Finds the atoms most similar to a text.
   *
   * @throws EmbedderUnavailable if the model does not answer
   */
  List<SimilarAtom> findSimilarAtoms(String text, double threshold, int limit) {
    Deadline deadline = statements.createDeadline();
    float[] vector = semanticSearch.embedLocally(List.of(text), deadline);
    return statements.inTransaction(deadline, () -> loadSimilar(findNearest(KnowledgeType.ATOMS, vector, limit, threshold)));
  }

  /** Finds the atoms most similar to an atom; empty if it is unknown, rejected or has no vector. */
  Optional<List<SimilarAtom>> findSimilarAtoms(UUID atom, double threshold, int limit) {
    return statements.inTransaction(statements.createDeadline(),
        () -> findVector(atom).map(vector -> loadSimilar(findNearest(KnowledgeType.ATOMS, vector, limit + 1, threshold)
            .stream().filter(near -> !near.id().equals(atom)).limit(limit).toList())));
  }

  private Optional<float[]> findVector(UUID atom) {
    return statements.ask(sql -> sql.createQuery("""
            select vector::real[] as vector from atom where id = :id and status <> 'rejected' and vector is not null""")
        .bind("id", atom)
        .map((row, context) -> Objects.requireNonNull(TopicStore.vector((Float[]) row.getArray("vector").getArray()))).findOne());
  }

  private List<SimilarAtom> loadSimilar(List<Near> near) {
    Map<UUID, Double> similarities = toMap(near);
    return statements.ask(sql -> atoms.find(near.stream().map(Near::id).toList())).stream()
        .map(atom -> new SimilarAtom(atom, similarities.getOrDefault(atom.id(), 0.))).toList();
  }

  private static Map<UUID, Double> toMap(List<Near> near) {
    Map<UUID, Double> similarities = new HashMap<>();
    near.forEach(item -> similarities.put(item.id(), item.similarity()));
    return similarities;
  }
}
