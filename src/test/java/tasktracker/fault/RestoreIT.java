package tasktracker.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tasktracker.harness.ClassDataCache;
import tasktracker.harness.Product;
import tasktracker.harness.ProjectPaths;
import tasktracker.harness.Await;

/**
 * Backups during deliveries of Telegram, and their restore while the broker keeps its stream. Its server is the first one
 * of a run that a test starts for itself, so it creates the class data archive.
 */
@Order(1)
class RestoreIT {
  private static final String NAME = "backup";
  private static final long CHAT = 3_001;
  private static final String HASH = "select coalesce(sum(hashtextextended(m::text, 0) / 1000000), 0)::bigint from message m";

  @Test
  void aRestoreBringsDeletedMessagesBack() throws Exception {
    try (var product = Product.durable(NAME, Map.of("JVM_ARGS", ClassDataCache.WRITTEN)).start();
        var ledger = new DeliveryLog(NAME);
        var telegram = new WebhookSender(product.telegram(), ledger, CHAT)) {
      backup("base");
      awaitAnswered(ledger, 60);
      backup("dump");
      backup("drill");
      theBaseBackupCameBackWithItsWal(product);
      telegram.hangUp();
      var truth = new StoredMessages(product);
      truth.awaitDrained();
      product.stop();
      ClassDataCache.keep(NAME);
      goesBackToJustBeforeTheDeletion(product);
      product.start();
      truth.awaitDrained();
      truth.agreesWith(ledger, CHAT);
      aDamagedDumpFailsTheDrill(product);
      aBaseBackupWithoutItsWalFailsTheDrill(product);
      aDamagedBaseBackupFailsTheDrill(product);
    }
  }

  /** It was taken while Telegram delivered, and replayed to the moment of its counts while Telegram went on. */
  private static void theBaseBackupCameBackWithItsWal(Product product) throws IOException {
    var hashes = product.database().withHandle(handle -> handle
        .select("select kind, details->>'hash' as hash from backup_run where kind in ('base', 'base_drill') and state = 'ok'")
        .reduceRows(new java.util.TreeMap<String, String>(), (found, row) -> {
          found.put(row.getColumn("kind", String.class), row.getColumn("hash", String.class));
          return found;
        }));
    assertThat(hashes).containsOnlyKeys("base", "base_drill");
    assertThat(hashes.get("base_drill")).isEqualTo(hashes.get("base"));
    assertThat(product.count("select (details->'counts'->>'public.message')::bigint from backup_run where kind = 'base_drill'"))
        .isPositive();
    assertThat(ProjectPaths.target("services", NAME, "backups", ".drill")).as("the scratch").doesNotExist();
  }

  private static void aBaseBackupWithoutItsWalFailsTheDrill(Product product) throws Exception {
    var wal = ProjectPaths.target("services", NAME, "wal");
    var away = wal.resolveSibling("wal-away");
    Files.move(wal, away);
    Files.createDirectory(wal);
    Files.setPosixFilePermissions(wal, PosixFilePermissions.fromString("---------"));
    assertThat(run("backup", "drill")).as("drill without WAL").isNotZero();
    whatIsWrittenMeanwhileIsNotArchivedAndTheMetricsTell(product);
    assertThat(failures(product, "does not lead to its moment")).isEqualTo(1);
    Files.delete(wal);
    Files.move(away, wal);
  }

  /** The new directory is not writable for PostgreSQL, so WAL that is lost there must not be reported as archived. */
  private static void whatIsWrittenMeanwhileIsNotArchivedAndTheMetricsTell(Product product) {
    product.database().useHandle(handle -> handle.execute("select pg_switch_wal() from (select pg_current_xact_id()) as written"));
    Await.until("failures to archive in the metrics", Duration.ofSeconds(90),
        () -> figure(product, "tasktracker_wal_archive_failures") > 0);
    assertThat(figure(product, "tasktracker_wal_archive_age_seconds")).isPositive();
  }

  private static double figure(Product product, String name) {
    return product.api().get("/metrics").expect(200).body().lines().filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1))).findFirst().orElse(0);
  }

  private static void aDamagedBaseBackupFailsTheDrill(Product product) throws Exception {
    half(newest("base").resolve("base.tar.gz"));
    assertThat(run("backup", "drill")).as("drill of half a base backup").isNotZero();
    assertThat(failures(product, "damaged")).isEqualTo(1);
  }

  private static long failures(Product product, String why) {
    return product.count("select count(*) from backup_run where kind = 'base_drill' and state = 'failed' and details->>'error' like ?",
        "%" + why + "%");
  }

  /** The stream of NATS is left as it was: its tickets are of jobs that are done, or not known, after the return. */
  private static void goesBackToJustBeforeTheDeletion(Product product) throws Exception {
    var rows = product.count("select count(*) from message");
    var hash = product.count(HASH);
    var moment = product.database().withHandle(handle -> handle
        .select("select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')").mapTo(String.class).one());
    product.database().useHandle(handle -> handle.execute("truncate message cascade"));
    assertThat(product.count("select count(*) from message")).isZero();
    product.closeDatabaseConnections();
    assertThat(run("restore", "--time", moment)).as("restore").isZero();
    assertThat(product.count("select count(*) from message")).isEqualTo(rows);
    assertThat(product.count(HASH)).isEqualTo(hash);
  }

  private static void aDamagedDumpFailsTheDrill(Product product) throws Exception {
    var before = product.count("select count(*) from backup_run where kind = 'drill' and state = 'failed'");
    half(newest("dump").resolve("database.dump"));
    assertThat(run("backup", "drill")).as("drill of half a dump").isNotZero();
    assertThat(product.count("""
        select count(*) from backup_run
        where kind = 'drill' and state = 'failed' and details->>'error' like '%damaged%'""")).isEqualTo(before + 1);
  }

  private static void half(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() / 2);
    }
  }

  private static Path newest(String kind) throws IOException {
    try (var places = Files.list(ProjectPaths.target("services", NAME, "backups", kind))) {
      return places.max(java.util.Comparator.naturalOrder()).orElseThrow();
    }
  }

  private static void backup(String what) throws Exception {
    assertThat(run("backup", what)).as("bin/backup " + what).isZero();
  }

  private static int run(String script, String... words) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(ProjectPaths.root().resolve("bin/" + script).toString()));
    command.addAll(List.of(words));
    var builder = new ProcessBuilder(command).inheritIO();
    builder.environment().keySet().removeIf(key -> key.startsWith("DATABASE_") || key.startsWith("PG")
        || key.startsWith("SERVICES_"));
    builder.environment().put("SERVICES_DIR", ProjectPaths.target("services", NAME).toString());
    builder.environment().put("BACKUPS_IN", "native");
    var process = builder.start();
    if (!process.waitFor(3, TimeUnit.MINUTES)) {
      process.destroy();
      throw new AssertionError(script + " takes longer than 3 minutes");
    }
    return process.exitValue();
  }

  private static void awaitAnswered(DeliveryLog ledger, int answers) {
    Await.until(answers + " updates answered", Duration.ofSeconds(90), () -> ledger.answered().size() >= answers);
  }
}
