package tasktracker.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;

/**
 * A problem as a person is told it: on a page of its own, or, when htmx asks for a part of a page that is there, in a
 * notice beside what she sees. The results under the search box lie above all notices, so it is told among them.
 */
public final class ProblemView {

  private static final String ABOVE_NOTICES = "palette-results";

  private ProblemView() {}

  /** What is rendered. */
  public static View of(Problem problem, HttpServletRequest request) {
    Map<String, Object> model = Map.of("problem", problem);
    if (!RequestKind.isHtmx(request)) {
      return View.page("error/problem", model);
    }
    return View.fragment("error/_notice", isAboveNotices(request) ? "note" : "toast", model);
  }

  /** Tells htmx that what is asked for stays as it is, and so does the address. */
  public static void keepThePage(HttpServletRequest request, HttpServletResponse response) {
    if (RequestKind.isHtmx(request)) {
      response.setHeader("HX-Reswap", isAboveNotices(request) ? "innerHTML" : "none");
      response.setHeader("HX-Push-Url", "false");
    }
  }

  private static boolean isAboveNotices(HttpServletRequest request) {
    return ABOVE_NOTICES.equals(request.getHeader("HX-Target"));
  }
}
