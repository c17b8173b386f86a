package tasktracker.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tasktracker.harness.ProjectPaths;

/** The alert rules, tested with Prometheus' own tool, which bin/test downloads. */
class AlertRulesTest {

  private static final Path HERE = ProjectPaths.root().resolve("docker/observability");
  private static final List<Path> TESTS = List.of(HERE.resolve("tests/task-tracker.yml"), HERE.resolve("tests/over-days.yml"));

  @Test
  void prometheusUnderstandsTheRulesAndItsSettings() throws Exception {
    assertThat(promtool("check", "rules", HERE.resolve("rules/task-tracker.yml").toString())).contains("SUCCESS");
    assertThat(promtool("check", "config", "--syntax-only", HERE.resolve("prometheus.yml").toString())).contains("SUCCESS");
  }

  @Test
  void everyAlertFiresOnlyWhenItShould() throws Exception {
    assertThat(promtool("test", "rules", TESTS.getFirst().toString(), TESTS.getLast().toString())).contains("SUCCESS");
  }

  @Test
  void everyAlertHasATestAndARunbookLink() throws IOException {
    List<String> rules = Files.readAllLines(HERE.resolve("rules/task-tracker.yml"));
    String tests = Files.readString(TESTS.getFirst()) + Files.readString(TESTS.getLast());
    List<String> alerts = rules.stream().filter(l -> l.contains("- alert: ")).map(l -> l.replaceAll(".*: ", "")).toList();
    assertThat(alerts).isNotEmpty().allSatisfy(name -> assertThat(tests).contains(name + " comes", name + " stays away"));
    assertThat(rules.stream().filter(l -> l.matches(" +runbook: docs/runbook\\.md#[a-z-]+"))).hasSameSizeAs(alerts);
  }

  @Test
  void everyRunbookLinkOfAnAlertExists() throws IOException {
    List<String> sections = Files.readAllLines(ProjectPaths.root().resolve("docs/runbook.md")).stream()
        .filter(l -> l.startsWith("## ")).map(l -> l.substring(3).toLowerCase(java.util.Locale.ROOT)
            .replaceAll("[^a-z0-9 -]", "").replace(' ', '-'))
        .toList();
    List<String> led = Files.readAllLines(HERE.resolve("rules/task-tracker.yml")).stream()
        .filter(l -> l.contains("runbook: ")).map(l -> l.replaceAll(".*#", "")).toList();
    assertThat(led).isNotEmpty().allSatisfy(anchor -> assertThat(sections).contains(anchor));
  }

  private static String promtool(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(System.getenv().getOrDefault("PROMTOOL", unpacked())));
    Stream.of(words).forEach(command::add);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  private static String unpacked() {
    return ProjectPaths.root().resolve(".services/tools/usr/bin/promtool").toString();
  }
}
