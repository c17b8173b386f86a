package tasktracker.platform.web.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import tasktracker.platform.web.RequestKind;
import tasktracker.platform.web.template.View;

/**
 * Shows a problem to people: on a page of its own, or, when htmx requests a part of an open page, as a notification on
 * that page. The search results cover notifications, so a problem of the search box is shown among the results.
 */
public final class ProblemView {

  private static final String SEARCH_RESULTS_ID = "palette-results";

  private ProblemView() {}

  /** The view of a problem. */
  public static View of(Problem problem, HttpServletRequest request) {
    Map<String, Object> model = Map.of("problem", problem);
    if (!RequestKind.isHtmx(request)) {
      return View.page("error/problem", model);
    }
    return View.fragment("error/_notice", targetsSearchResults(request) ? "note" : "toast", model);
  }

  /** Tells htmx to keep the target and the URL of the page unchanged. */
  public static void keepPage(HttpServletRequest request, HttpServletResponse response) {
    if (RequestKind.isHtmx(request)) {
      response.setHeader("HX-Reswap", targetsSearchResults(request) ? "innerHTML" : "none");
      response.setHeader("HX-Push-Url", "false");
    }
  }

  private static boolean targetsSearchResults(HttpServletRequest request) {
    return SEARCH_RESULTS_ID.equals(request.getHeader("HX-Target"));
  }
}
