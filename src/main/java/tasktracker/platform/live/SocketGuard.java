package tasktracker.platform.live;

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

  /** Who opens a socket by the present request; empty when it was not let in. */
  Optional<Listener> admit();

  /** False once they signed out or lost the right. */
  boolean stillAdmitted(Listener listener);

  /** Whether they may hear this topic. */
  boolean mayHear(Listener listener, LiveTopic topic);
}
