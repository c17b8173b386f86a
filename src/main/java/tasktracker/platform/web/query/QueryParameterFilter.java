package tasktracker.platform.web.query;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;

/**
 * Refuses query parameters that the matched API method does not declare, so that a program notices a misspelt one. Pages
 * ignore them, because links from other sites add their own.
 */
@Provider
@Priority(Priorities.USER)
public class QueryParameterFilter implements ContainerRequestFilter {

  @Context private ResourceInfo resource;

  @Override
  public void filter(ContainerRequestContext request) {
    if (isApi(resource.getResourceClass())) {
      DeclaredParameters.of(resource.getResourceClass(), resource.getResourceMethod()).check(request.getUriInfo().getQueryParameters());
    }
  }

  private static boolean isApi(Class<?> type) {
    return type.isAnnotationPresent(Path.class) && (type.getAnnotation(Path.class).value() + "/").startsWith("/api/v1/");
  }
}
