package tasktracker.search;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  private @Nullable Database database;
  private @Nullable LoadingCache<String, Collection> collection;

  protected TermStatistics() {}

  @Inject
  TermStatistics(Database database) {
    this.database = database;
    this.collection = Caffeine.newBuilder().refreshAfterWrite(FRESH).build(key -> database.ask(TermStatistics::read));
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
    List<Long> known = groups.stream().map(terms -> known(all, terms)).toList();
    if (known.stream().allMatch(k -> k >= 0)) {
      return known;
    }
    List<Long> counted = counted(groups.stream().map(Terms::any).toArray(String[]::new));
    return java.util.stream.IntStream.range(0, groups.size()).mapToObj(i -> known.get(i) >= 0 ? known.get(i) : counted.get(i)).toList();
  }

  private static long known(Collection all, List<String> terms) {
    double most = terms.stream().mapToDouble(t -> all.frequencies().getOrDefault(t, -1.)).max().orElse(-1);
    return most < 0 ? -1 : Math.round(most * all.documents());
  }

  private List<Long> counted(String[] queries) {
    return database.ask(sql -> sql.createQuery("""
            select (select count(*) from (select from search_document d where d.terms @@ cast(q.query as tsquery) limit :most) as found)
              from unnest(:queries) with ordinality as q (query, at) order by q.at""")
        .bindArray("queries", String.class, (Object[]) queries).bind("most", COUNTED).mapTo(Long.class).list());
  }

  /** The weight of a word that so many messages hold: BM25's inverse document frequency. */
  double weight(long documentsWith) {
    long documents = collection().documents();
    return Math.log(1 + (Math.max(0, documents - documentsWith) + .5) / (documentsWith + .5));
  }
}
