package tasktracker.platform.web;

import jakarta.servlet.http.HttpServletRequest;

/** Tells a person's browser from a program. */
public final class RequestKind {

  private RequestKind() {}

  /** True when a page is wanted: the address is not the API's and HTML is acceptable. */
  public static boolean wantsPage(HttpServletRequest request) {
    String accept = request.getHeader("Accept");
    return !isApi(request.getRequestURI()) && (isHtmx(request) || accept != null && accept.contains("text/html"));
  }

  /** True for addresses that programs use. */
  public static boolean isApi(String path) {
    return path.startsWith("/api/") || path.startsWith("/webhook/") || path.equals("/ws");
  }

  /** True when htmx asks and a fragment is enough; a restored history entry wants the whole page. */
  public static boolean isHtmx(HttpServletRequest request) {
    return "true".equals(request.getHeader("HX-Request")) && !"true".equals(request.getHeader("HX-History-Restore-Request"));
  }
}
