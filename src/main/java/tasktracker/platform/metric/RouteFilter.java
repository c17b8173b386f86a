package tasktracker.platform.metric;

import jakarta.annotation.Priority;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.AnnotatedElement;
import org.jspecify.annotations.Nullable;

/** Records the route template of a request for metrics: URLs contain ids and would be too many different labels. */
@Provider
@Priority(Priorities.AUTHENTICATION)
public class RouteFilter implements ContainerRequestFilter {

  private static final String ATTRIBUTE = RouteFilter.class.getName();

  @Context private ResourceInfo resource;
  @Context private HttpServletRequest request;

  @Override
  public void filter(ContainerRequestContext context) {
    request.setAttribute(ATTRIBUTE, join(path(resource.getResourceClass()), path(resource.getResourceMethod())));
  }

  private static String path(AnnotatedElement element) {
    @Nullable
    Path path = element.getAnnotation(Path.class);
    return path == null ? "" : path.value();
  }

  static String join(String type, String method) {
    return ("/" + type + "/" + method).replaceAll("/{2,}", "/").replaceAll("(?<=.)/$", "");
  }

  /** The route template, or the name of the servlet; {@code other} for paths that do not exist. */
  static String of(HttpServletRequest request) {
    if (request.getAttribute(ATTRIBUTE) instanceof String template) {
      return template;
    }
    String path = request.getRequestURI();
    return path.startsWith("/assets/") ? "/assets" : path.equals("/ws") || path.equals("/live") ? path : "other";
  }
}
