package tasktracker.ops.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jdbi.v3.core.CloseException;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import tasktracker.harness.ApiResponse;
import tasktracker.harness.Api;
import tasktracker.harness.Browser;
import tasktracker.harness.Product;
import tasktracker.harness.ProductTest;
import tasktracker.harness.Await;

/** Checks detect each problem, and their fixes repair it. */
@ProductTest
class SystemIT {

  private static final Duration SOON = Duration.ofSeconds(40);
  private final Product product;
  private final Api api;

  SystemIT(Product product, Api api) {
    this.product = product;
    this.api = api;
  }

  private JsonObject check(String id) {
    return api.get("/api/v1/system/checks").expect(200).json().getJsonArray("checks").getValuesAs(JsonObject.class).stream()
        .filter(c -> c.getString("id").equals(id)).findFirst().orElseThrow();
  }

  private void awaitOffered(String id, String verb, String target) {
    Await.until("the check " + id + " to offer " + verb, SOON, () -> isOffered(id, verb, target));
  }

  private boolean isOffered(String id, String verb, String target) {
    return check(id).getJsonArray("fixes").getValuesAs(JsonObject.class).stream()
        .anyMatch(f -> f.getString("verb").equals(verb) && f.getString("target").equals(target));
  }

  private int fix(String verb, String target) {
    return api.post("/api/v1/system/fixes", "{\"verb\":\"" + verb + "\",\"target\":\"" + target + "\"}").expect(200).json()
        .getInt("changed");
  }

  private void assertAudited(String verb, String target) {
    assertThat(product.count("select count(*) from audit where action = 'system.fixed' and subject_id = ? and details->>'target' = ?"
        + " and details->>'changed' <> '0'", verb, target)).isEqualTo(1);
  }

  @Test
  void everyCheckReturnsAResult() {
    ApiResponse answer = api.get("/api/v1/system/checks").expect(200);
    assertThat(answer.json().getJsonArray("checks")).extracting(check -> check.asJsonObject().getString("id"))
        .containsExactlyInAnyOrder("backups", "blocked", "broker", "clock", "connections", "database", "dead", "disk", "faileditems",
            "idle",
            "indexes", "longqueries", "memory", "migrations", "nodes", "role", "scans", "sockets", "statements", "stuckimports",
            "stuckjobs",
            "vacuum", "vectorindex", "versions", "waiting");
    assertThat(answer.body()).doesNotContain("The check failed");
    assertThat(check("database").getString("state")).isNotEqualTo("bad");
    assertThat(check("backups").getString("runbook")).isEqualTo("docs/runbook.md#backups");
  }

  @Test
  void aChangedOrUndoneMigrationIsReported() {
    String last = "where installed_rank = (select max(installed_rank) from flyway_schema_history)";
    assertThat(check("migrations").getString("state")).isEqualTo("ok");
    product.database().useHandle(h -> h.execute("update flyway_schema_history set checksum = checksum + 1 " + last));
    try {
      Await.until("the check to tell of a changed migration", SOON,
          () -> check("migrations").getString("found").contains("differ from this release"));
      assertThat(check("migrations").getString("state")).isEqualTo("bad");
    } finally {
      product.database().useHandle(h -> h.execute("update flyway_schema_history set checksum = checksum - 1 " + last));
    }
    product.database().useHandle(h -> h.execute("create table last_migration as select * from flyway_schema_history " + last));
    product.database().useHandle(h -> h.execute("delete from flyway_schema_history " + last));
    try {
      Await.until("the check to tell of a pending migration", SOON, () -> check("migrations").getString("found").contains("not applied"));
    } finally {
      product.database().useHandle(h -> h.execute("insert into flyway_schema_history select * from last_migration"));
      product.database().useHandle(h -> h.execute("drop table last_migration"));
    }
    Await.until("all to be well again", SOON, () -> check("migrations").getString("state").equals("ok"));
  }

  @Test
  void anAbandonedImportIsMarkedAsFailed() {
    UUID id = UUID.randomUUID();
    product.database()
        .useHandle(h -> h.execute(
            """
        insert into import (id, file_name, status, created_by, updated_at) values (?, 'stuck.json', 'running', 'Olena', now() - interval '1 hour')""",
            id));
    awaitOffered("stuckimports", "fail-import", id.toString());
    assertThat(fix("fail-import", id.toString())).isEqualTo(1);
    assertThat(product.count("select count(*) from import where id = ? and status = 'failed' and error is not null", id)).isEqualTo(1);
    assertThat(isOffered("stuckimports", "fail-import", id.toString())).isFalse();
    assertThat(fix("fail-import", id.toString())).as("pressed twice").isZero();
    assertAudited("fail-import", id.toString());
  }

  @Test
  void deadJobsAreRetried() {
    UUID id = UUID.randomUUID();
    product.database().useHandle(h -> h.execute("""
        insert into job (id, kind, queue, payload, state, attempt, max_attempts, finished_at, error)
        values (?, 'process_message', 'interactive', '{"text":"again"}', 'dead', 5, 5, now(), 'The shop is closed')""", id));
    awaitOffered("dead", "retry-dead", "process_message");
    assertThat(fix("retry-dead", "process_message")).isPositive();
    Await.until("it to be done", SOON, () -> api.get("/api/v1/jobs/" + id).body().contains("\"completed\""));
  }

  @Test
  void aLostNodeIsRemoved() {
    String name = "gone-" + UUID.randomUUID();
    product.database().useHandle(h -> h.execute("""
        insert into node (name, incarnation, roles, seen_at) values (?, gen_random_uuid(), 'worker', now() - interval '5 minutes')""",
        name));
    awaitOffered("nodes", "forget-node", name);
    assertThat(fix("forget-node", name)).isEqualTo(1);
    assertThat(isOffered("nodes", "forget-node", name)).isFalse();
  }

  @Test
  void aMissingIndexIsCreatedAgain() {
    product.database().useHandle(h -> h.execute("drop index message_score"));
    awaitOffered("indexes", "create-index", "message_score");
    assertThat(fix("create-index", "message_score")).isEqualTo(1);
    assertThat(check("indexes").getString("state")).isEqualTo("ok");
  }

  @Test
  void aRoleThatCanChangeTheAuditLogIsReported() {
    assertThat(check("role").getString("state")).as(check("role").toString()).isEqualTo("ok");
    String role = product.services().environment().get("DATABASE_RUNTIME_USER");
    product.database().useHandle(h -> h.execute("grant update on audit to " + role));
    try {
      Await.until("the check to tell", SOON, () -> check("role").getString("state").equals("warn"));
      assertThat(check("role").getString("found")).contains(role, "audit log");
      assertThat(check("role").getString("todo")).contains("DATABASE_RUNTIME_USER");
    } finally {
      product.database().useHandle(h -> h.execute("revoke update on audit from " + role));
    }
  }

  @Test
  void aBlockingSessionIsTerminated() throws Exception {
    Handle blocker = product.services().databaseOfTheServer().open();
    String pid = ours(blocker);
    try (Handle waiting = product.services().databaseOfTheServer().open()) {
      ours(waiting);
      blocker.begin();
      blocker.execute("lock table avatar_ask in access exclusive mode");
      CompletableFuture<Long> waits = CompletableFuture
          .supplyAsync(() -> waiting.select("select count(*) from avatar_ask").mapTo(Long.class).one());
      awaitOffered("blocked", "end-session", pid);
      assertThat(fix("end-session", pid)).isEqualTo(1);
      assertThat(waits.get()).isNotNegative();
    }
    assertThatThrownBy(blocker::close).as("its session has been ended").isInstanceOf(CloseException.class);
  }

  @Test
  void onlyALongRunningQueryIsCancelled() {
    try (Handle slow = product.services().databaseOfTheServer().open(); Handle strange = product.services().database().open()) {
      String pid = ours(slow);
      CompletableFuture<Void> sleeps = CompletableFuture.runAsync(() -> slow.execute("select pg_sleep(120)"));
      awaitOffered("longqueries", "cancel-query", pid);
      assertThat(fix("cancel-query", pid)).isEqualTo(1);
      assertThat(sleeps).failsWithin(SOON).withThrowableOfType(ExecutionException.class).withMessageContaining("cancel");
      assertThat(fix("end-session", strange.select("select pg_backend_pid()").mapTo(String.class).one())).as("not ours").isZero();
    }
  }

  private static String ours(Handle session) {
    session.execute("set application_name = 'task-tracker'");
    return session.select("select pg_backend_pid()").mapTo(String.class).one();
  }

  @Test
  void invalidFixesAndOtherRolesAreRefused() {
    api.post("/api/v1/system/fixes", "{\"verb\":\"drop-everything\"}").expect(422);
    api.post("/api/v1/system/fixes", "{\"verb\":\"create-index\",\"target\":\"message; drop table job\"}").expect(422);
    api.post("/api/v1/system/fixes", "{\"verb\":\"end-session\",\"target\":\"all\"}").expect(422);
    product.anonymous().post("/api/v1/system/fixes", "{\"verb\":\"tickets\"}").expect(401);
    product.anonymous().get("/api/v1/system/checks").expect(401);
  }

  @Test
  void olenaAppliesAFixOnThePage(Browser browser) {
    String name = "gone-" + UUID.randomUUID();
    product.database().useHandle(h -> h.execute("""
        insert into node (name, incarnation, roles, seen_at) values (?, gen_random_uuid(), 'web', now() - interval '5 minutes')""", name));
    awaitOffered("nodes", "forget-node", name);
    browser.signIn().go("/system");
    browser.screenshot("system-light");
    browser.page().click("form:has(input[value='" + name + "']) button");
    browser.page().waitForURL(address -> address.contains("changed=1"));
    browser.resize(375, 800).screenshot("system-narrow");
    assertThat(product.count("select count(*) from node where name = ? and stopped_at is not null", name)).isEqualTo(1);
    assertAudited("forget-node", name);
  }
}
