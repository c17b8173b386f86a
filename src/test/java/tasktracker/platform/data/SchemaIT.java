package tasktracker.platform.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import tasktracker.harness.Product;
import tasktracker.harness.ProductTest;
import tasktracker.harness.Await;

/** Interrupted and concurrent migrations, and schemas of other releases. */
@ProductTest
class SchemaIT {

  @TempDir Path release;
  private final String name = "schema_" + UUID.randomUUID().toString().replace("-", "");
  private final Product product;

  SchemaIT(Product product) {
    this.product = product;
  }

  @BeforeEach
  void makeDatabase() {
    product.database().useHandle(sql -> sql.execute("create database " + name));
  }

  @AfterEach
  void dropDatabase() {
    product.database().useHandle(sql -> sql.execute("drop database " + name + " with (force)"));
  }

  private PGSimpleDataSource dataSource() {
    var settings = product.services().environment();
    var source = new PGSimpleDataSource();
    source.setUrl(settings.get("DATABASE_URL"));
    source.setUser(settings.get("PGUSER"));
    source.setPassword(settings.get("PGPASSWORD"));
    source.setDatabaseName(name);
    return source;
  }

  private Schema schema() {
    return new Schema(dataSource(), "filesystem:" + release);
  }

  private void write(String migration, String sql) throws Exception {
    Files.writeString(release.resolve(migration), sql);
  }

  private void taxisWithManyRows() throws Exception {
    write("V0001__taxis.sql",
        "create table taxi (id int, plate text); insert into taxi select n, 'AA' || n from generate_series(1, 2000) n;");
    schema().migrate();
  }

  /** Of the release before, which locks tables in an order of its own. */
  @Test
  void aMigrationGivesWayToAWriterAndIsRunAgain() throws Exception {
    write("V0001__taxis.sql", "create table taxi (id int); create table driver (id int);");
    schema().migrate();
    write("V0002__indexes.sql", "create index taxi_id on taxi (id); create index driver_id on driver (id);");
    try (var writer = dataSource().getConnection(); var node = Executors.newSingleThreadExecutor(); var sql = writer.createStatement()) {
      writer.setAutoCommit(false);
      sql.execute("insert into driver values (1)");
      Future<Integer> migrated = node.submit(() -> schema().migrate().migrationsExecuted);
      Await.until("the migration waits for drivers", Duration.ofSeconds(20), () -> product.count(
          "select count(*) from pg_locks l join pg_database d on d.oid = l.database where d.datname = '" + name + "' and not granted") > 0);
      sql.execute("insert into taxi values (1)");
      writer.commit();
      assertThat(migrated.get()).isEqualTo(1);
    }
  }

  @Test
  void twoNodesThatStartAtOnceMigrateOnce() throws Exception {
    write("V0001__taxis.sql", "create table taxi (id int); select pg_sleep(1); insert into taxi values (1);");
    try (var nodes = Executors.newFixedThreadPool(2)) {
      Callable<Integer> node = () -> schema().migrate().migrationsExecuted;
      int executed = 0;
      for (Future<Integer> done : nodes.invokeAll(List.of(node, node))) {
        executed += done.get();
      }
      assertThat(executed).isEqualTo(1);
    }
    assertThat(schema().query("select count(*) from taxi")).containsExactly("1");
  }

  @Test
  void aKilledMigrationIsRolledBackAndRunsAgain() throws Exception {
    write("V0001__taxis.sql", "create table taxi (id int); select pg_sleep(30);");
    Process node = killable();
    awaitQuery("pg_sleep");
    node.destroyForcibly().waitFor();
    Await.until("the session of the killed one is over", Duration.ofSeconds(20), () -> queries("pg_sleep") == 0);
    write("V0001__taxis.sql", "create table taxi (id int);");
    assertThat(schema().query("select count(*) from pg_tables where tablename = 'taxi'")).containsExactly("0");
    assertThat(schema().migrate().migrationsExecuted).isEqualTo(1);
  }

  @Test
  void anInterruptedIndexBuildIsRepeated() throws Exception {
    taxisWithManyRows();
    write("V0002__taxi_plates.sql", "create index concurrently if not exists taxi_plate on taxi (plate);");
    try (Connection passenger = dataSource().getConnection()) {
      holdTaxis(passenger);
      Process node = killable();
      awaitQuery("create index concurrently");
      node.destroyForcibly().waitFor();
      Await.until("the session of the killed one is over", Duration.ofSeconds(20), () -> queries("create index concurrently") == 0);
      passenger.rollback();
    }
    assertThat(unfinished()).containsExactly("taxi_plate");
    assertThat(schema().migrate().migrationsExecuted).isEqualTo(1);
    assertThat(unfinished()).isEmpty();
    assertThat(schema().query("select indexname from pg_indexes where tablename = 'taxi'")).containsExactly("taxi_plate");
  }

  /** Not all of them are made by migrations: pg_stat_statements is the operator's. */
  @Test
  void erasingAllDataKeepsTheExtensions() throws Exception {
    taxisWithManyRows();
    schema().execute("create extension pg_stat_statements");
    assertThat(new DataEraser(schema(), new MigrationConsole(System.out, System.err)).eraseAll(true)).isEqualTo(MigrationConsole.DONE);
    assertThat(schema().query("select extname from pg_extension where extnamespace = 'public'::regnamespace"))
        .containsExactly("pg_stat_statements");
    assertThat(schema().query("select tablename from pg_tables where schemaname = 'public'")).isEmpty();
  }

  /** Whoever has changed a row keeps a building of an index waiting, so that it can be killed in the middle. */
  private static void holdTaxis(Connection passenger) throws SQLException {
    passenger.setAutoCommit(false);
    try (var statement = passenger.createStatement()) {
      statement.execute("update taxi set plate = 'BB1' where id = 1");
    }
  }

  private List<String> unfinished() {
    return schema().query("select indexrelid::regclass::text from pg_index where not indisvalid");
  }

  /** A process of its own that migrates, as bin/migrate and a server do. */
  private Process killable() throws Exception {
    var java = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
        System.getProperty("java.class.path"), Killable.class.getName(), release.toString(), name);
    java.environment().putAll(product.services().environment());
    return java.redirectErrorStream(true).redirectOutput(Files.createTempFile(release, "killable", ".log").toFile()).start();
  }

  /** Migrates from a folder, until it is done or killed. */
  public static final class Killable {
    public static void main(String... words) {
      var source = new PGSimpleDataSource();
      source.setUrl(System.getenv("DATABASE_URL"));
      source.setUser(System.getenv("PGUSER"));
      source.setPassword(System.getenv("PGPASSWORD"));
      source.setDatabaseName(words[1]);
      source.setOptions("-c client_connection_check_interval=1s");
      new Schema(source, "filesystem:" + words[0]).migrate();
    }
  }

  private void awaitQuery(String text) {
    Await.until(text + " runs", Duration.ofSeconds(40), () -> queries(text) > 0);
  }

  private long queries(String text) {
    return product.count(
        "select count(*) from pg_stat_activity where datname = ? and state = 'active' and query like ? and pid <> pg_backend_pid()",
        name, "%" + text + "%");
  }

  @Test
  void aReleaseWorksWithTheExpandedSchemaOfTheNextOne() throws Exception {
    taxisWithManyRows();
    write("V0002__taxi_colours.sql", "alter table taxi add colour text;");
    schema().migrate();
    Files.delete(release.resolve("V0002__taxi_colours.sql"));
    assertThat(schema().findIncompatibility()).isEmpty();
    assertThat(schema().migrate().migrationsExecuted).isZero();
  }

  @Test
  void aReleaseRefusesAContractedSchema() throws Exception {
    taxisWithManyRows();
    write("V0002__contract_taxi_plates.sql", "alter table taxi drop plate;");
    schema().migrate();
    Files.delete(release.resolve("V0002__contract_taxi_plates.sql"));
    assertThatThrownBy(() -> schema().migrate()).isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("later release").hasMessageContaining("contract taxi plates").hasMessageContaining("restore the backup");
  }

  @Test
  void aFailedMigrationIsRefusedUntilItIsCleared() throws Exception {
    taxisWithManyRows();
    write("V0002__taxi_wheels.sql", "create index concurrently if not exists taxi_wheels on taxi (wheels);");
    assertThatThrownBy(() -> schema().migrate()).hasMessageContaining("wheels");
    assertThatThrownBy(() -> schema().migrate()).hasMessageContaining("has failed").hasMessageContaining("bin/migrate apply");
    write("V0002__taxi_wheels.sql", "create index concurrently if not exists taxi_wheels on taxi (id);");
    schema().deleteFailures();
    assertThat(schema().migrate().migrationsExecuted).isEqualTo(1);
  }
}
