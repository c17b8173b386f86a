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

/** Notes by which template a request found its resource: addresses have ids in them and would be too many to count by. */
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
    @Nullable Path path = element.getAnnotation(Path.class);
    return path == null ? "" : path.value();
  }

  static String join(String type, String method) {
    return ("/" + type + "/" + method).replaceAll("/{2,}", "/").replaceAll("(?<=.)/$", "");
  }

  /** The template, or the part of the server that answered; {@code other} when nothing of ours did. */
  static String of(HttpServletRequest request) {
    if (request.getAttribute(ATTRIBUTE) instanceof String template) {
      return template;
    }
    String path = request.getRequestURI();
    return path.startsWith("/assets/") ? "/assets" : path.equals("/ws") || path.equals("/live") ? path : "other";
  }
}
