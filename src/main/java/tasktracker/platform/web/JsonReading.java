package tasktracker.platform.web;

import jakarta.json.JsonException;
import jakarta.json.bind.JsonbException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;

/** Says where a JSON body is broken, instead of failing. */
@Provider
public class JsonReading implements ReaderInterceptor {

  private static final int LONGEST = 300;

  @Override
  public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
    try {
      return context.proceed();
    } catch (ProcessingException | JsonbException | JsonException e) {
      throw Problem.badRequest("The body is not the JSON that was expected: " + reason(e));
    }
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
