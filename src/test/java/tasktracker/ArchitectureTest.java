package tasktracker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Timer;
import java.util.TreeSet;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The map of the packages: who may know whom. A package that is not on it fails. */
class ArchitectureTest {

  /** Each package below {@code tasktracker}, and those it may use beside {@code platform} and itself. */
  private static final Map<String, List<String>> MAP = Map.ofEntries(
      Map.entry("platform", List.of()),
      Map.entry("person", List.of()),
      Map.entry("message", List.of("person")),
      Map.entry("source", List.of("person", "message")),
      Map.entry("embedding", List.of("person", "message")),
      Map.entry("scoring", List.of("person", "message", "embedding")),
      Map.entry("project", List.of("person", "message")),
      Map.entry("llm", List.of("person", "message", "embedding", "scoring", "project")),
      Map.entry("knowledge", List.of("person", "message", "embedding", "scoring", "project", "llm")),
      Map.entry("task", List.of("person", "message", "embedding", "scoring", "project", "llm", "knowledge")),
      Map.entry("search", List.of("person", "message", "embedding", "scoring", "project", "llm", "knowledge")),
      Map.entry("summary",
          List.of("person", "message", "source", "embedding", "scoring", "project", "llm", "knowledge", "task", "search")),
      Map.entry("ops",
          List.of("person", "message", "source", "embedding", "scoring", "project", "llm", "knowledge", "task", "search", "summary")));

  private static final Set<String> OWN_THREADS = Set.of(
      // It runs before the server has the resources of the application.
      "tasktracker.platform.data.BackgroundStartup",
      // The hook of the JVM's end has to be a thread.
      "tasktracker.platform.data.MigrationIntegrator");

  private static final Pattern CREATE_OR_DROP = Pattern.compile(
      "(create (?:unlogged )?table (?:if not exists )?)(\\w+)|drop table (?:if exists )?(\\w+)", Pattern.CASE_INSENSITIVE);

  private static final JavaClasses PRODUCT = new ClassFileImporter()
      .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("tasktracker");

  @Test
  void everyPackageIsOnTheMap() {
    Set<String> there = PRODUCT.stream().map(ArchitectureTest::subject).collect(Collectors.toCollection(TreeSet::new));
    assertThat(MAP.keySet()).containsAll(there);
  }

  @Test
  void arrowsGoOnlyWhereTheMapHasThem() {
    MAP.forEach((subject, mayUse) -> noClasses().that().resideInAPackage("tasktracker." + subject + "..")
        .should().dependOnClassesThat(isOursBut(subject, mayUse)).allowEmptyShould(true).check(PRODUCT));
  }

  private static DescribedPredicate<JavaClass> isOursBut(String subject, List<String> mayUse) {
    return DescribedPredicate.describe("are ours and neither of platform, " + subject + " nor " + mayUse,
        c -> c.getPackageName().startsWith("tasktracker.") && !subject(c).equals("platform") && !subject(c).equals(subject)
            && !mayUse.contains(subject(c)));
  }

  @Test
  void noPackageOfThePlatformIsPartOfACycle() {
    slices().matching("tasktracker.platform.(*)..").should().beFreeOfCycles().check(PRODUCT);
  }

  @Test
  void nobodyButTheCommandLinePrintsToTheConsole() {
    noClasses().that().areNotAssignableTo(tasktracker.platform.data.Migrations.class).should().accessField(System.class, "out").orShould()
        .accessField(System.class, "err").check(PRODUCT);
  }

  /**
   * Threads are made by the server, which gives them the context of the application and interrupts them when it stops.
   * An executor of our own is made over a factory of the server's; {@code ResourceProducers} has all of them.
   */
  @Test
  void threadsAreMadeByTheServer() {
    noClasses().that(DescribedPredicate.describe("have no reason", type -> !OWN_THREADS.contains(type.getName()))).should()
        .accessTargetWhere(DescribedPredicate.describe("makes a thread", ArchitectureTest::makesThread)).check(PRODUCT);
  }

  private static boolean makesThread(JavaAccess<?> access) {
    if (!(access.getTarget() instanceof AccessTarget.CodeUnitAccessTarget target)) {
      return false;
    }
    Set<String> parameters = target.getRawParameterTypes().stream().map(JavaClass::getSimpleName).collect(Collectors.toSet());
    JavaClass owner = target.getOwner();
    boolean isNew = target.getName().equals("<init>");
    if (owner.isAssignableTo(Thread.class) || owner.isAssignableTo(Timer.class)) {
      return isNew || Set.of("ofVirtual", "ofPlatform", "startVirtualThread").contains(target.getName());
    }
    if (owner.isEquivalentTo(Executors.class) || isNew && owner.isAssignableTo(AbstractExecutorService.class)) {
      return !parameters.contains("ThreadFactory");
    }
    return owner.isAssignableTo(CompletionStage.class) && target.getName().endsWith("Async") && !parameters.contains("Executor")
        || Set.of("parallel", "parallelStream").contains(target.getName()) || target.getFullName().contains("ForkJoinPool.commonPool");
  }

  @Test
  void handlersOfJobsAreBeans() {
    classes().that().implement(tasktracker.platform.job.JobHandler.class)
        .should().beAnnotatedWith(jakarta.enterprise.context.ApplicationScoped.class).allowEmptyShould(true).check(PRODUCT);
  }

  @Test
  void everyTableHasAnOwner() throws IOException {
    assertThat(TableOwners.OWNERS.keySet()).isEqualTo(migratedTables());
  }

  @Test
  void onlyOwnersWriteTheirTables() {
    assertThat(tables((type, found) -> found.written().stream().filter(table -> !isOwner(type, table))
        .map(table -> type.getSimpleName() + " writes " + table))).isEmpty();
  }

  @Test
  void foreignReadsAreDeclared() {
    assertThat(tables((type, found) -> found.read().stream().filter(table -> !isOwner(type, table))
        .map(table -> owner(type) + " reads " + table)))
        .isEqualTo(TableOwners.FOREIGN_READS.entrySet().stream()
            .flatMap(reads -> reads.getValue().stream().map(table -> reads.getKey() + " reads " + table))
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void noStatementHidesTheNameOfItsTable() {
    assertThat(
        tables((type, found) -> found.assembled().stream().map(part -> type.getSimpleName() + ": " + part.replace("\1", "").strip())))
        .isEqualTo(TableOwners.ASSEMBLED);
  }

  private static Set<String> tables(BiFunction<JavaClass, SqlTables, Stream<String>> check) {
    return PRODUCT.stream().flatMap(type -> check.apply(type, sqlTables(type))).collect(Collectors.toCollection(TreeSet::new));
  }

  private static SqlTables sqlTables(JavaClass type) {
    try (InputStream file = type.getSource().orElseThrow().getUri().toURL().openStream()) {
      SqlTables found = SqlTables.ofClass(file, TableOwners.OWNERS.keySet());
      type.tryGetAnnotationOfType(jakarta.persistence.Table.class).ifPresent(table -> found.written().add(table.name()));
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isOwner(JavaClass type, String table) {
    return owner(type).equals(TableOwners.OWNERS.get(table));
  }

  /** The subject, or the package of the platform below which the class is. */
  private static String owner(JavaClass type) {
    String[] parts = type.getPackageName().split("\\.");
    return subject(type).equals("platform") && parts.length > 2 ? "platform." + parts[2] : subject(type);
  }

  private static Set<String> migratedTables() throws IOException {
    Set<String> tables = new TreeSet<>();
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/migration"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".sql")).sorted().toList()) {
        CREATE_OR_DROP.matcher(Files.readString(file).replaceAll("--.*", "")).results().forEach(m -> {
          if (m.group(3) != null) {
            tables.remove(m.group(3));
          }
          if (m.group(1) != null) {
            tables.add(m.group(2));
          }
        });
      }
    }
    return tables;
  }

  private static String subject(JavaClass type) {
    String below = type.getPackageName().substring("tasktracker".length());
    return below.isEmpty() ? "" : below.substring(1).split("\\.")[0];
  }
}
