package tasktracker.search;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tasktracker.message.MessageFilter;
import tasktracker.platform.data.Database;

/**
 * Finds messages by their words, ranked as BM25 does (Robertson and Zaragoza, 2009). Only the rarer of the wanted
 * words choose candidates, as in MaxScore: a word that is in every tenth message finds nothing, it only adds weight.
 */
@ApplicationScoped
class FullTextSearch {

  /** A message that holds all of the wanted words, or some, perhaps as they were typed. */
  record Found(UUID messageId, boolean isExact, boolean hasAll, double score) {}

  /** What comes before what is ranked: messages with the words as they were typed, and messages with all words. */
  record Order(String exact, boolean allFirst) {}

  /**
   * A word to look for.
   *
   * @param terms any of them will do
   * @param worth what it counts, 1 for a word that was typed
   * @param isRequired whether a message without it does not hold all words
   */
  record Sought(List<String> terms, double worth, boolean isRequired) {}

  private record Weighed(Sought sought, long documents, double weight) {}

  private static final int MOST_CANDIDATES = 20_000;
  private static final int LIKELY = 300;
  /** BM25's parameters, at their usual values. */
  private static final double SATURATION = 1.2;
  private static final double LENGTH = .75;

  private static final String FILTERED = "join message m on m.id = d.message_id";
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

  private @Nullable SearchStatements searching;
  private @Nullable TermStatistics statistics;

  protected FullTextSearch() {}

  @Inject
  FullTextSearch(SearchStatements searching, TermStatistics statistics) {
    this.searching = searching;
    this.statistics = statistics;
  }

  /**
   * The best messages, best first.
   *
   * @param authors people whom the words may mean, and how much more their messages count
   * @param order what comes first of all
   */
  List<Found> find(List<Sought> words, Map<UUID, Double> authors, Order order, MessageFilter filter, int depth) {
    List<Weighed> weighed = weighed(words);
    if (weighed.isEmpty()) {
      return List.of();
    }
    String statement = SEARCH.formatted(filter.condition(), filter.equals(MessageFilter.ANY) ? "" : FILTERED);
    String all = all(weighed);
    String some = some(weighed);
    return searching.ask(sql -> sql.registerArrayType(Double.class, "float8").registerArrayType(Boolean.class, "bool")
        .createQuery(statement).bindMap(filter.values())
        .bindArray("queries", String.class, weighed.stream().map(w -> TextSearchFormat.any(w.sought().terms())).toArray())
        .bindArray("lexemes", String.class, weighed.stream().map(w -> String.join(" ", w.sought().terms())).toArray())
        .bindArray("weights", Double.class, weighed.stream().map(Weighed::weight).toArray())
        .bindArray("required", Boolean.class, weighed.stream().map(w -> w.sought().isRequired()).toArray())
        .bindArray("authors", UUID.class, authors.keySet().toArray())
        .bindArray("boosts", Double.class, authors.values().toArray())
        .bind("all", all).bind("some", some.equals(all) ? null : some).bind("most", MOST_CANDIDATES).bind("likely", LIKELY)
        .bind("saturation", SATURATION).bind("length", LENGTH).bind("average", statistics.collection().averageWords())
        .bind("allFirst", order.allFirst()).bind("exact", order.exact().isEmpty() ? null : order.exact()).bind("depth", depth).map(Database.to(Found.class)).list());
  }

  /** What is written in no message is left out, or no message would hold all words. */
  private List<Weighed> weighed(List<Sought> words) {
    List<Long> documents = searching.ask(sql -> statistics.documentsWith(words.stream().map(Sought::terms).toList()));
    List<Weighed> weighed = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      if (documents.get(i) > 0 || words.get(i).isRequired()) {
        weighed.add(new Weighed(words.get(i), documents.get(i), words.get(i).worth() * statistics.weight(documents.get(i))));
      }
    }
    return weighed;
  }

  private static String all(List<Weighed> words) {
    return words.stream().filter(w -> w.sought().isRequired()).map(w -> TextSearchFormat.any(w.sought().terms()))
        .collect(Collectors.joining(" & "));
  }

  /** The rarest of the required words, as many as together are in no more messages than can be ranked. */
  private static String some(List<Weighed> words) {
    List<Weighed> rarest = words.stream().filter(w -> w.sought().isRequired())
        .sorted(Comparator.comparingLong(Weighed::documents)).toList();
    List<String> chosen = new ArrayList<>();
    long messages = 0;
    for (Weighed word : rarest) {
      messages += word.documents();
      if (chosen.isEmpty() || messages <= MOST_CANDIDATES) {
        chosen.add(TextSearchFormat.any(word.sought().terms()));
      }
    }
    return String.join(" | ", chosen);
  }
}
