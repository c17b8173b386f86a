package tasktracker.search;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import tasktracker.message.feed.MessageFilter;
import tasktracker.platform.data.Database;

/**
 * Full-text search with BM25 ranking (Robertson and Zaragoza, 2009). As in MaxScore, only rare query terms select
 * candidates; frequent terms only add to the score.
 */
@ApplicationScoped
class FullTextSearch {

  /** A message that contains some or all required terms, and whether it contains the query as typed. */
  record Match(UUID messageId, boolean isExact, boolean hasAll, double score) {}

  /** The messages that rank first: matches of the tsquery {@code exact}, then messages with all terms if {@code allFirst}. */
  record Ordering(String exact, boolean allFirst) {}

  /**
   * A query term.
   *
   * @param terms the index terms, any of which matches
   * @param weight the weight; 1 for a typed word
   * @param isRequired whether messages without it do not contain all terms
   */
  record QueryTerm(List<String> terms, double weight, boolean isRequired) {}

  private record WeightedTerm(QueryTerm term, long documents, double weight) {}

  private static final int MAX_CANDIDATES = 20_000;
  private static final int MAX_RANKED = 300;
  /** The BM25 parameters, with common values. */
  private static final double K1 = 1.2;
  private static final double B = .75;

  private static final String MESSAGE_JOIN = "join message m on m.id = d.message_id";
  private static final String SEARCH = """
      with term as materialized (
        select cast(query as tsquery) as query, string_to_array(lexemes, ' ') as lexemes, weight, required
          from unnest(:queries, :lexemes, :weights, :required) as t (query, lexemes, weight, required)),
      author as materialized (select * from unnest(:authors, :boosts) as a (id, boost)),
      candidate as materialized (
        select d.message_id, d.terms, d.words, m.author_id from search_document d join message m on m.id = d.message_id
         where d.message_id in (
          (select d.message_id from search_document d %2$s where d.terms @@ cast(:all as tsquery) and %1$s limit :most)
          union
          (select d.message_id from search_document d %2$s where d.terms @@ cast(:some as tsquery) and %1$s limit :most)
          union
          (select d.message_id from search_document d %2$s where d.terms @@ cast(:exact as tsquery) and %1$s limit :most))),
      likely as materialized (
        select c.*, n.norm, p.has_all, e.is_exact from candidate c
         cross join lateral (select coalesce(c.terms @@ cast(:exact as tsquery), false) as is_exact) as e
         cross join lateral (select :saturation * (1 - :length + :length * c.words / :average) as norm) as n
         cross join lateral (
           select sum(t.weight) filter (where c.terms @@ t.query) as weight,
                  bool_and(c.terms @@ t.query) filter (where t.required) as has_all from term t) as p
         order by e.is_exact desc, (:allFirst and p.has_all) desc, p.weight / (1 + n.norm) desc, c.message_id desc limit :likely)
      select l.message_id, l.is_exact, l.has_all, s.score * (1 + coalesce(a.boost, 0)) as score
        from likely l left join author a on a.id = l.author_id
        cross join lateral (
          select sum(t.weight * f.times * (1 + :saturation) / (f.times + l.norm)) as score
            from term t cross join lateral (
              select greatest(1, sum(cardinality(u.positions))) as times from unnest(l.terms) as u
               where u.lexeme = any(t.lexemes)) as f
           where l.terms @@ t.query) as s
       order by l.is_exact desc, (:allFirst and l.has_all) desc, score desc, l.message_id desc limit :depth""";

  private final SearchStatements statements;
  private final TermStatistics statistics;

  @Inject
  FullTextSearch(SearchStatements statements, TermStatistics statistics) {
    this.statements = statements;
    this.statistics = statistics;
  }

  /**
   * Finds the messages with the highest scores, highest first.
   *
   * @param authors people named in the query, and the boost of their messages
   * @param ordering the messages that rank first
   */
  List<Match> find(List<QueryTerm> terms, Map<UUID, Double> authors, Ordering ordering, MessageFilter filter, int depth) {
    List<WeightedTerm> weightedTerms = addWeights(terms);
    if (weightedTerms.isEmpty()) {
      return List.of();
    }
    String statement = SEARCH.formatted(filter.condition(), filter.equals(MessageFilter.ANY) ? "" : MESSAGE_JOIN);
    String required = createRequiredQuery(weightedTerms);
    String candidates = createCandidateQuery(weightedTerms);
    return statements.ask(sql -> sql.registerArrayType(Double.class, "float8").registerArrayType(Boolean.class, "bool")
        .createQuery(statement).bindMap(filter.values())
        .bindArray("queries", String.class, weightedTerms.stream().map(w -> TextSearchFormat.anyOf(w.term().terms())).toArray())
        .bindArray("lexemes", String.class, weightedTerms.stream().map(w -> String.join(" ", w.term().terms())).toArray())
        .bindArray("weights", Double.class, weightedTerms.stream().map(WeightedTerm::weight).toArray())
        .bindArray("required", Boolean.class, weightedTerms.stream().map(w -> w.term().isRequired()).toArray())
        .bindArray("authors", UUID.class, authors.keySet().toArray())
        .bindArray("boosts", Double.class, authors.values().toArray())
        .bind("all", required).bind("some", candidates.equals(required) ? null : candidates).bind("most", MAX_CANDIDATES)
        .bind("likely", MAX_RANKED)
        .bind("saturation", K1).bind("length", B).bind("average", statistics.collection().averageWords())
        .bind("allFirst", ordering.allFirst()).bind("exact", ordering.exact().isEmpty() ? null : ordering.exact()).bind("depth", depth)
        .map(Database.to(Match.class)).list());
  }

  /** Adds weights. Optional terms that occur in no message are omitted. */
  private List<WeightedTerm> addWeights(List<QueryTerm> terms) {
    List<Long> documents = statements.ask(sql -> statistics.countDocuments(terms.stream().map(QueryTerm::terms).toList()));
    List<WeightedTerm> weightedTerms = new ArrayList<>();
    for (int i = 0; i < terms.size(); i++) {
      if (documents.get(i) > 0 || terms.get(i).isRequired()) {
        weightedTerms.add(new WeightedTerm(terms.get(i), documents.get(i),
            terms.get(i).weight() * statistics.inverseDocumentFrequency(documents.get(i))));
      }
    }
    return weightedTerms;
  }

  private static String createRequiredQuery(List<WeightedTerm> terms) {
    return terms.stream().filter(w -> w.term().isRequired()).map(w -> TextSearchFormat.anyOf(w.term().terms()))
        .collect(Collectors.joining(" & "));
  }

  /** A tsquery of the rarest required terms whose documents together do not exceed the number of candidates. */
  private static String createCandidateQuery(List<WeightedTerm> terms) {
    List<WeightedTerm> rarest = terms.stream().filter(w -> w.term().isRequired())
        .sorted(Comparator.comparingLong(WeightedTerm::documents)).toList();
    List<String> selected = new ArrayList<>();
    long messages = 0;
    for (WeightedTerm term : rarest) {
      messages += term.documents();
      if (selected.isEmpty() || messages <= MAX_CANDIDATES) {
        selected.add(TextSearchFormat.anyOf(term.term().terms()));
      }
    }
    return String.join(" | ", selected);
  }
}
