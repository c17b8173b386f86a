package tasktracker.search;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;

/**
 * In how many messages words are, without counting them: common words are known to the database's own statistics,
 * and the rest are so rare that the index counts them at once.
 */
@ApplicationScoped
class TermStatistics {

  /**
   * The whole collection.
   *
   * @param documents how many messages there are
   * @param averageWords how long they are
   * @param frequencies in which part of them a common term is, 0 to 1
   */
  record Collection(long documents, double averageWords, Map<String, Double> frequencies) {}

  /** A term found more often than this without being known as common is as good as common. */
  private static final int COUNTED = 5_000;
  private static final Duration FRESH = Duration.ofMinutes(5);
  /** One search asks for its words more than once. */
  private static final Duration COUNT_FRESH = Duration.ofSeconds(20);

  private @Nullable Database database;
  private @Nullable LoadingCache<String, Collection> collection;
  private @Nullable Cache<String, Long> counts;

  protected TermStatistics() {}

  @Inject
  TermStatistics(Database database) {
    this.database = database;
    this.collection = Caffeine.newBuilder().refreshAfterWrite(FRESH).build(key -> database.ask(TermStatistics::read));
    this.counts = Caffeine.newBuilder().expireAfterWrite(COUNT_FRESH).maximumSize(10_000).build();
  }

  Collection collection() {
    return collection.get("search_document");
  }

  private static Collection read(Handle sql) {
    Map<String, Double> frequencies = new HashMap<>();
    sql.createQuery("""
            select u.term, u.frequency
              from pg_stats s, unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) as u (term, frequency)
             where s.schemaname = current_schema() and s.tablename = 'search_document' and s.attname = 'terms'
               and u.term is not null""")
        .map((row, context) -> frequencies.put(row.getString(1), row.getDouble(2))).list();
    return sql.createQuery("""
            select (select case when reltuples >= 10000 then reltuples else (select count(*) from search_document) end
                      from pg_class where oid = 'search_document'::regclass) as documents,
                   (select avg(words) from (select words from search_document limit 20000) as sample) as average""")
        .map((row, context) -> new Collection(Math.max(1, row.getLong(1)), Math.max(1, row.getDouble(2)), frequencies)).one();
  }

  /** About how many messages hold any of the terms of each group. */
  List<Long> documentsWith(List<List<String>> groups) {
    Collection all = collection();
    List<String> uncounted = groups.stream().filter(terms -> known(all, terms) < 0).map(TextSearchFormat::any)
        .filter(query -> counts.getIfPresent(query) == null).distinct().toList();
    if (!uncounted.isEmpty()) {
      List<Long> counted = counted(uncounted);
      IntStream.range(0, uncounted.size()).forEach(i -> counts.put(uncounted.get(i), counted.get(i)));
    }
    return groups.stream().map(terms -> known(all, terms) < 0 ? count(TextSearchFormat.any(terms)) : known(all, terms)).toList();
  }

  /** Counted just now, unless the cache was short of room. */
  private long count(String query) {
    Long count = counts.getIfPresent(query);
    return count == null ? counted(List.of(query)).getFirst() : count;
  }

  private static long known(Collection all, List<String> terms) {
    double most = terms.stream().mapToDouble(t -> all.frequencies().getOrDefault(t, -1.)).max().orElse(-1);
    return most < 0 ? -1 : Math.round(most * all.documents());
  }

  private List<Long> counted(List<String> queries) {
    return database.ask(sql -> sql.createQuery("""
            select (select count(*) from (select from search_document d where d.terms @@ cast(q.query as tsquery) limit :most) as found)
              from unnest(:queries) with ordinality as q (query, at) order by q.at""")
        .bindArray("queries", String.class, queries.toArray()).bind("most", COUNTED).mapTo(Long.class).list());
  }

  /** The weight of a word that so many messages hold: BM25's inverse document frequency. */
  double weight(long documentsWith) {
    long documents = collection().documents();
    return Math.log(1 + (Math.max(0, documents - documentsWith) + .5) / (documentsWith + .5));
  }
}
