package tasktracker.platform.web;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import tasktracker.platform.web.query.DeclaredParameters;

/** A resource method, found in the classes of the product, so that new methods are included automatically. */
public record ResourceMethod(Class<?> type, Method method, String verb, String template) {

  public static final List<ResourceMethod> ALL = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
      .importPackages("tasktracker").stream().filter(c -> c.isAnnotatedWith(Path.class)).map(JavaClass::reflect)
      .flatMap(ResourceMethod::of).sorted(Comparator.comparing(ResourceMethod::toString)).toList();

  private static Stream<ResourceMethod> of(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods()).flatMap(method -> verbs(method)
        .map(verb -> new ResourceMethod(type, method, verb,
            ("/" + path(type) + "/" + path(method)).replaceAll("/{2,}", "/").replaceAll("(?<=.)/$", ""))));
  }

  private static Stream<String> verbs(Method method) {
    return Arrays.stream(method.getAnnotations()).map(Annotation::annotationType)
        .filter(a -> a.isAnnotationPresent(HttpMethod.class)).map(a -> a.getAnnotation(HttpMethod.class).value());
  }

  private static String path(AnnotatedElement element) {
    return element.isAnnotationPresent(Path.class) ? element.getAnnotation(Path.class).value() : "";
  }

  public boolean isApi() {
    return template.startsWith("/api/v1/");
  }

  public DeclaredParameters parameters() {
    return DeclaredParameters.of(type, method);
  }

  public boolean hasPathParameter() {
    return template.contains("{");
  }

  /** Its path with an id that does not exist. */
  public String path() {
    return path(UUID.randomUUID().toString());
  }

  /** Its path with this value for each path parameter. */
  public String path(String value) {
    StringBuilder path = new StringBuilder();
    int depth = 0;
    for (char c : template.toCharArray()) {
      depth += c == '{' ? 1 : 0;
      if (depth == 0) {
        path.append(c);
      }
      depth -= c == '}' ? 1 : 0;
      if (c == '}' && depth == 0) {
        path.append(value);
      }
    }
    return path.toString();
  }

  @Override
  public String toString() {
    return verb + " " + template;
  }
}
