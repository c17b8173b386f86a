package tasktracker.platform.web.query;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MultivaluedMap;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.StorableText;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;

/**
 * The query parameters that a resource method declares, by {@link QueryParameters} or {@code @QueryParam}.
 *
 * @param names all parameters, in the order of their declaration
 * @param repeatable parameters that may be given more than once
 */
public record DeclaredParameters(Set<String> names, Set<String> repeatable) {

  private static final int MAX_LISTED = 5;
  private static final int MAX_NAME_LENGTH = 50;
  /** One entry for each resource method, so its size does not depend on requests. */
  private static final Map<Method, DeclaredParameters> CACHE = new ConcurrentHashMap<>();

  public static DeclaredParameters of(Class<?> type, Method method) {
    return CACHE.computeIfAbsent(method, m -> collect(type, m));
  }

  private static DeclaredParameters collect(Class<?> type, Method method) {
    DeclaredParameters declared = new DeclaredParameters(new LinkedHashSet<>(), new LinkedHashSet<>());
    declared.addAnnotated(type);
    declared.addAnnotated(method);
    declared.addFields(type);
    for (Parameter parameter : method.getParameters()) {
      declared.add(parameter, parameter.getType());
    }
    return declared;
  }

  private void addAnnotated(AnnotatedElement element) {
    @Nullable
    QueryParameters annotation = element.getAnnotation(QueryParameters.class);
    if (annotation != null) {
      names.addAll(List.of(annotation.value()));
      names.addAll(List.of(annotation.repeatable()));
      repeatable.addAll(List.of(annotation.repeatable()));
      List.of(annotation.of()).forEach(this::addAnnotated);
    }
  }

  private void addFields(Class<?> type) {
    for (Field field : type.getDeclaredFields()) {
      add(field, field.getType());
    }
  }

  private void add(AnnotatedElement element, Class<?> type) {
    @Nullable
    QueryParam parameter = element.getAnnotation(QueryParam.class);
    if (parameter != null) {
      names.add(parameter.value());
      if (Collection.class.isAssignableFrom(type)) {
        repeatable.add(parameter.value());
      }
    } else if (element.isAnnotationPresent(BeanParam.class)) {
      addFields(type);
    }
  }

  /**
   * Refuses undeclared parameters, and repeated parameters that are not repeatable.
   *
   * @throws Problem 400 with the names of the parameters
   */
  void check(MultivaluedMap<String, String> given) {
    List<String> unknown = given.keySet().stream().filter(name -> !name.isBlank() && !names.contains(name)).sorted().toList();
    if (!unknown.isEmpty()) {
      throw Problem.badRequest(names.isEmpty()
          ? LocalizedMessage.of("problem.parameter.none", join(unknown))
          : LocalizedMessage.of("problem.parameter.unknown", join(unknown), String.join(", ", new TreeSet<>(names))));
    }
    given.forEach((name, values) -> {
      if (values.size() > 1 && !name.isBlank() && !repeatable.contains(name)) {
        throw Problem.badRequest(LocalizedMessage.of("problem.parameter.repeated", name));
      }
    });
  }

  private static String join(List<String> unknown) {
    List<String> told = new ArrayList<>(unknown.stream().limit(MAX_LISTED).map(DeclaredParameters::truncate).toList());
    if (unknown.size() > MAX_LISTED) {
      told.add("…");
    }
    return String.join(", ", told);
  }

  private static String truncate(String name) {
    return StorableText.of(name.length() <= MAX_NAME_LENGTH ? name : name.substring(0, MAX_NAME_LENGTH) + "…");
  }

  /** @throws IllegalStateException when the resource method does not declare the parameter */
  void require(String name, boolean isRepeatable) {
    if (!(isRepeatable ? repeatable : names).contains(name)) {
      throw new IllegalStateException("The " + (isRepeatable ? "repeatable " : "") + "query parameter " + name
          + " is read but not declared: add it to @QueryParameters");
    }
  }
}
