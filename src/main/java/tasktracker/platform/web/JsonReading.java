package tasktracker.platform.web;

import jakarta.json.JsonException;
import jakarta.json.bind.JsonbException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Bounds a JSON body before anything is made of it, and says where it is broken, instead of failing. */
@Provider
public class JsonReading implements ReaderInterceptor {

  private static final int LONGEST = 300;

  @Override
  public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
    try {
      if (isJson(context.getMediaType())) {
        context.setInputStream(UntrustedJson.bounded(context.getInputStream(), JsonLimits.BODY));
      }
      return context.proceed();
    } catch (ProcessingException | JsonbException | JsonException e) {
      throw Problem.badRequest("The body is not the JSON that was expected: " + reason(e));
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
