package tasktracker;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Executable;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.harness.ProjectPaths;

/** An upgrade refuses settings that .env.example does not know, so that one must know all there are. */
class SettingsTest {
  private static final Pattern IN_COMPOSE = Pattern.compile("(?<!\\$)\\$\\{([A-Z_]+)[:}]");
  /** Settings that only the image sets. */
  private static final Set<String> NOT_FOR_PEOPLE = Set.of("DRAIN_FILE");

  @Test
  void theExampleKnowsEverySettingThatComposeReads() throws IOException {
    assertThat(known()).containsAll(names(IN_COMPOSE, Files.readString(ProjectPaths.root().resolve("compose.yml"))));
  }

  @Test
  void theExampleKnowsEverySettingThatTheServerReads() throws IOException {
    Set<String> read = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("tasktracker")
        .stream().map(JavaClass::reflect).flatMap(SettingsTest::settingsOf).collect(Collectors.toCollection(TreeSet::new));
    read.removeAll(NOT_FOR_PEOPLE);
    assertThat(read).contains("NOISE_THRESHOLD", "HTTP_PORT");
    assertThat(known()).containsAll(read);
  }

  /** What its fields and the parameters of its constructors and methods are injected with. */
  private static Stream<String> settingsOf(Class<?> type) {
    Stream<AnnotatedElement> parameters = Stream
        .<Executable>concat(Arrays.stream(type.getDeclaredConstructors()), Arrays.stream(type.getDeclaredMethods()))
        .flatMap(method -> Arrays.stream(method.getParameters()));
    return Stream.concat(Arrays.stream(type.getDeclaredFields()), parameters).map(element -> element.getAnnotation(ConfigProperty.class))
        .filter(Objects::nonNull).map(ConfigProperty::name).filter(name -> name.matches("[A-Z_]+"));
  }

  /** Defaults are the same in all places that mention them. */
  @Test
  void theExampleHasTheDefaultLimitsOfContainers() throws IOException {
    var compose = Files.readString(ProjectPaths.root().resolve("compose.yml"));
    assertThat(compose)
        .doesNotContainPattern("limits: \\{ (?!cpus: \"\\$\\{[A-Z]+_CPUS:-[0-9.]+}\", memory: \"\\$\\{[A-Z]+_MEMORY:-\\d+m}\" })");
    var usual = Pattern.compile("\\$\\{([A-Z]+_(?:CPUS|MEMORY|HEAP)):-([^}]+)}").matcher(compose).results()
        .map(found -> "#" + found.group(1) + "=" + found.group(2)).toList();
    assertThat(usual).contains("#APP_HEAP=512m", "#POSTGRES_MEMORY=1024m");
    assertThat(Files.readAllLines(ProjectPaths.root().resolve(".env.example"))).containsAll(usual);
    assertThat(Files.readString(ProjectPaths.root().resolve("src/main/liberty/config/jvm.options"))).contains("-Xmx512m");
  }

  @ParameterizedTest
  @CsvSource({"1g, -Xmx1g -XX:NewSize=341m -XX:MaxNewSize=341m", "256m, -Xmx256m -XX:NewSize=85m -XX:MaxNewSize=85m"})
  void theHeapIsSaidToTheJvm(String heap, String said) throws Exception {
    assertThat(jvmArguments(heap)).isEqualTo("-Done=1 " + said);
  }

  @ParameterizedTest
  @ValueSource(strings = {"much", "64m", "255m", "1", "0g", "1g -verbose:gc", "-1g"})
  void aHeapThatNoServerStartsWithIsRefusedAndTheReasonTold(String heap) throws Exception {
    assertThat(jvmArguments(heap)).startsWith("Not started: APP_HEAP is \"" + heap + "\"").doesNotContain("-Done");
  }

  /** Where the server listens, where this machine reaches it, and whether others do. */
  @ParameterizedTest
  @CsvSource({"'', 127.0.0.1 http://localhost:8123 closed", "*, * http://localhost:8123 open",
      "0.0.0.0, 0.0.0.0 http://localhost:8123 open",
      "::1, ::1 http://[::1]:8123 closed", "10.1.2.3, 10.1.2.3 http://10.1.2.3:8123 open"})
  void nativelyOnlyHttpHostOpensTheServerToOthers(String host, String told) throws Exception {
    var shell = new ProcessBuilder("bash", "-c", """
        . bin/lib/common.sh && . bin/lib/product.sh && http_settings
        echo "$HTTP_HOST $URL $(open_to_others && echo open || echo closed)"
        """).directory(ProjectPaths.root().toFile()).redirectErrorStream(true);
    shell.environment().putAll(java.util.Map.of("HTTP_HOST", host, "HTTP_PORT", "8123"));
    assertThat(new String(shell.start().getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).strip()).isEqualTo(told);
  }

  private static String jvmArguments(String heap) throws Exception {
    var shell = new ProcessBuilder("bash", "-c", ". docker/app/memory && memory_settings && echo \"$JVM_ARGS\"")
        .directory(ProjectPaths.root().toFile()).redirectErrorStream(true);
    shell.environment().putAll(java.util.Map.of("APP_HEAP", heap, "JVM_ARGS", "-Done=1"));
    return new String(shell.start().getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).strip();
  }

  private static Set<String> known() throws IOException {
    return names(Pattern.compile("(?m)^#?([A-Z_]+)="), Files.readString(ProjectPaths.root().resolve(".env.example")));
  }

  private static Set<String> names(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult found) -> found.group(1))
        .collect(java.util.stream.Collectors.toCollection(TreeSet::new));
  }
}
