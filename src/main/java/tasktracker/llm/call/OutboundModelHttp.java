package tasktracker.llm.call;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tasktracker.llm.call.CallFailure.Kind;
import tasktracker.platform.outbound.OutboundClient;
import tasktracker.platform.outbound.OutboundException;
import tasktracker.platform.outbound.OutboundLimits;
import tasktracker.platform.outbound.OutboundRequest;
import tasktracker.platform.outbound.OutboundResponse;

/** Sends calls of models by the guarded client. */
@ApplicationScoped
public class OutboundModelHttp implements ModelHttp {

  private final OutboundClient client;

  @Inject
  public OutboundModelHttp(OutboundClient client) {
    this.client = client;
  }

  @Override
  public Response send(URI url, Map<String, String> headers, @Nullable String body, Duration timeout) {
    try {
      OutboundResponse response = client.send(new OutboundRequest(body == null ? "GET" : "POST", url, headers, body),
          OutboundLimits.ofTotal(timeout));
      Map<String, String> all = new HashMap<>();
      response.headers().forEach((name, values) -> all.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
      return new Response(response.status(), all, response.text());
    } catch (OutboundException e) {
      throw new CallFailure(kind(e.reason()), String.valueOf(e.getMessage()), null, e);
    }
  }

  private static Kind kind(OutboundException.Reason reason) {
    return switch (reason) {
      case INVALID_URL, ADDRESS_REFUSED -> Kind.ADDRESS;
      case TIMEOUT -> Kind.TIMEOUT;
      case TOO_LARGE -> Kind.TOO_LARGE;
      case UNKNOWN_HOST, UNREACHABLE, TLS, INVALID_RESPONSE -> Kind.UNAVAILABLE;
    };
  }
}
