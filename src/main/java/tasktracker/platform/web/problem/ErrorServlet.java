package tasktracker.platform.web.problem;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import tasktracker.platform.web.Preferences;
import tasktracker.platform.web.RequestKind;
import tasktracker.platform.web.json.Json;
import tasktracker.platform.web.template.PageVariables;
import tasktracker.platform.web.template.Templates;

/** Handles errors outside of resources, so that no client sees a stack trace or an error page of the server. */
public class ErrorServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Inject private transient Templates templates;
  @Inject private transient Instance<PageVariables> variables;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Problem problem = problem(request);
    response.setStatus(problem.status());
    String path = Optional.ofNullable((String) request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI)).orElse(request.getRequestURI());
    boolean api = RequestKind.isApi(path) || !RequestKind.wantsPage(request);
    response.setContentType(api ? "application/problem+json" : "text/html; charset=utf-8");
    response.getWriter().write(api ? Json.jsonb().toJson(Problems.body(problem, path)) : page(problem, request, response));
  }

  private String page(Problem problem, HttpServletRequest request, HttpServletResponse response) {
    ProblemView.keepPage(request, response);
    return templates.render(ProblemView.of(problem, request), Preferences.of(request).locale(), variables);
  }

  private static Problem problem(HttpServletRequest request) {
    if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable failure) {
      return Problems.of(failure);
    }
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    return Problems.ofStatus(status instanceof Integer code ? code : 404);
  }
}
