package tasktracker.platform.live;

import java.util.Locale;

/** Authorizes a client at the handshake, and checks later whether it is still authorized. The security package implements it. */
public interface SocketGuard {

  /**
   * The user of a socket.
   *
   * @param subject account and session or token, in the guard's own format, for later checks
   * @param account the account whose open sockets are counted together
   * @param locale the language of their pages
   */
  record Listener(String subject, String account, Locale locale) {}

  /**
   * Authenticates the current request.
   *
   * @throws tasktracker.platform.web.problem.Problem 401 when the request is not authenticated
   */
  Listener admit();

  /** False after the user has signed out or lost access. */
  boolean isStillAdmitted(Listener listener);

  /** Returns whether the user belongs to this audience. */
  boolean isIn(Listener listener, Audience audience);

  /** Returns whether the user may subscribe to this topic. */
  default boolean maySubscribe(Listener listener, LiveTopic topic) {
    return isIn(listener, topic.audience());
  }
}
