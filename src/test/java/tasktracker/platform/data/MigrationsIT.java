package tasktracker.platform.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import tasktracker.harness.Product;
import tasktracker.harness.ProductTest;

/** Every migration is applied, undone and applied again, with rows in the tables. */
@ProductTest
class MigrationsIT {

  private final String name = "migrations_" + UUID.randomUUID().toString().replace("-", "");
  private final Jdbi server;
  private final Map<String, String> settings;
  private HikariDataSource connections;
  private Jdbi database;

  MigrationsIT(Product product) {
    server = product.database();
    settings = product.services().environment();
  }

  private PGSimpleDataSource dataSource(String database) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(settings.get("DATABASE_URL"));
    source.setUser(settings.get("PGUSER"));
    source.setPassword(settings.get("PGPASSWORD"));
    source.setDatabaseName(database);
    source.setPrepareThreshold(0); // tables change under the statements
    return source;
  }

  @BeforeEach
  void makeDatabase() {
    server.useHandle(sql -> sql.execute("create database " + name));
    connections = new HikariDataSource();
    connections.setDataSource(dataSource(name));
    database = Jdbi.create(connections);
  }

  @AfterEach
  void dropDatabase() {
    connections.close();
    server.useHandle(sql -> sql.execute("drop database " + name + " with (force)"));
  }

  private Flyway flyway() {
    return Flyway.configure().dataSource(connections).locations("classpath:db/migration").load();
  }

  @Test
  void eachMigrationCanBeUndoneAndApplied() throws IOException {
    assertThat(flyway().migrate().success).isTrue();
    List<String> first = tables();
    everyTableHasRows();
    for (Path undo : undoScriptsNewestFirst()) {
      String script = read(undo);
      Map<String, String> before = contents(script);
      takeBack(undo);
      assertThat(flywayUpTo(version(undo)).migrate().migrationsExecuted).as("applied again: %s", undo).isEqualTo(1);
      assertThat(contents(script)).as("after %s and its migration", undo).isEqualTo(before);
      takeBack(undo);
    }
    assertThat(tables()).containsExactly("flyway_schema_history");
    assertThat(flyway().migrate().success).isTrue();
    assertThat(tables()).isEqualTo(first);
  }

  @Test
  void clearingDeletesMessagesOnly() throws IOException {
    flyway().migrate();
    everyTableHasRows();
    database.useTransaction(sql -> all(sql, MigrationScripts.clearMessages()));
    assertThat(tables().stream().filter(table -> count(table) == 0)).containsExactlyInAnyOrder("message", "message_revision",
        "message_count",
        "score_correction", "message_embedding", "embedding_tally", "search_document", "search_word", "deletion", "deleted_message",
        "inbox",
        "telegram_answer", "telegram_reaction", "import", "import_chunk", "import_message_id", "failed_item", "job", "job_attempt", "topic",
        "topic_former_name", "topic_atom", "atom", "atom_evidence", "atom_link", "knowledge_version", "knowledge_decision",
        "extraction_run", "extraction_refusal", "extraction_run_analyst", "message_examination", "message_project", "knowledge_document",
        "analysis_run", "analysis_refusal", "task", "task_change", "task_proposal", "proposal_quote", "proposal_decision");
    String last = database.withHandle(sql -> sql.select("select action from audit order by at desc limit 1").mapTo(String.class).one());
    assertThat(last).isEqualTo("messages.cleared");
  }

  @Test
  void clearingIsRefusedWhileAnImportRuns() throws IOException {
    flyway().migrate();
    everyTableHasRows();
    database.useHandle(sql -> sql.execute("update import set status = 'running'"));
    assertThatThrownBy(() -> database.useTransaction(sql -> all(sql, MigrationScripts.clearMessages())))
        .hasMessageContaining("An import is at work");
    assertThat(count("message")).isEqualTo(3);
  }

  private void everyTableHasRows() throws IOException {
    String rows = Files.readString(Path.of("src/test/resources/db/rows-in-every-table.sql"));
    database.useHandle(sql -> all(sql, rows));
    assertThat(tables().stream().filter(table -> count(table) == 0)).as("tables without a row: add one to rows-in-every-table.sql")
        .isEmpty();
  }

  /** Rows and a hash of each remaining table, without the columns that the undo declares as lost. */
  private Map<String, String> contents(String undo) {
    var found = new TreeMap<String, String>();
    List<String> gone = MigrationScripts.droppedTables(undo);
    tables().stream().filter(table -> !gone.contains(table) && !table.equals("flyway_schema_history"))
        .forEach(table -> found.put(table, contents(table, lostColumns(undo, table))));
    return found;
  }

  private String contents(String table, String lost) {
    return database
        .withHandle(sql -> sql.select("select count(*) || ' rows, hash ' || coalesce(sum(hashtextextended((to_jsonb(t) - '{" + lost
            + "}'::text[])::text, 0)::numeric), 0) from " + table + " t").mapTo(String.class).one());
  }

  private static String lostColumns(String undo, String table) {
    return MigrationScripts.losses(undo).stream().flatMap(loss -> Pattern.compile("\\b" + table + "\\.(\\w+)").matcher(loss).results())
        .map(found -> found.group(1)).collect(Collectors.joining(","));
  }

  private Flyway flywayUpTo(String version) {
    return Flyway.configure().dataSource(connections).locations("classpath:db/migration").target(version).load();
  }

  private void takeBack(Path undo) {
    database.useHandle(sql -> {
      all(sql, read(undo));
      sql.execute("delete from flyway_schema_history where version = ?", version(undo));
    });
  }

  private static String version(Path undo) {
    return undo.getFileName().toString().substring(1, 5);
  }

  @Test
  void theLastMigrationCanBeUndoneAndAppliedAlone() throws IOException {
    flyway().migrate();
    olenaWritesAMessage();
    Path last = undoScriptsNewestFirst().getFirst();
    takeBack(last);
    assertThat(flyway().migrate().migrationsExecuted).isEqualTo(1);
    assertThat(count("message")).isEqualTo(1);
  }

  private void olenaWritesAMessage() {
    database.useHandle(sql -> sql.createScript("""
        insert into source (id, name, type) values (gen_random_uuid(), 'telegram', 'telegram');
        insert into chat (id, source_id, external_id, kind) select gen_random_uuid(), id, 'channel:1', 'supergroup' from source;
        insert into person (id, first_name) values (gen_random_uuid(), 'Olena');
        insert into message (id, source_id, chat_id, external_id, author_id, kind, content, content_hash, sent_at)
        select gen_random_uuid(), chat.source_id, chat.id, '1', person.id, 'text', 'Привіт', sha256('x'), now()
          from chat, person where first_name = 'Olena';
        """).execute());
    Long counted = database.withHandle(sql -> sql.createQuery("select sum(messages) from message_count").mapTo(Long.class).one());
    assertThat(counted).isEqualTo(1);
  }

  private long count(String table) {
    return database.withHandle(sql -> sql.createQuery("select count(*) from " + table).mapTo(Long.class).one());
  }

  private List<String> tables() {
    return database.withHandle(sql -> sql.createQuery("""
        select table_name from information_schema.tables where table_schema = 'public' order by 1""").mapTo(String.class).list());
  }

  private static List<Path> undoScriptsNewestFirst() throws IOException {
    try (var migrations = Files.list(Path.of("src/main/resources/db/migration"))) {
      List<Path> undo = migrations.filter(m -> m.getFileName().toString().endsWith(".sql"))
          .map(m -> Path.of("src/main/resources/db/undo", "U" + m.getFileName().toString().substring(1)))
          .sorted(Comparator.<Path>naturalOrder().reversed()).toList();
      assertThat(undo).allSatisfy(script -> assertThat(script).exists());
      return undo;
    }
  }

  /** Sent whole: a script may hold blocks with semicolons in them. */
  private static void all(org.jdbi.v3.core.Handle sql, String script) {
    try (var statement = sql.getConnection().createStatement()) {
      statement.execute(script);
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String read(Path script) {
    try (InputStream in = Files.newInputStream(script)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
