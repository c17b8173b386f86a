package tasktracker.platform.live;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.lang.System.Logger.Level;

/**
 * Events for programs, as JSON: {@code /ws?topics=messages,noise_filtering&resume=SEQ}. The program may subscribe and
 * unsubscribe with {@code {"action":"subscribe","topic":"messages"}}, and answers {@code ping} with {@code pong}.
 */
@Dependent
@ServerEndpoint(value = "/ws", configurator = GuardedHandshake.class)
public class EventSocket {

  private static final System.Logger LOG = System.getLogger(EventSocket.class.getName());
  @Inject private Switchboard switchboard;

  @OnOpen
  public void open(Session session, EndpointConfig config) {
    switchboard.connect(session, config, false);
  }

  @OnMessage(maxMessageSize = 8192)
  public void message(Session session, String text) {
    Ear ear = switchboard.ear(session);
    if (ear == null) {
      return;
    }
    ear.heardFrom();
    try {
      JsonObject asked = LiveEvent.object(text);
      String action = asked.getString("action", "");
      if (action.equals("subscribe") || action.equals("unsubscribe")) {
        switchboard.change(ear, action, asked.getString("topic", ""));
      }
    } catch (JsonException | ClassCastException e) {
      LOG.log(Level.DEBUG, "Ignored a message that is not ours: {0}", e.getMessage());
    }
  }

  @OnClose
  public void close(Session session, CloseReason reason) {
    switchboard.disconnect(session, reason);
  }

  @OnError
  public void error(Session session, Throwable failure) {
    LOG.log(Level.DEBUG, "Socket failed: {0}", failure.getMessage());
    switchboard.disconnect(session);
  }

  /** The words of the protocol. */
  static String frame(String type, JsonObject data) {
    return Json.createObjectBuilder().add("type", type).add("data", data).build().toString();
  }

}
