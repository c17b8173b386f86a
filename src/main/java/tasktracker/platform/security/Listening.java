package tasktracker.platform.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.websocket.server.HandshakeRequest;
import java.lang.System.Logger.Level;
import java.net.HttpCookie;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import tasktracker.platform.live.LiveTopic;
import tasktracker.platform.live.SocketGuard;

/**
 * Who may listen to the sockets: people in a session and programs with a token. {@link Door} has judged the origin and
 * the rate already; here the listener gets a name to be asked about again while the socket is open.
 */
@ApplicationScoped
public class Listening implements SocketGuard {

  private static final System.Logger LOG = System.getLogger(Listening.class.getName());
  /** These tell how the product is set up. */
  private static final Set<LiveTopic> FOR_REVIEWERS = EnumSet.of(LiveTopic.AGENTS, LiveTopic.PROVIDERS);

  private final Callers callers;
  private final Cache<String, Boolean> answers =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofSeconds(1)).build();

  @SuppressWarnings("NullAway")
  protected Listening() {
    this(null); // for the container's proxy
  }

  @Inject
  public Listening(Callers callers) {
    this.callers = callers;
  }

  /** How a listener is written down: by which means, under which key, in which role. */
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
  public Optional<Listener> admit(HandshakeRequest request) {
    return caller(request.getHeaders()).map(c -> new Listener(Subject.of(c).written(), c.preferences().locale()));
  }

  private Optional<Caller> caller(Map<String, List<String>> headers) {
    Optional<String> bearer = values(headers, "Authorization").filter(h -> h.startsWith("Bearer ")).findFirst();
    return bearer.isPresent() ? callers.ofToken(bearer.get().substring("Bearer ".length()).strip(), "")
        : cookies(headers).filter(c -> c.getName().equals(Cookies.SESSION)).findFirst()
            .flatMap(c -> callers.ofSession(c.getValue()));
  }

  private static Stream<String> values(Map<String, List<String>> headers, String name) {
    return headers.entrySet().stream().filter(e -> name.equalsIgnoreCase(e.getKey())).flatMap(e -> e.getValue().stream());
  }

  private static Stream<HttpCookie> cookies(Map<String, List<String>> headers) {
    return values(headers, "Cookie").flatMap(h -> Arrays.stream(h.split(";"))).map(String::strip)
        .filter(c -> c.startsWith(Cookies.SESSION + "=")).flatMap(c -> HttpCookie.parse(c).stream());
  }

  @Override
  public boolean stillAdmitted(Listener listener) {
    return answers.get(listener.subject(), this::ask);
  }

  private boolean ask(String subject) {
    Subject listening = Subject.read(subject);
    try {
      return callers.now(listening.how(), listening.credentialId()).filter(c -> c.role() == listening.role()).isPresent();
    } catch (RuntimeException databaseAway) {
      LOG.log(Level.DEBUG, "Whether a listener may stay can not be told now: {0}", databaseAway.getMessage());
      return true;
    }
  }

  @Override
  public boolean mayHear(Listener listener, LiveTopic topic) {
    return !FOR_REVIEWERS.contains(topic) || Subject.read(listener.subject()).role().includes(Role.REVIEWER);
  }
}
