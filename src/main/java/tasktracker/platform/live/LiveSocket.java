package tasktracker.platform.live;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
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
 * Fragments for open pages: {@code /live?topics=messages,jobs&resume=SEQ}. Frames are JSON: {@code
 * {"type":"html","seq":N,"html":"…"}} to be swapped in, {@code {"type":"reload"}} when too much was missed, {@code
 * ping} to be answered with anything.
 */
@Dependent
@ServerEndpoint(value = "/live", configurator = GuardedHandshake.class)
public class LiveSocket {

  private static final System.Logger LOG = System.getLogger(LiveSocket.class.getName());
  @Inject private Switchboard switchboard;

  @OnOpen
  public void open(Session session, EndpointConfig config) {
    switchboard.connect(session, config, true);
  }

  @OnMessage(maxMessageSize = 1024)
  public void message(Session session, String text) {
    Ear ear = switchboard.ear(session);
    if (ear != null) {
      ear.heardFrom();
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
}
