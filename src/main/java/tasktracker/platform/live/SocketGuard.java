package tasktracker.platform.live;

import jakarta.websocket.server.HandshakeRequest;
import java.util.Locale;
import java.util.Optional;

/** Decides at the handshake who may listen, and later whether they still may. One bean, of the security package. */
public interface SocketGuard {

  /**
   * Who listens.
   *
   * @param subject account and session or token, in the guard's own words, to ask about again
   * @param locale the language pages speak to them
   */
  record Listener(String subject, Locale locale) {}

  /** The listener, or empty when the request has no session, no token, or comes from a foreign page. */
  Optional<Listener> admit(HandshakeRequest request);

  /** False once they signed out or lost the right. */
  boolean stillAdmitted(Listener listener);

  /** Whether they may hear this topic. */
  boolean mayHear(Listener listener, LiveTopic topic);
}
