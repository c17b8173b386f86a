package tasktracker.platform.live;

import java.util.Locale;

/** Decides at the handshake who may listen, and later whether they still may. One bean, of the security package. */
public interface SocketGuard {

  /**
   * Who listens.
   *
   * @param subject account and session or token, in the guard's own words, to ask about again
   * @param account whose open sockets are counted together
   * @param locale the language pages speak to them
   */
  record Listener(String subject, String account, Locale locale) {}

  /**
   * Who asks in the present request to listen.
   *
   * @throws tasktracker.platform.web.Problem 401 when the request was not let in
   */
  Listener admit();

  /** False once they signed out or lost the right. */
  boolean stillAdmitted(Listener listener);

  /** Whether they are among those. */
  boolean belongsTo(Listener listener, Audience audience);

  /** Whether they may hear this topic. */
  default boolean mayHear(Listener listener, LiveTopic topic) {
    return belongsTo(listener, topic.audience());
  }
}
