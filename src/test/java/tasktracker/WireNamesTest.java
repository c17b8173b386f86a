package tasktracker;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tasktracker.harness.ProjectPaths;
import tasktracker.platform.data.TestDatabase;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.Kind;
import tasktracker.platform.live.LiveTopic;

/**
 * Names that programs, operators and stored data know: they stay when a class is renamed. {@code wire-names.txt} has one a
 * line, with its sort in front; a new name is added there in the commit that brings it.
 */
class WireNamesTest {

  private static final String RULE = "A wire name is a promise to programs: add new ones to "
      + "src/test/resources/wire-names.txt, never rename or remove one";
  private static final JavaClasses PRODUCT = new ClassFileImporter()
      .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("tasktracker");

  @Test
  void routesKeepTheirNames() throws IOException {
    check("route", PRODUCT.stream().filter(type -> type.isAnnotatedWith(Path.class)).map(JavaClass::reflect)
        .flatMap(WireNamesTest::routes));
  }

  private static Stream<String> routes(Class<?> type) {
    String root = type.getAnnotation(Path.class).value();
    return Arrays.stream(type.getDeclaredMethods()).flatMap(method -> Arrays.stream(method.getAnnotations())
        .map(Annotation::annotationType).map(annotation -> annotation.getAnnotation(HttpMethod.class)).filter(Objects::nonNull)
        .map(verb -> verb.value() + " " + address(root, method)));
  }

  /** Without the names and patterns of path parameters: callers see neither. */
  private static String address(String root, Method method) {
    Path path = method.getAnnotation(Path.class);
    String joined = ("/" + root + "/" + (path == null ? "" : path.value())).replaceAll("/{2,}", "/");
    return joined.replaceAll("(?<=.)/$", "").replaceAll("\\{(?:[^{}]|\\{[^{}]*})*}", "{}");
  }

  @Test
  void liveTopicsAndEventsKeepTheirNames() throws IOException {
    check("topic", Arrays.stream(LiveTopic.values()).map(LiveTopic::wire));
    check("event", Arrays.stream(LiveTopic.Event.values()).map(event -> event.topic().wire() + " " + event.wire()));
  }

  /** Nodes of two releases exchange events by the names of the constants, so those stay as well. */
  @Test
  void eventsBetweenNodesKeepTheirNames() throws IOException {
    check("bus", Arrays.stream(LiveTopic.Event.values()).map(LiveTopic.Event::name));
  }

  @Test
  void kindsOfJobsAndTheirPayloadsKeepTheirNames() throws IOException {
    check("job", PRODUCT.stream().filter(type -> type.isAssignableTo(Job.class) && type.isRecord()).map(JavaClass::reflect)
        .map(WireNamesTest::signature));
  }

  private static String signature(Class<?> job) {
    String payload = String.join(",", Arrays.stream(job.getRecordComponents()).map(part -> part.getName()).toList());
    return (job.getAnnotation(Kind.class).value() + " " + payload).strip();
  }

  @Test
  void settingsKeepTheirNames() throws IOException {
    check("setting", Pattern.compile("(?m)^#?([A-Z][A-Z0-9_]*)=")
        .matcher(Files.readString(ProjectPaths.root().resolve(".env.example"))).results().map(found -> found.group(1)));
  }

  @Test
  void tablesAndColumnsKeepTheirNames() throws IOException {
    try (var database = TestDatabase.create()) {
      check("column", database.database().ask(sql -> sql.createQuery("""
          select table_name || '.' || column_name from information_schema.columns
           where table_schema = 'public' and table_name <> 'flyway_schema_history'""").mapTo(String.class).list()).stream());
    }
  }

  private static void check(String sort, Stream<String> present) throws IOException {
    Collection<String> promised = promised(sort);
    assertThat(present.distinct().sorted().toList()).as("%s names: %s", sort, RULE).containsExactlyInAnyOrderElementsOf(promised);
  }

  private static List<String> promised(String sort) throws IOException {
    try (InputStream in = WireNamesTest.class.getResourceAsStream("/wire-names.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> line.startsWith(sort + " "))
          .map(line -> line.substring(sort.length() + 1)).toList();
    }
  }
}
