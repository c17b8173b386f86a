package tasktracker.platform.web;

import jakarta.json.JsonException;
import jakarta.json.bind.JsonbException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.StorableText;

/**
 * Bounds a JSON body before anything is made of it, says where it is broken instead of failing, and refuses texts that
 * PostgreSQL does not keep, except in bodies that say {@link SanitizedText}.
 */
@Provider
public class JsonBodyReader implements ReaderInterceptor {

  private static final int LONGEST = 300;

  @Override
  public @Nullable Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
    try {
      if (isJson(context.getMediaType())) {
        context.setInputStream(UntrustedJson.bounded(context.getInputStream(), JsonLimits.BODY));
      }
      return storable(context.proceed());
    } catch (ProcessingException | JsonbException | JsonException e) {
      refusal(e).ifPresent(refused -> {
        throw refused;
      });
      throw Problem.badRequest("The body is not valid JSON of the expected form: " + reason(e));
    }
  }

  /** The body itself was refused while it was read, such as one that is too long. */
  private static Optional<Problem> refusal(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(20).filter(Problem.class::isInstance)
        .map(Problem.class::cast).findFirst();
  }

  private static @Nullable Object storable(@Nullable Object body) {
    if (body instanceof Record object && !object.getClass().isAnnotationPresent(SanitizedText.class)) {
      for (RecordComponent component : object.getClass().getRecordComponents()) {
        requireStorable(component.getName(), value(component, object));
      }
    }
    return body;
  }

  private static void requireStorable(String name, @Nullable Object value) {
    switch (value) {
      case String text when !StorableText.isStorable(text) -> throw Problem.badRequest("The field "
          + name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT) + " holds a character that is not kept: NUL, or half of a pair.");
      case Collection<?> values -> values.forEach(one -> requireStorable(name, one));
      case Record object -> storable(object);
      case null, default -> {
        return;
      }
    }
  }

  private static @Nullable Object value(RecordComponent component, Record object) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(object);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Cannot read " + component, e);
    }
  }

  /** Whatever the mapper takes for JSON: {@code application/json}, {@code text/json}, {@code application/x+json}. */
  private static boolean isJson(@Nullable MediaType type) {
    String subtype = type == null ? "json" : type.getSubtype().toLowerCase(Locale.ROOT);
    return subtype.equals("json") || subtype.endsWith("+json") || subtype.equals("*");
  }

  /** The parser's own words hold line, column and offset. */
  private static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String words = String.valueOf(cause.getMessage()).replaceFirst("^Internal error: ", "");
    return words.length() <= LONGEST ? words : words.substring(0, LONGEST) + "…";
  }
}
