package tasktracker.platform.web;

import jakarta.json.JsonException;
import jakarta.json.bind.JsonbException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Says where a JSON body is broken, instead of failing. */
@Provider
public class JsonReading implements ReaderInterceptor {

  private static final int LONGEST = 300;

  @Override
  public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
    try {
      return context.proceed();
    } catch (ProcessingException | JsonbException | JsonException e) {
      refusal(e).ifPresent(refused -> {
        throw refused;
      });
      throw Problem.badRequest("The body is not the JSON that was expected: " + reason(e));
    }
  }

  /** The body itself was refused while it was read, such as one that is too long. */
  private static Optional<Problem> refusal(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(20).filter(Problem.class::isInstance)
        .map(Problem.class::cast).findFirst();
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
