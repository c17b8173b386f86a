package tasktracker.platform.web;

import jakarta.servlet.http.HttpServletRequest;

/** Distinguishes requests of browsers, of htmx and of programs. */
public final class RequestKind {

  private RequestKind() {}

  /** True when the client wants a page: the path does not belong to the API, and HTML is acceptable. */
  public static boolean wantsPage(HttpServletRequest request) {
    String accept = request.getHeader("Accept");
    return !isApi(request.getRequestURI()) && (isHtmx(request) || accept != null && accept.contains("text/html"));
  }

  /** True for paths of the API and its description, the webhook and the event socket. */
  public static boolean isApi(String path) {
    return path.startsWith("/api/") || path.startsWith("/webhook/") || path.equals("/ws") || path.equals("/openapi");
  }

  /** True when htmx requests a fragment; restoring a history entry needs the whole page. */
  public static boolean isHtmx(HttpServletRequest request) {
    return "true".equals(request.getHeader("HX-Request")) && !"true".equals(request.getHeader("HX-History-Restore-Request"));
  }
}
