package tasktracker.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tasktracker.harness.Product;
import tasktracker.harness.Project;
import tasktracker.harness.Waiting;

/** Backups taken while Telegram delivers, and the ways back from them, while the broker keeps its old stream. */
class WhatWasBackedUpComesBackIT {
  private static final String NAME = "backup";
  private static final long CHAT = 3_001;
  private static final String HASH = "select coalesce(sum(hashtextextended(m::text, 0) / 1000000), 0)::bigint from message m";

  @Test
  void whatMaksymDeletedComesBackAndTheOldStreamDoesNoHarm() throws Exception {
    try (var product = Product.durable(NAME).start();
        var ledger = new Ledger(NAME); var telegram = new Telegram(product.telegram(), ledger, CHAT)) {
      backup("base");
      awaitAnswered(ledger, 60);
      backup("dump");
      backup("drill");
      telegram.hangUp();
      var truth = new Truth(product);
      truth.awaitDrained();
      product.stop();
      goesBackToJustBeforeTheDeletion(product);
      product.start();
      truth.awaitDrained();
      truth.agreesWith(ledger, CHAT);
      aDamagedDumpFailsTheDrill(product);
    }
  }

  /** The stream of NATS is left as it was: its tickets are of jobs that are done, or not known, after the return. */
  private static void goesBackToJustBeforeTheDeletion(Product product) throws Exception {
    var rows = product.count("select count(*) from message");
    var hash = product.count(HASH);
    var moment = product.database().withHandle(handle -> handle
        .select("select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')").mapTo(String.class).one());
    product.database().useHandle(handle -> handle.execute("truncate message cascade"));
    assertThat(product.count("select count(*) from message")).isZero();
    assertThat(run("restore", "--time", moment)).as("restore").isZero();
    assertThat(product.count("select count(*) from message")).isEqualTo(rows);
    assertThat(product.count(HASH)).isEqualTo(hash);
  }

  private static void aDamagedDumpFailsTheDrill(Product product) throws Exception {
    var before = product.count("select count(*) from backup_run where kind = 'drill' and state = 'failed'");
    var dump = newestDump();
    try (var file = FileChannel.open(dump, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      file.truncate(file.size() / 2);
    }
    assertThat(run("backup", "drill")).as("drill of half a dump").isNotZero();
    assertThat(product.count("""
        select count(*) from backup_run
        where kind = 'drill' and state = 'failed' and details->>'error' like '%damaged%'""")).isEqualTo(before + 1);
  }

  private static Path newestDump() throws IOException {
    try (var dumps = java.nio.file.Files.list(Project.target("services", NAME, "backups", "dump"))) {
      return dumps.max(java.util.Comparator.naturalOrder()).orElseThrow().resolve("database.dump");
    }
  }

  private static void backup(String what) throws Exception {
    assertThat(run("backup", what)).as("bin/backup " + what).isZero();
  }

  private static int run(String script, String... words) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(Project.root().resolve("bin/" + script).toString()));
    command.addAll(List.of(words));
    var builder = new ProcessBuilder(command).inheritIO();
    builder.environment().keySet().removeIf(key -> key.startsWith("DATABASE_") || key.startsWith("PG")
        || key.startsWith("SERVICES_"));
    builder.environment().put("SERVICES_DIR", Project.target("services", NAME).toString());
    builder.environment().put("BACKUPS_IN", "native");
    var process = builder.start();
    if (!process.waitFor(3, TimeUnit.MINUTES)) {
      process.destroy();
      throw new AssertionError(script + " takes longer than 3 minutes");
    }
    return process.exitValue();
  }

  private static void awaitAnswered(Ledger ledger, int answers) {
    Waiting.until(answers + " updates answered", Duration.ofSeconds(90), () -> ledger.answered().size() >= answers);
  }
}
