package tasktracker.platform.web;

import jakarta.annotation.Priority;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sees to what JAX-RS fails on before it has found a method. Characters that browsers leave unencoded in a query, such as
 * {@code |}, or a {@code %} alone, are encoded; a media type whose weight is no number is refused.
 */
@Provider
@PreMatching
@Priority(Priorities.AUTHENTICATION)
public class RequestSyntaxFilter implements ContainerRequestFilter {

  private static final Pattern WEIGHT = Pattern.compile("\\d{1,9}(\\.\\d{0,9})?|\\.\\d{1,9}");

  @Context private HttpServletRequest request;

  @Override
  public void filter(ContainerRequestContext context) {
    List.of(HttpHeaders.ACCEPT, HttpHeaders.CONTENT_TYPE).forEach(this::requireWeights);
    @Nullable String query = request.getQueryString();
    String given = request.getRequestURI() + "?" + query;
    String readable = Address.encodeIllegal(given);
    if (query != null && !readable.equals(given)) {
      context.setRequestUri(URI.create(server() + readable));
    }
  }

  private void requireWeights(String header) {
    for (String types : Collections.list(request.getHeaders(header))) {
      for (String part : types.split("[;,]")) {
        String[] sides = part.strip().split("=", 2);
        if (sides[0].strip().equalsIgnoreCase("q") && (sides.length == 1 || !WEIGHT.matcher(sides[1].strip()).matches())) {
          throw Problems.ofStatus(400);
        }
      }
    }
  }

  private String server() {
    return request.getRequestURL().substring(0, request.getRequestURL().length() - request.getRequestURI().length());
  }
}
