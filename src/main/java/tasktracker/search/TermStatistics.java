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
import tasktracker.platform.data.Database;

/**
 * Document frequencies of terms. Those of common terms come from the statistics of the database, and rare terms are
 * counted with the index.
 */
@ApplicationScoped
class TermStatistics {

  /**
   * Statistics of the whole collection.
   *
   * @param documents the number of documents
   * @param averageWords the mean length in words
   * @param frequencies the share of documents that contain a common term, 0 to 1
   */
  record CollectionStatistics(long documents, double averageWords, Map<String, Double> frequencies) {}

  /** The upper limit of counts. */
  private static final int MAX_COUNT = 5_000;
  private static final Duration TTL = Duration.ofMinutes(5);
  /** One search uses the counts of its terms several times. */
  private static final Duration COUNT_TTL = Duration.ofSeconds(20);

  private final Database database;
  private final LoadingCache<String, CollectionStatistics> collection;
  private final Cache<String, Long> counts;

  @Inject
  TermStatistics(Database database) {
    this.database = database;
    this.collection = Caffeine.newBuilder().refreshAfterWrite(TTL).build(key -> database.ask(TermStatistics::read));
    this.counts = Caffeine.newBuilder().expireAfterWrite(COUNT_TTL).maximumSize(10_000).build();
  }

  CollectionStatistics collection() {
    return collection.get("search_document");
  }

  private static CollectionStatistics read(Handle sql) {
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
        .map((row, context) -> new CollectionStatistics(Math.max(1, row.getLong(1)), Math.max(1, row.getDouble(2)), frequencies)).one();
  }

  /** The approximate number of documents that contain any term of each group. */
  List<Long> countDocuments(List<List<String>> groups) {
    CollectionStatistics statistics = collection();
    List<String> uncounted = groups.stream().filter(terms -> estimate(statistics, terms) < 0).map(TextSearchFormat::anyOf)
        .filter(query -> counts.getIfPresent(query) == null).distinct().toList();
    if (!uncounted.isEmpty()) {
      List<Long> newCounts = countInDatabase(uncounted);
      IntStream.range(0, uncounted.size()).forEach(i -> counts.put(uncounted.get(i), newCounts.get(i)));
    }
    return groups.stream()
        .map(terms -> estimate(statistics, terms) < 0 ? count(TextSearchFormat.anyOf(terms)) : estimate(statistics, terms)).toList();
  }

  /** The cached count, or a new count if it was evicted. */
  private long count(String query) {
    Long count = counts.getIfPresent(query);
    return count == null ? countInDatabase(List.of(query)).getFirst() : count;
  }

  private static long estimate(CollectionStatistics statistics, List<String> terms) {
    double max = terms.stream().mapToDouble(t -> statistics.frequencies().getOrDefault(t, -1.)).max().orElse(-1);
    return max < 0 ? -1 : Math.round(max * statistics.documents());
  }

  private List<Long> countInDatabase(List<String> queries) {
    return database.ask(sql -> sql.createQuery("""
            select (select count(*) from (select from search_document d where d.terms @@ cast(q.query as tsquery) limit :most) as found)
              from unnest(:queries) with ordinality as q (query, at) order by q.at""")
        .bindArray("queries", String.class, queries.toArray()).bind("most", MAX_COUNT).mapTo(Long.class).list());
  }

  /** The inverse document frequency of BM25. */
  double inverseDocumentFrequency(long documentFrequency) {
    long documents = collection().documents();
    return Math.log(1 + (Math.max(0, documents - documentFrequency) + .5) / (documentFrequency + .5));
  }
}
