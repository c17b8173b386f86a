package tasktracker.platform.live;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;

/** Lets only those in whom the guard admits; the endpoint finds the listener among its user properties. */
public class GuardedHandshake extends ServerEndpointConfig.Configurator {

  static final String LISTENER = "tasktracker.listener";

  @Override
  public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
    config.getUserProperties().remove(LISTENER);
    CDI.current().select(SocketGuard.class).get().admit()
        .ifPresent(listener -> config.getUserProperties().put(LISTENER, listener));
  }
}
