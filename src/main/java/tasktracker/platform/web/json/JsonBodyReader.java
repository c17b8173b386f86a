package tasktracker.platform.web.json;

import jakarta.json.JsonException;
import jakarta.json.bind.JsonbException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.StorableText;
import tasktracker.platform.web.problem.Problem;

/**
 * Limits the size of a JSON body before it is parsed, reports the position of syntax errors, and refuses texts that
 * PostgreSQL cannot store, except in bodies annotated with {@link SanitizedText}.
 */
@Provider
public class JsonBodyReader implements ReaderInterceptor {

  private static final int MAX_REASON_LENGTH = 300;

  @Override
  public @Nullable Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
    try {
      if (isJson(context.getMediaType())) {
        context.setInputStream(UntrustedJson.bounded(utf8(context.getInputStream()), JsonLimits.BODY));
      }
      return requireStorable(context.proceed());
    } catch (ProcessingException | JsonbException | JsonException e) {
      findProblem(e).ifPresent(problem -> {
        throw problem;
      });
      throw Problem.badRequest("The body is not valid JSON of the expected form: " + reason(e));
    }
  }

  /** The same bytes, which must be UTF-8: a parser would replace others by U+FFFD. Their number is limited by the request. */
  private static InputStream utf8(InputStream body) throws IOException {
    byte[] bytes = body.readAllBytes();
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return new ByteArrayInputStream(bytes);
    } catch (CharacterCodingException e) {
      throw Problem.badRequest("The body is not encoded in UTF-8.");
    }
  }

  /** Finds a problem that was thrown while the body was read, for example because it is too long. */
  private static Optional<Problem> findProblem(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(20).filter(Problem.class::isInstance)
        .map(Problem.class::cast).findFirst();
  }

  private static @Nullable Object requireStorable(@Nullable Object body) {
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
          + name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT)
          + " contains a character that cannot be stored: NUL or a lone surrogate.");
      case Collection<?> values -> values.forEach(one -> requireStorable(name, one));
      case Record object -> requireStorable(object);
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

  /** Every media type that the mapper treats as JSON: {@code application/json}, {@code text/json}, {@code application/x+json}. */
  private static boolean isJson(@Nullable MediaType type) {
    String subtype = type == null ? "json" : type.getSubtype().toLowerCase(Locale.ROOT);
    return subtype.equals("json") || subtype.endsWith("+json") || subtype.equals("*");
  }

  /** The parser's message, which contains line, column and offset. */
  private static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = String.valueOf(cause.getMessage()).replaceFirst("^Internal error: ", "");
    return message.length() <= MAX_REASON_LENGTH ? message : message.substring(0, MAX_REASON_LENGTH) + "…";
  }
}
