package tasktracker.platform.security.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tasktracker.platform.security.SignInRequired;
import tasktracker.platform.security.request.CrossOriginProtection;
import tasktracker.platform.security.request.LocalAddress;
import tasktracker.platform.web.Preferences;
import tasktracker.platform.web.RequestKind;
import tasktracker.platform.web.json.Json;
import tasktracker.platform.web.problem.Problem;
import tasktracker.platform.web.problem.ProblemMapper;
import tasktracker.platform.web.problem.ProblemView;
import tasktracker.platform.web.problem.Problems;
import tasktracker.platform.web.template.PageVariables;
import tasktracker.platform.web.template.Templates;

/**
 * Writes responses to refused requests: a redirect to the sign-in page for people, problem details for programs. Only the
 * format depends on the path and on {@code Accept}, never the decision.
 */
@ApplicationScoped
public class ErrorResponses {

  private static final String CHALLENGE = "Bearer realm=\"Task Tracker\"";

  @Inject Templates templates;
  @Inject Instance<PageVariables> variables;

  /** The response of a resource. */
  protected Response response(Problem problem, HttpServletRequest request, HttpServletResponse response) {
    if (!(problem instanceof SignInRequired)) {
      return ProblemMapper.response(problem, request, response);
    }
    if (!isForPeople(request)) {
      Response answer = ProblemMapper.response(problem, request, response);
      return Response.fromResponse(answer).header(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE).build();
    }
    return RequestKind.isHtmx(request)
        ? Response.status(401).header("HX-Redirect", fromFragment(request)).build()
        : Response.status(303).header(HttpHeaders.LOCATION, fromPage(request)).build();
  }

  /** Writes the response when no resource was reached. */
  protected void write(Problem problem, HttpServletRequest request, HttpServletResponse response) throws IOException {
    if (problem instanceof SignInRequired && isForPeople(request)) {
      redirect(request, response);
    } else if (RequestKind.wantsPage(request)) {
      ProblemView.keepPage(request, response);
      write(problem, response, "text/html; charset=utf-8", page(problem, request));
    } else {
      write(problem, response, "application/problem+json",
          Json.jsonb().toJson(Problems.body(problem, request.getRequestURI())));
    }
  }

  /** The paths of pages are for people, unless the request asks for JSON. */
  private static boolean isForPeople(HttpServletRequest request) {
    String accept = Optional.ofNullable(request.getHeader("Accept")).orElse("");
    return RequestKind.wantsPage(request) || !RequestKind.isApi(request.getRequestURI()) && !accept.contains("json")
        && request.getHeader("Authorization") == null && request.getHeader("Upgrade") == null;
  }

  private static void redirect(HttpServletRequest request, HttpServletResponse response) {
    if (RequestKind.isHtmx(request)) {
      response.setStatus(401);
      response.setHeader("HX-Redirect", fromFragment(request));
    } else {
      response.setStatus(303);
      response.setHeader("Location", fromPage(request));
    }
  }

  private static String fromFragment(HttpServletRequest request) {
    return signIn(LocalAddress.pathOf(request.getHeader("HX-Current-URL")));
  }

  private static String fromPage(HttpServletRequest request) {
    String query = request.getQueryString();
    return signIn(CrossOriginProtection.isSafe(request.getMethod()) ? request.getRequestURI() + (query == null ? "" : "?" + query) : "/");
  }

  private static String signIn(String next) {
    String local = LocalAddress.orHome(next);
    return local.equals("/") ? "/sign-in" : "/sign-in?next=" + URLEncoder.encode(local, StandardCharsets.UTF_8);
  }

  private String page(Problem problem, HttpServletRequest request) {
    return templates.render(ProblemView.of(problem, request), Preferences.of(request).locale(), variables);
  }

  private static void write(Problem problem, HttpServletResponse response, String type, String body) throws IOException {
    response.setStatus(problem.status());
    response.setContentType(type);
    if (problem.status() == 401) {
      response.setHeader(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE);
    }
    if (problem.retryAfterSeconds() != null) {
      response.setHeader("Retry-After", problem.retryAfterSeconds().toString());
    }
    response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
  }
}
