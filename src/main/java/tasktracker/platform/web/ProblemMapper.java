package tasktracker.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Answers every failure of a resource: as a page to people, as problem+json to programs. */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {

  @Context private UriInfo uri;
  @Context private HttpServletRequest request;
  @Context private HttpServletResponse headers;

  @Override
  public Response toResponse(Throwable failure) {
    Problem problem = Problems.of(failure);
    var response = Response.status(problem.status());
    if (problem.retryAfterSeconds() != null) {
      response.header(HttpHeaders.RETRY_AFTER, problem.retryAfterSeconds());
    }
    return PageRequest.wantsPage(request) ? page(response, problem) : json(response, problem);
  }

  private Response page(Response.ResponseBuilder response, Problem problem) {
    ProblemView.keepThePage(request, headers);
    return response.type(MediaType.TEXT_HTML_TYPE.withCharset("utf-8")).entity(ProblemView.of(problem, request)).build();
  }

  private Response json(Response.ResponseBuilder response, Problem problem) {
    return response.type("application/problem+json")
        .entity(Json.jsonb().toJson(Problems.body(problem, uri.getRequestUri().getPath()))).build();
  }
}
