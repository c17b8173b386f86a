package tasktracker;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;

/** Names by which classes and tests are found and reported. */
class ClassNamesTest {

  private static final int LONGEST = 60;
  private static final JavaClasses PRODUCT_AND_TESTS = new ClassFileImporter().importPackages("tasktracker");

  /** A class is found by its name, of the product or of its tests. */
  @Test
  void noTwoClassesShareASimpleName() {
    Map<String, List<String>> byName = PRODUCT_AND_TESTS.stream().filter(JavaClass::isTopLevelClass)
        .filter(type -> !type.getSimpleName().equals("package-info"))
        .collect(Collectors.groupingBy(JavaClass::getSimpleName, Collectors.mapping(JavaClass::getName, Collectors.toList())));
    assertThat(byName).containsKeys("Messages", "MessagesIT");
    assertThat(byName.values()).allSatisfy(classes -> assertThat(classes).hasSize(1));
  }

  @Test
  void namesOfTestsHaveAtMostSixtyCharacters() {
    List<String> tests = PRODUCT_AND_TESTS.stream().flatMap(type -> type.getMethods().stream())
        .filter(method -> method.isMetaAnnotatedWith(Testable.class)).map(JavaMethod::getName).toList();
    assertThat(tests).contains("namesOfTestsHaveAtMostSixtyCharacters");
    assertThat(tests).filteredOn(name -> name.length() > LONGEST).isEmpty();
  }
}
