package tasktracker.platform.web.template;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import tasktracker.platform.web.Preferences;

/** Writes a {@link View} as HTML. */
@Provider
@Produces(MediaType.TEXT_HTML)
public class ViewWriter implements MessageBodyWriter<View> {

  /** Request attribute that holds the {@link Preferences} of the current user. */
  public static final String PREFERENCES = "tasktracker.preferences";

  @Inject private Templates templates;
  @Inject private Instance<PageVariables> variables;
  @Context private HttpServletRequest request;

  @Override
  public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
    return type == View.class;
  }

  @Override
  public void writeTo(View view, Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType,
      MultivaluedMap<String, Object> headers, OutputStream out) throws IOException {
    String html = templates.render(view, Preferences.of(request).locale(), variables);
    headers.putSingle(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8");
    headers.putSingle(HttpHeaders.CONTENT_LANGUAGE, Preferences.of(request).language());
    headers.putSingle(HttpHeaders.VARY, "HX-Request, Cookie");
    if (!headers.containsKey(HttpHeaders.CACHE_CONTROL)) {
      headers.putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
    }
    out.write(html.getBytes(StandardCharsets.UTF_8));
  }
}
