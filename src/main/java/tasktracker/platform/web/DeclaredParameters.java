package tasktracker.platform.web;

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

/**
 * The query parameters that a resource method declares, by {@link QueryParameters} or {@code @QueryParam}.
 *
 * @param names all of them, in the order in which they are declared
 * @param repeatable those that may be given more than once
 */
record DeclaredParameters(Set<String> names, Set<String> repeatable) {

  private static final int MOST_TOLD = 5;
  private static final int LONGEST_TOLD = 50;
  /** One entry for each resource method, whatever callers send. */
  private static final Map<Method, DeclaredParameters> KNOWN = new ConcurrentHashMap<>();

  static DeclaredParameters of(Class<?> type, Method method) {
    return KNOWN.computeIfAbsent(method, m -> collect(type, m));
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
    @Nullable QueryParameters annotation = element.getAnnotation(QueryParameters.class);
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
    @Nullable QueryParam parameter = element.getAnnotation(QueryParam.class);
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
   * Refuses what the method does not read, and what is given more than once and read once.
   *
   * @throws Problem 400 naming the parameters
   */
  void check(MultivaluedMap<String, String> given) {
    List<String> unknown = given.keySet().stream().filter(name -> !name.isBlank() && !names.contains(name)).sorted().toList();
    if (!unknown.isEmpty()) {
      throw Problem.badRequest(names.isEmpty() ? LocalizedMessage.of("problem.parameter.none", told(unknown))
          : LocalizedMessage.of("problem.parameter.unknown", told(unknown), String.join(", ", new TreeSet<>(names))));
    }
    given.forEach((name, values) -> {
      if (values.size() > 1 && !name.isBlank() && !repeatable.contains(name)) {
        throw Problem.badRequest(LocalizedMessage.of("problem.parameter.repeated", name));
      }
    });
  }

  private static String told(List<String> unknown) {
    List<String> told = new ArrayList<>(unknown.stream().limit(MOST_TOLD).map(DeclaredParameters::shortened).toList());
    if (unknown.size() > MOST_TOLD) {
      told.add("…");
    }
    return String.join(", ", told);
  }

  private static String shortened(String name) {
    return StorableText.of(name.length() <= LONGEST_TOLD ? name : name.substring(0, LONGEST_TOLD) + "…");
  }

  /** @throws IllegalStateException when the method forgot to declare what it reads */
  void require(String name, boolean isRepeatable) {
    if (!(isRepeatable ? repeatable : names).contains(name)) {
      throw new IllegalStateException("The " + (isRepeatable ? "repeatable " : "") + "query parameter " + name
          + " is read but not declared: add it to @QueryParameters");
    }
  }
}
