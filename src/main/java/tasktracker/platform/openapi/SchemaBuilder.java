package tasktracker.platform.openapi;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.bind.annotation.JsonbTransient;
import jakarta.json.bind.annotation.JsonbTypeAdapter;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Builds JSON schemas of Java types as JSON Binding writes them: the components and getters of records in snake_case.
 * Records become named schemas. Not thread-safe.
 */
final class SchemaBuilder {

  private static final JsonObject ANY = JsonValue.EMPTY_JSON_OBJECT;
  private static final Map<Class<?>, JsonObject> SIMPLE = Map.ofEntries(
      Map.entry(String.class, simple("string", null)), Map.entry(boolean.class, simple("boolean", null)),
      Map.entry(Boolean.class, simple("boolean", null)), Map.entry(int.class, simple("integer", "int32")),
      Map.entry(Integer.class, simple("integer", "int32")), Map.entry(long.class, simple("integer", "int64")),
      Map.entry(Long.class, simple("integer", "int64")), Map.entry(double.class, simple("number", "double")),
      Map.entry(Double.class, simple("number", "double")), Map.entry(float.class, simple("number", "float")),
      Map.entry(Float.class, simple("number", "float")), Map.entry(UUID.class, simple("string", "uuid")),
      Map.entry(Instant.class, simple("string", "date-time")), Map.entry(LocalDate.class, simple("string", "date")));

  private final Map<String, JsonObject> named = new TreeMap<>();

  private static JsonObject simple(String type, @Nullable String format) {
    JsonObjectBuilder schema = Json.createObjectBuilder().add("type", type);
    return (format == null ? schema : schema.add("format", format)).build();
  }

  /** The named schemas that were referred to so far, by name. */
  Map<String, JsonObject> named() {
    return named;
  }

  /** The schema of a type, or a reference to it. */
  JsonObject schema(Type type) {
    if (type instanceof ParameterizedType generic) {
      return ofGeneric((Class<?>) generic.getRawType(), generic.getActualTypeArguments());
    }
    return type instanceof Class<?> known ? ofClass(known) : ANY;
  }

  private JsonObject ofGeneric(Class<?> raw, Type[] arguments) {
    if (Collection.class.isAssignableFrom(raw)) {
      return array(schema(arguments[0]));
    }
    if (Map.class.isAssignableFrom(raw)) {
      return Json.createObjectBuilder().add("type", "object").add("additionalProperties", schema(arguments[1])).build();
    }
    return raw == Optional.class ? schema(arguments[0]) : ofClass(raw);
  }

  private static JsonObject array(JsonObject items) {
    return Json.createObjectBuilder().add("type", "array").add("items", items).build();
  }

  private JsonObject ofClass(Class<?> type) {
    if (SIMPLE.containsKey(type)) {
      return SIMPLE.get(type);
    }
    if (type.isEnum()) {
      JsonArrayBuilder names = Json.createArrayBuilder();
      Arrays.stream(type.getEnumConstants()).forEach(constant -> names.add(((Enum<?>) constant).name()));
      return Json.createObjectBuilder().add("type", "string").add("enum", names).build();
    }
    if (type.isArray()) {
      return array(schema(type.getComponentType()));
    }
    return type.isRecord() ? reference(type) : ANY;
  }

  private JsonObject reference(Class<?> record) {
    String name = nameOf(record);
    if (!named.containsKey(name)) {
      named.put(name, ANY); // A record that contains itself refers to this entry.
      named.put(name, describe(record));
    }
    return Json.createObjectBuilder().add("$ref", "#/components/schemas/" + name).build();
  }

  /** A nested record has the name of its class too, because several classes have a {@code Page}. */
  static String nameOf(Class<?> record) {
    Class<?> outer = record.getDeclaringClass();
    return outer == null ? record.getSimpleName() : nameOf(outer).replaceFirst("Resource$", "") + "." + record.getSimpleName();
  }

  private JsonObject describe(Class<?> record) {
    JsonObjectBuilder properties = Json.createObjectBuilder();
    JsonArrayBuilder required = Json.createArrayBuilder();
    properties(record).forEach((name, property) -> {
      JsonObject schema = property.isAdapted() ? ANY : schema(property.type().getType());
      boolean isNullable = isNullable(property.type());
      properties.add(name, isNullable ? nullable(schema) : schema);
      if (!isNullable) {
        required.add(name);
      }
    });
    return Json.createObjectBuilder().add("type", "object").add("properties", properties).add("required", required).build();
  }

  /** @param isAdapted whether an adapter writes it, so that the type says nothing about the JSON */
  record Property(AnnotatedType type, boolean isAdapted) {}

  /** The properties that JSON Binding reads and writes, by name. */
  static Map<String, Property> properties(Class<?> record) {
    Map<String, Property> properties = new LinkedHashMap<>();
    Set<Method> accessors = new HashSet<>();
    for (RecordComponent component : record.getRecordComponents()) {
      accessors.add(component.getAccessor());
      if (!isTransient(component.getAccessor())) {
        properties.put(snakeCase(component.getName()),
            new Property(component.getAnnotatedType(), component.getAccessor().isAnnotationPresent(JsonbTypeAdapter.class)));
      }
    }
    Arrays.stream(record.getDeclaredMethods()).filter(method -> !accessors.contains(method)).filter(SchemaBuilder::isGetter)
        .sorted(Comparator.comparing(Method::getName))
        .forEach(getter -> properties.putIfAbsent(snakeCase(propertyOf(getter)), new Property(getter.getAnnotatedReturnType(), false)));
    return properties;
  }

  private static boolean isTransient(AnnotatedElement element) {
    return element.isAnnotationPresent(JsonbTransient.class);
  }

  private static boolean isGetter(Method method) {
    return Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers()) && method.getParameterCount() == 0
        && method.getReturnType() != void.class && !isTransient(method) && !propertyOf(method).isEmpty();
  }

  /** The property of a getter; empty for other methods. */
  private static String propertyOf(Method method) {
    String name = method.getName();
    int prefix = name.startsWith("get") ? 3 : name.startsWith("is") && method.getReturnType() == boolean.class ? 2 : 0;
    return prefix == 0 || name.length() == prefix || !Character.isUpperCase(name.charAt(prefix))
        ? ""
        : Character.toLowerCase(name.charAt(prefix)) + name.substring(prefix + 1);
  }

  private static boolean isNullable(AnnotatedType type) {
    return type.isAnnotationPresent(Nullable.class) || type.getType() instanceof ParameterizedType generic
        && generic.getRawType() == Optional.class;
  }

  private static JsonObject nullable(JsonObject schema) {
    return schema.isEmpty()
        ? schema
        : Json.createObjectBuilder().add("anyOf", Json.createArrayBuilder().add(schema).add(simple("null", null))).build();
  }

  private static String snakeCase(String name) {
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }
}
