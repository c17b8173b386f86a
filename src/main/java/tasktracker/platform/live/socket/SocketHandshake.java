package tasktracker.platform.live.socket;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import tasktracker.platform.web.problem.Problem;

/** The opening handshake (RFC 6455, 4.2). No extension and no subprotocol is negotiated. */
public final class SocketHandshake {

  private static final String KEY = "Sec-WebSocket-Key";
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private SocketHandshake() {}

  /** @throws Problem 400 or 426 when this is not a valid handshake of version 13 */
  public static void check(HttpServletRequest request, HttpServletResponse response) {
    if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade")) || !"13".equals(request.getHeader("Sec-WebSocket-Version"))) {
      response.setHeader("Sec-WebSocket-Version", "13");
      throw new Problem(426, "Upgrade required", "Only WebSocket version 13 is supported.");
    }
    boolean isValid = request.getMethod().equals("GET") && asksForUpgrade(request) && hasKey(request)
        && request.getContentLengthLong() <= 0 && request.getHeader("Transfer-Encoding") == null;
    if (!isValid) {
      throw Problem.badRequest("This is not a valid WebSocket handshake.");
    }
  }

  private static boolean asksForUpgrade(HttpServletRequest request) {
    return Collections.list(request.getHeaders("Connection")).stream().flatMap(h -> Arrays.stream(h.split(",")))
        .anyMatch(token -> token.strip().equalsIgnoreCase("upgrade"));
  }

  private static boolean hasKey(HttpServletRequest request) {
    String key = request.getHeader(KEY);
    return key != null && key.matches("[A-Za-z0-9+/]{22}==");
  }

  /** Answers a valid handshake with 101; {@link #check} must be called first. */
  public static void accept(HttpServletRequest request, HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_SWITCHING_PROTOCOLS);
    response.setHeader("Upgrade", "websocket");
    response.setHeader("Connection", "Upgrade");
    response.setHeader("Sec-WebSocket-Accept", acceptKey(request.getHeader(KEY)));
  }

  static String acceptKey(String key) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // Every Java platform supports SHA-1.
    }
  }
}
