package tasktracker.platform.security.request;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sets the security headers of every response. HSTS is set by the proxy, which knows whether HTTPS is used. */
public final class SecurityHeaders {

  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]{1,253}(?::[0-9]{1,5})?|\\[[0-9a-fA-F:]{2,45}](?::[0-9]{1,5})?");

  private SecurityHeaders() {}

  /** Sets the security headers, {@code X-Request-ID}, and {@code Cache-Control: no-store}, which assets replace. */
  public static void put(HttpServletRequest request, HttpServletResponse response, String requestId) {
    response.setHeader("Content-Security-Policy", policy(request.getHeader("Host")));
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "same-origin");
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    response.setHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
    response.setHeader("X-Request-ID", requestId);
    // Assets set their own caching; all other responses are private.
    response.setHeader("Cache-Control", "no-store");
  }

  public static String policy(@Nullable String host) {
    // Older browsers do not include sockets of the same host in 'self'.
    String sockets = host != null && HOST.matcher(host).matches() ? " ws://" + host + " wss://" + host : "";
    return "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'" + sockets
        + "; img-src 'self' data:; font-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
  }
}
