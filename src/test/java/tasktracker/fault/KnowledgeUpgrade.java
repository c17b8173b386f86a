package tasktracker.fault;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import tasktracker.harness.Await;
import tasktracker.harness.Product;

/**
 * An installation of the release before knowledge, with messages as that release has left them, which starts as the present
 * release and has its history extracted in the background.
 */
final class KnowledgeUpgrade implements AutoCloseable {

  private static final String BEFORE_KNOWLEDGE = "0194";
  private static final Duration LONG = Duration.ofMinutes(40);
  private final Product product;
  private final int messages;

  KnowledgeUpgrade(Product product, int messages) {
    this.product = product;
    this.messages = messages;
    migrateToTheReleaseBefore();
    storeMessages();
  }

  Product product() {
    return product;
  }

  /** Starts the present release and waits until its first batch of history is stored. */
  void start() {
    long before = System.nanoTime();
    product.start();
    System.out.printf("started after %.1f s, migrations %s%n", seconds(before), migrations());
    Await.until("history is being extracted", LONG, () -> hasHistory("messages_processed > 0"));
  }

  boolean isExtracting() {
    return hasHistory("status in ('pending', 'running')");
  }

  void awaitEnd() {
    Await.until("history is extracted", LONG, () -> !isExtracting());
    String said = product.database().withHandle(sql -> sql.createQuery("""
        select status || ': ' || messages_processed || ' messages examined in ' || round(extract(epoch from ended_at - started_at)) || ' s, '
               || topics_created || ' topics, ' || atoms_created || ' atoms, ' || refused_count || ' refused'
          from extraction_run where scope = 'history'""").mapTo(String.class).one());
    System.out.println(said);
  }

  private void migrateToTheReleaseBefore() {
    Map<String, String> env = product.services().environment();
    Flyway.configure().dataSource(env.get("DATABASE_URL"), env.get("DATABASE_USER"), env.get("DATABASE_PASSWORD"))
        .locations("classpath:db/migration").target(BEFORE_KNOWLEDGE).load().migrate();
  }

  /** As that release has left them: scored, embedded and indexed. The index of vectors is made at the end, which is quicker. */
  private void storeMessages() {
    long before = System.nanoTime();
    product.services().database().useHandle(sql -> sql.createScript("""
        insert into source (id, name, type) values ('00000000-0000-0001-0000-000000000001', 'telegram', 'telegram')
          on conflict (name) do nothing;
        insert into chat (id, source_id, external_id, kind, title)
        select ('00000000-0000-0002-0000-' || lpad(to_hex(n), 12, '0'))::uuid, (select id from source where name = 'telegram'), 'channel:' || n,
               'supergroup', 'Chat ' || n from generate_series(0, 39) n;
        insert into person (id, first_name)
        select ('00000000-0000-0003-0000-' || lpad(to_hex(n), 12, '0'))::uuid, 'Person ' || n from generate_series(0, 299) n;
        insert into message (id, source_id, chat_id, external_id, author_id, kind, content, content_hash, sent_at, importance_score,
                             noise_classification, scored_at)
        select m.id, (select id from source where name = 'telegram'), m.chat, m.n::text, m.author, 'text', m.content, sha256(convert_to(m.content, 'UTF8')),
               timestamptz '2025-06-01Z' + m.n * interval '4 minutes', .5, (array['signal', 'weak_signal', 'noise'])[m.n % 3 + 1], now()
          from (select n, ('00000000-0000-0007-0000-' || lpad(to_hex(n), 12, '0'))::uuid as id,
                       ('00000000-0000-0002-0000-' || lpad(to_hex(n / 200 % 40), 12, '0'))::uuid as chat,
                       ('00000000-0000-0003-0000-' || lpad(to_hex(n % 300), 12, '0'))::uuid as author,
                       format((array['The payment page answers 500 since release %1$s, the checkout of %2$s is broken',
                         'We decided to move the launch of %2$s to week %1$s', 'Who looks at the error in migration %1$s of %2$s?',
                         'I will send the report about %2$s number %1$s by Thursday', 'База даних %2$s впала вночі, інцидент %1$s',
                         'The cause of %1$s was a missing index on %2$s, adding it fixed the search',
                         'What if %2$s kept its sessions in the database? Ticket %1$s', 'ok, let us do %1$s'])[n % 8 + 1], n,
                         (array['billing', 'search', 'sync', 'mail', 'import', 'reports', 'login', 'backup'])[n / 50 % 8 + 1]) as content
                  from generate_series(1, MESSAGES) n) m;
        drop index message_embedding_near_1;
        create temporary table some_vector as
        select n, (select array_agg(random() - .5) from generate_series(1, 384 + n * 0))::vector as vector from generate_series(0, 999) n;
        insert into message_embedding (message_id, model_id, content_hash, vector, settled)
        select m.id, 1, m.content_hash, v.vector, true from message m join some_vector v on v.n = m.external_id::int % 1000;
        set maintenance_work_mem = '512MB';
        create index message_embedding_near_1 on message_embedding
          using hnsw ((vector::vector(384)) vector_cosine_ops) with (m = 16, ef_construction = 64) where settled and model_id = 1;
        insert into search_document (message_id, terms, words, analysis)
        select id, to_tsvector('simple', content), 6, 3 from message;
        """.replace("MESSAGES", String.valueOf(messages))).execute());
    product.services().database().useHandle(sql -> sql.execute("vacuum analyze"));
    System.out.printf("%d messages stored in %.1f s%n", product.count("select count(*) from message"), seconds(before));
  }

  private String migrations() {
    return product.database().withHandle(sql -> sql.createQuery("""
        select sum(execution_time) || ' ms, the longest: ' ||
               (select string_agg(version || ' ' || execution_time || ' ms', ', ')
                  from (select version, execution_time from flyway_schema_history where version > :before
                         order by execution_time desc limit 3) longest)
          from flyway_schema_history where version > :before""").bind("before", BEFORE_KNOWLEDGE).mapTo(String.class).one());
  }

  private boolean hasHistory(String condition) {
    return product.count("select count(*) from extraction_run where scope = 'history' and " + condition) > 0;
  }

  /** Milliseconds from sending a message to its score, sorted. */
  double[] sayAndAwaitScores(String when, int many) {
    double[] times = IntStream.range(0, many).mapToDouble(i -> sayAndAwaitScore(when + i)).sorted().toArray();
    System.out.printf("live messages %s extraction: median %.0f ms, 95th percentile %.0f ms, longest %.0f ms%n", when, times[many / 2],
        times[many * 95 / 100], times[many - 1]);
    return times;
  }

  private double sayAndAwaitScore(String id) {
    String message = Json.createObjectBuilder().add("external_message_id", id).add("content", "The deployment of billing failed, " + id)
        .add("sent_at", Instant.now().toString()).add("author", "Olena").add("chat", "live").add("chat_title", "Live").build().toString();
    long before = System.nanoTime();
    UUID stored = UUID.fromString(product.api().post("/api/v1/messages", message).expect(201).json().getString("id"));
    while (product.count("select count(*) from message where id = ? and scored_at is not null", stored) == 0) {
      assertThat(seconds(before)).as("seconds until the score").isLessThan(60);
    }
    double milliseconds = (System.nanoTime() - before) / 1e6;
    Await.until("the next is due", Duration.ofSeconds(5), () -> seconds(before) > .5);
    return milliseconds;
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  @Override
  public void close() {
    product.close();
  }
}
