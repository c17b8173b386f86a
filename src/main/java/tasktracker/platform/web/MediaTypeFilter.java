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
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import tasktracker.platform.web.problem.Problems;

/** Refuses a media type with an invalid quality value, on which JAX-RS fails before it matches a method. */
@Provider
@PreMatching
@Priority(Priorities.AUTHENTICATION)
public class MediaTypeFilter implements ContainerRequestFilter {

  private static final Pattern WEIGHT = Pattern.compile("\\d{1,9}(\\.\\d{0,9})?|\\.\\d{1,9}");

  @Context private HttpServletRequest request;

  @Override
  public void filter(ContainerRequestContext context) {
    List.of(HttpHeaders.ACCEPT, HttpHeaders.CONTENT_TYPE).forEach(this::requireWeights);
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
}
