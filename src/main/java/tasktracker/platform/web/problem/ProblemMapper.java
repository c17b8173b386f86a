package tasktracker.platform.web.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import tasktracker.platform.web.RequestKind;
import tasktracker.platform.web.json.Json;

/** Maps every exception of a resource to a response: a page for people, problem+json for programs. */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {

  @Context private HttpServletRequest request;
  @Context private HttpServletResponse headers;

  @Override
  public Response toResponse(Throwable failure) {
    return response(Problems.of(failure), request, headers);
  }

  /** The response to a request that failed with this problem. */
  public static Response response(Problem problem, HttpServletRequest request, HttpServletResponse headers) {
    var response = Response.status(problem.status());
    if (problem.retryAfterSeconds() != null) {
      response.header(HttpHeaders.RETRY_AFTER, problem.retryAfterSeconds());
    }
    return RequestKind.wantsPage(request) ? page(response, problem, request, headers) : json(response, problem, request);
  }

  private static Response page(Response.ResponseBuilder response, Problem problem, HttpServletRequest request,
      HttpServletResponse headers) {
    ProblemView.keepPage(request, headers);
    return response.type(MediaType.TEXT_HTML_TYPE.withCharset("utf-8")).entity(ProblemView.of(problem, request)).build();
  }

  private static Response json(Response.ResponseBuilder response, Problem problem, HttpServletRequest request) {
    return response.type("application/problem+json")
        .entity(Json.jsonb().toJson(Problems.body(problem, request.getRequestURI()))).build();
  }
}
