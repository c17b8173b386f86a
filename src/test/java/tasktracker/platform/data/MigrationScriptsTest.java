package tasktracker.platform.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules for migration scripts that make rolling upgrades possible. */
class MigrationScriptsTest {

  private static final Path RESOURCES = Path.of("src/main/resources/db");

  private static List<Path> scripts(String folder) throws IOException {
    try (var files = Files.list(RESOURCES.resolve(folder))) {
      return files.filter(file -> file.toString().endsWith(".sql")).sorted().toList();
    }
  }

  @Test
  void everyMigrationHasItsOwnNumberAndAnUndo() throws IOException {
    var names = scripts("migration").stream().map(file -> file.getFileName().toString()).toList();
    assertThat(names).isNotEmpty().allMatch(name -> name.matches("V\\d{4}__[a-z0-9_]+\\.sql"));
    assertThat(names.stream().map(name -> name.substring(1, 5))).doesNotHaveDuplicates();
    assertThat(scripts("undo").stream().map(file -> "V" + file.getFileName().toString().substring(1))).containsExactlyElementsOf(names);
  }

  @Test
  void nonTransactionalScriptsAreOneIdempotentStatement() throws IOException {
    for (Path script : scripts("migration")) {
      String sql = Files.readString(script).replaceAll("(?m)--.*$", "").strip().toLowerCase();
      if (sql.contains("concurrently")) {
        assertThat(sql).as(script.toString()).matches("create (unique )?index concurrently if not exists [^;]+;");
      }
    }
  }

  @Test
  void onlyContractMigrationsDropTablesOrColumns() throws IOException {
    for (Path script : scripts("migration")) {
      String sql = Files.readString(script).replaceAll("(?m)--.*$", "").toLowerCase();
      if (!script.getFileName().toString().contains("__contract_")) {
        assertThat(sql).as(script.toString()).doesNotContain("drop table").doesNotContainPattern("alter table [^;]*(drop column|rename)");
      }
    }
  }

  @Test
  void anUndoThatLosesDataDeclaresIt() throws IOException {
    for (Path script : scripts("undo")) {
      String sql = Files.readString(script);
      if (sql.toLowerCase().matches("(?s).*\\b(drop table|drop column|delete from|truncate)\\b.*")) {
        assertThat(MigrationScripts.losses(sql)).as(script.toString()).isNotEmpty();
      }
    }
  }
}
