package tasktracker.platform.job;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import jakarta.json.bind.Jsonb;
import java.io.StringReader;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Converts jobs to and from the JSON of the job table: an object of the record's components in snake_case. ADR 96 says why
 * it is not plain JSON-B.
 */
final class Payloads {

  private static final Jsonb JSONB = tasktracker.platform.web.json.Json.jsonb();

  private Payloads() {}

  static String write(Job job) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (RecordComponent component : components(job.getClass())) {
      object.put(name(component), valueOf(component, job));
    }
    return JSONB.toJson(object);
  }

  private static @Nullable Object valueOf(RecordComponent component, Job job) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(job);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Cannot read " + component + " of " + job.getClass().getName(), e);
    }
  }

  /**
   * Reads a job.
   *
   * @throws IllegalArgumentException when the object does not match the record
   */
  static <J extends Job> J read(Class<J> kind, String payload) {
    JsonObject object = object(payload);
    RecordComponent[] components = components(kind);
    @Nullable
    Object[] values = new @Nullable Object[components.length];
    for (int i = 0; i < components.length; i++) {
      values[i] = value(components[i], object.getOrDefault(name(components[i]), JsonValue.NULL));
    }
    return create(kind, components, values);
  }

  static JsonObject object(String payload) {
    try (JsonReader reader = Json.createReader(new StringReader(payload))) {
      return reader.readObject();
    }
  }

  private static @Nullable Object value(RecordComponent component, JsonValue value) {
    if (value != JsonValue.NULL) {
      return JSONB.fromJson(value.toString(), component.getGenericType());
    }
    if (component.getType().isPrimitive()) {
      throw new IllegalArgumentException("The payload has no " + name(component));
    }
    return null;
  }

  private static <J> J create(Class<J> kind, RecordComponent[] components, @Nullable Object[] values) {
    try {
      var constructor = kind.getDeclaredConstructor(
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("The payload does not match " + kind.getSimpleName(), e);
    }
  }

  private static RecordComponent[] components(Class<?> kind) {
    if (!kind.isRecord()) {
      throw new IllegalArgumentException(kind.getName() + " is not a record; write the job as one");
    }
    return kind.getRecordComponents();
  }

  private static String name(RecordComponent component) {
    return component.getName().replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }
}
