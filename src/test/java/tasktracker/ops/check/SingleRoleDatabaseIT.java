package tasktracker.ops.check;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tasktracker.harness.Product;

/** A database with a single role, as in installations of earlier releases. */
class SingleRoleDatabaseIT {

  @Test
  void theServerWorksWithOneRoleAndReportsItsPrivileges() {
    try (var product = Product.quick("one-role", Map.of("DATABASE_RUNTIME_USER", "", "DATABASE_RUNTIME_PASSWORD", "")).start()) {
      JsonObject role = product.api().get("/api/v1/system/checks").expect(200).json().getJsonArray("checks").getValuesAs(JsonObject.class)
          .stream()
          .filter(check -> check.getString("id").equals("role")).findFirst().orElseThrow();
      assertThat(role.getString("state")).isEqualTo("warn");
      assertThat(role.getString("found")).contains("tasktracker", "owner of the tables", "audit log");
      assertThat(role.getString("todo")).contains("DATABASE_RUNTIME_USER", "docs/deploy.md");
      assertThat(
          product.count("select count(*) from pg_stat_activity where application_name = 'task-tracker' and usename <> 'tasktracker'"))
          .isZero();
    }
  }
}
