package tasktracker.platform.web.query;

import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.StorableText;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;
import tasktracker.platform.web.problem.Problems;

/**
 * Converts the texts, ids and whole numbers that resource methods read from paths, queries, forms and headers. A text
 * that PostgreSQL cannot store and an invalid id or number are a {@link Problem} of 400 that names the parameter; an
 * invalid id in a path is 404.
 */
@Provider
public class ParameterConverters implements ParamConverterProvider {

  private static final Map<Class<?>, Function<String, ?>> READERS = Map.of(String.class, ParameterConverters::text, UUID.class, Query::uuid,
      Integer.class, Integer::valueOf, int.class, Integer::valueOf);
  private static final Map<Class<?>, LocalizedMessage> EXPECTED = Map.of(String.class, LocalizedMessage.of("problem.parameter.storable"),
      UUID.class, LocalizedMessage.of("problem.parameter.id"), Integer.class, wholeNumber(), int.class, wholeNumber());

  @Override
  @SuppressWarnings("unchecked") // The reader of a class returns instances of that class.
  public <T> @Nullable ParamConverter<T> getConverter(Class<T> type, Type generic, Annotation[] annotations) {
    @Nullable
    Function<String, ?> reader = READERS.get(type);
    return reader == null ? null : new Converter<>((Function<String, T>) reader, () -> problem(type, annotations));
  }

  private static String text(String given) {
    if (!StorableText.isStorable(given)) {
      throw new IllegalArgumentException("The text cannot be stored");
    }
    return given;
  }

  private static LocalizedMessage wholeNumber() {
    return LocalizedMessage.of("problem.parameter.whole", String.valueOf(Integer.MIN_VALUE), String.valueOf(Integer.MAX_VALUE));
  }

  private static Problem problem(Class<?> type, Annotation[] annotations) {
    for (Annotation annotation : annotations) {
      @Nullable
      String name = name(annotation);
      if (name != null) {
        return Problem.badRequest(LocalizedMessage.of("problem.parameter", name, expected(type)));
      }
    }
    return Problems.ofStatus(type == String.class ? 400 : 404); // A path parameter.
  }

  private static LocalizedMessage expected(Class<?> type) {
    return Objects.requireNonNull(EXPECTED.get(type), "Each type that has a reader has a description");
  }

  private static @Nullable String name(Annotation annotation) {
    return switch (annotation) {
      case QueryParam query -> query.value();
      case FormParam form -> form.value();
      case HeaderParam header -> header.value();
      default -> null;
    };
  }

  /** Converts one parameter, and reports the expected format when it is invalid. */
  private record Converter<T>(Function<String, T> reader, Supplier<Problem> refusal) implements ParamConverter<T> {

    @Override
    public T fromString(String value) {
      try {
        return reader.apply(value);
      } catch (IllegalArgumentException e) {
        throw refusal.get();
      }
    }

    @Override
    public String toString(T value) {
      return String.valueOf(value);
    }
  }
}
