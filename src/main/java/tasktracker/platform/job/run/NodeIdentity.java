package tasktracker.platform.job.run;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The name and the roles of this node. */
@ApplicationScoped
public class NodeIdentity {

  private static final Set<String> KNOWN = Set.of("web", "worker");
  private final String name;
  private final Set<String> roles;
  private final UUID incarnation = UUID.randomUUID();

  /**
   * @param name unique among the running nodes; host and port by default
   * @param roles {@code web}, {@code worker} or both, separated by a comma
   */
  @Inject
  public NodeIdentity(@ConfigProperty(name = "NODE_NAME") Optional<String> name,
      @ConfigProperty(name = "HTTP_PORT", defaultValue = "8000") String port,
      @ConfigProperty(name = "NODE_ROLES", defaultValue = "web,worker") String roles) {
    this.name = name.filter(n -> !n.isBlank()).orElseGet(() -> host() + ":" + port);
    this.roles = parse(roles);
  }

  private static Set<String> parse(String text) {
    Set<String> roles = new TreeSet<>(
        Set.of(text.toLowerCase(java.util.Locale.ROOT).replace("both", "web,worker").trim().split("[,\\s]+")));
    if (!KNOWN.containsAll(roles)) {
      throw new IllegalStateException("NODE_ROLES is '" + text + "'; set it to web, worker, or web,worker");
    }
    return roles;
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  /** The name of this node, unique among the running nodes. */
  public String name() {
    return name;
  }

  public String roles() {
    return String.join(",", roles);
  }

  /** Whether this node runs jobs. */
  public boolean isWorker() {
    return roles.contains("worker");
  }

  /** A new id at each start of the server. */
  public UUID incarnation() {
    return incarnation;
  }
}
