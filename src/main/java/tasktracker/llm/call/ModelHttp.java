package tasktracker.llm.call;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends requests to providers. The implementation guards the address and limits time and size. */
public interface ModelHttp {

  /** A response of any status; header names are in lower case. */
  record Response(int status, Map<String, String> headers, String body) {}

  /**
   * Sends a request and reads the whole response. Redirects are not followed.
   *
   * @param body JSON, or null for a GET
   * @throws CallFailure when there is no complete response within the limits, or the address is not allowed
   */
  Response send(URI url, Map<String, String> headers, @Nullable String body, Duration timeout);
}
