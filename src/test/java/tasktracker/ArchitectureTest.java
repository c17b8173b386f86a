package tasktracker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
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
      Map.entry("search", List.of("person", "message", "embedding", "scoring")),
      Map.entry("summary", List.of("person", "message", "source", "embedding", "scoring", "search")),
      Map.entry("ops", List.of("person", "message", "source", "embedding", "scoring", "search", "summary")));

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
    noClasses().that().areNotAssignableTo(tasktracker.platform.data.Migrations.class).should().accessField(System.class, "out").orShould().accessField(System.class, "err").check(PRODUCT);
  }

  @Test
  void handlersOfJobsAreBeans() {
    classes().that().implement(tasktracker.platform.job.JobHandler.class)
        .should().beAnnotatedWith(jakarta.enterprise.context.ApplicationScoped.class).allowEmptyShould(true).check(PRODUCT);
  }

  private static String subject(JavaClass type) {
    String below = type.getPackageName().substring("tasktracker".length());
    return below.isEmpty() ? "" : below.substring(1).split("\\.")[0];
  }
}
