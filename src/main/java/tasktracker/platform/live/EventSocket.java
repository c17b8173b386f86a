package tasktracker.platform.live;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import tasktracker.platform.live.socket.OutgoingFrame;

/**
 * Events for programs, as JSON: {@code /ws?topics=messages,noise_filtering&resume=SEQ}. The program may subscribe and
 * unsubscribe with {@code {"action":"subscribe","topic":"messages"}}, and answers {@code ping} with {@code pong}.
 */
public class EventSocket extends SocketServlet {

  private static final long serialVersionUID = 1L;

  @Override
  int maxMessageBytes() {
    return 8 << 10;
  }

  @Override
  boolean wantsHtml() {
    return false;
  }

  @Override
  void onMessage(SubscriptionRouter router, SocketClient client, String text) {
    ClientRequest.parse(text).ifPresent(asked -> router.changeSubscription(client, asked));
  }

  /** A frame of the protocol. */
  static OutgoingFrame frame(String type, JsonObject data) {
    return OutgoingFrame.text(Json.createObjectBuilder().add("type", type).add("data", data).build().toString());
  }
}
