package tasktracker;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tasktracker.harness.ProjectPaths;

/** The glossary and the request path of the architecture name classes that exist. */
class GlossaryTest {

  private static final Pattern CLASS = Pattern.compile("`([A-Z][A-Za-z]+[a-z][A-Za-z]*)`");
  private static final Set<String> CLASSES = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
      .importPackages("tasktracker").stream().map(JavaClass::getSimpleName).collect(Collectors.toSet());

  @Test
  void theGlossaryNamesClassesThatExist() {
    assertThat(named(text("glossary.md"))).contains("Messages").isSubsetOf(CLASSES);
  }

  @Test
  void theRequestPathNamesAtMostFifteenClassesThatExist() {
    String path = text("architecture.md").split("## From the webhook to the live row")[1].split("\n## ")[0];
    assertThat(Set.copyOf(named(path))).contains("TelegramWebhook", "FragmentPublisher").hasSizeLessThanOrEqualTo(15).isSubsetOf(CLASSES);
  }

  private static String text(String page) {
    return ProjectPaths.text(ProjectPaths.root().resolve("docs").resolve(page));
  }

  private static List<String> named(String text) {
    return CLASS.matcher(text).results().map(found -> found.group(1)).toList();
  }
}
