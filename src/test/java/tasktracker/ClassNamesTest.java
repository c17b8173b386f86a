package tasktracker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tasktracker.harness.ProjectPaths;

/** A class is found by its name: no two top-level classes of the product and its tests share a simple name. */
class ClassNamesTest {

  @Test
  void noTwoClassesShareASimpleName() throws IOException {
    try (Stream<Path> main = javaFiles("src/main/java"); Stream<Path> test = javaFiles("src/test/java")) {
      Map<String, List<Path>> byName = Stream.concat(main, test).collect(Collectors.groupingBy(file -> file.getFileName().toString()));
      assertThat(byName).hasSizeGreaterThan(100);
      assertThat(byName.values()).allSatisfy(files -> assertThat(files).hasSize(1));
    }
  }

  private static Stream<Path> javaFiles(String folder) throws IOException {
    return Files.walk(ProjectPaths.root().resolve(folder))
        .filter(file -> file.toString().endsWith(".java") && !file.endsWith("package-info.java"));
  }
}
