package tasktracker.platform.outbound;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.Ids;
import tasktracker.platform.security.audit.Audit;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;

/**
 * The addresses of this machine and its network that requests may go to: those of {@code OUTBOUND_ALLOWED}, and those that
 * administrators have added.
 */
@ApplicationScoped
public class OutboundAllowList implements AllowedAddresses {

  /**
   * An allowed address.
   *
   * @param id null when the environment allows it
   */
  public record Entry(@Nullable UUID id, String host, int port, @Nullable String createdBy, @Nullable Instant createdAt) {

    public HostAndPort address() {
      return new HostAndPort(host, port);
    }
  }

  private final Database database;
  private final Audit audit;
  private final Set<HostAndPort> environment;

  /** Fails when {@code OUTBOUND_ALLOWED} is not a list of {@code host:port}. */
  @Inject
  public OutboundAllowList(Database database, Audit audit, @ConfigProperty(name = "OUTBOUND_ALLOWED") Optional<String> setting) {
    this.database = database;
    this.audit = audit;
    this.environment = Stream.of(setting.orElse("").split(",")).map(String::strip).filter(text -> !text.isEmpty())
        .map(OutboundAllowList::required).collect(Collectors.toUnmodifiableSet());
  }

  private static HostAndPort required(String text) {
    return HostAndPort.parse(text).orElseThrow(() -> new IllegalStateException(
        "OUTBOUND_ALLOWED contains '" + text + "'; it is a list of host:port, separated by commas"));
  }

  void check(@Observes Startup event) {
    // The constructor has checked the setting.
  }

  @Override
  public boolean isAllowed(HostAndPort address) {
    return environment.contains(address) || database.ask(sql -> sql.createQuery(
        "select exists (select from outbound_allowed where host = :host and port = :port)")
        .bind("host", address.host()).bind("port", address.port()).mapTo(Boolean.class).one());
  }

  /** All allowed addresses, those of the environment first. */
  public List<Entry> list() {
    Stream<Entry> added = database.ask(sql -> sql.createQuery(
        "select id, host, port, created_by, created_at from outbound_allowed order by host, port")
        .map(Database.to(Entry.class)).list()).stream();
    return Stream.concat(environment.stream().map(a -> new Entry(null, a.host(), a.port(), null, null)), added).toList();
  }

  /**
   * Allows an address; allowing it again changes nothing.
   *
   * @throws Problem 422 when the text is not {@code host:port}
   */
  @Transactional
  public HostAndPort allow(String text, String by) {
    HostAndPort address = HostAndPort.parse(text).orElseThrow(
        () -> Problem.unprocessable(LocalizedMessage.of("problem.outbound.address")));
    int added = database.ask(sql -> sql.createUpdate("""
            insert into outbound_allowed (id, host, port, created_by) values (:id, :host, :port, :by)
            on conflict (host, port) do nothing""")
        .bind("id", Ids.next()).bind("host", address.host()).bind("port", address.port()).bind("by", by).execute());
    if (added > 0) {
      audit.record("outbound.allowed", "outbound_address", address, Map.of());
    }
    return address;
  }

  /**
   * Removes an address that was added.
   *
   * @throws Problem 404 when there is none with this id
   */
  @Transactional
  public void remove(UUID id) {
    Entry removed = database.ask(sql -> sql.createQuery(
        "delete from outbound_allowed where id = :id returning id, host, port, created_by, created_at")
        .bind("id", id).map(Database.to(Entry.class)).findOne())
        .orElseThrow(() -> Problem.notFound(LocalizedMessage.of("problem.none.outbound")));
    audit.record("outbound.removed", "outbound_address", removed.address(), Map.of());
  }
}
