package tasktracker.platform.security.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.UUID;
import tasktracker.platform.live.Audience;
import tasktracker.platform.live.SocketGuard;
import tasktracker.platform.security.Caller;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.Role;
import tasktracker.platform.security.SignInRequired;

/**
 * Authorizes sockets by the session or token of their handshake, which has passed {@link SocketFilter}. Each listener has a
 * subject by which its authorization is checked again while the socket is open. Thread-safe.
 */
@ApplicationScoped
public class SocketAuthorizer implements SocketGuard {

  private static final System.Logger LOG = System.getLogger(SocketAuthorizer.class.getName());

  private final Callers callers;
  private final Identity identity;
  private final Cache<String, Boolean> answers = Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofSeconds(1)).build();

  @Inject
  public SocketAuthorizer(Callers callers, Identity identity) {
    this.callers = callers;
    this.identity = identity;
  }

  /** The subject of a listener as text: kind and id of its credential, and its role. */
  private record Subject(Caller.How how, UUID credentialId, Role role) {

    static Subject of(Caller caller) {
      return new Subject(caller.how(), caller.credentialId(), caller.role());
    }

    static Subject read(String text) {
      String[] parts = text.split(" ");
      return new Subject(Caller.How.valueOf(parts[0]), UUID.fromString(parts[1]), Role.valueOf(parts[2]));
    }

    String written() {
      return how + " " + credentialId + " " + role;
    }
  }

  @Override
  public Listener admit() {
    Caller caller = identity.socketCaller().orElseThrow(SignInRequired::new);
    return new Listener(Subject.of(caller).written(), caller.accountId().toString(), caller.preferences().locale());
  }

  @Override
  public boolean isStillAdmitted(Listener listener) {
    return answers.get(listener.subject(), this::ask);
  }

  private boolean ask(String subject) {
    Subject listening = Subject.read(subject);
    try {
      return callers.now(listening.how(), listening.credentialId()).filter(c -> c.role() == listening.role()).isPresent();
    } catch (RuntimeException databaseAway) {
      LOG.log(Level.DEBUG, "The authorization of a socket could not be checked: {0}", databaseAway.getMessage());
      return true;
    }
  }

  @Override
  public boolean isIn(Listener listener, Audience audience) {
    return Subject.read(listener.subject()).role().includes(leastRole(audience));
  }

  public static Role leastRole(Audience audience) {
    return switch (audience) {
      case READERS -> Role.READER;
      case REVIEWERS -> Role.REVIEWER;
      case ADMINISTRATORS -> Role.ADMIN;
    };
  }
}
