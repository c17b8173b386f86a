package tasktracker.platform.web;

import jakarta.annotation.Priority;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Encodes what browsers leave unencoded in a query, such as {@code |}, or a {@code %} alone: JAX-RS makes a {@link URI} of
 * the address before it reads a parameter, and fails.
 */
@Provider
@PreMatching
@Priority(Priorities.AUTHENTICATION)
public class LenientQueryFilter implements ContainerRequestFilter {

  @Context private HttpServletRequest request;

  @Override
  public void filter(ContainerRequestContext context) {
    @Nullable String query = request.getQueryString();
    String given = request.getRequestURI() + "?" + query;
    String readable = Address.encodeIllegal(given);
    if (query != null && !readable.equals(given)) {
      context.setRequestUri(URI.create(server() + readable));
    }
  }

  private String server() {
    return request.getRequestURL().substring(0, request.getRequestURL().length() - request.getRequestURI().length());
  }
}
