package tasktracker.platform.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;

/** The servers of the cluster, as they last showed themselves. */
@ApplicationScoped
public class Nodes {

  private final Database database;

  @SuppressWarnings("NullAway")
  protected Nodes() {
    this.database = null; // for the container's proxy
  }

  @Inject
  public Nodes(Database database) {
    this.database = database;
  }

  /**
   * Enters a node that has just started.
   *
   * @return false when another server of that name has shown itself within five seconds
   */
  boolean enter(NodeIdentity node) {
    return database.ask(h -> h.createQuery("""
            with before as (select * from node where name = :name),
            entered as (
              insert into node (name, incarnation, roles) values (:name, :incarnation, :roles)
              on conflict (name) do update set incarnation = excluded.incarnation, roles = excluded.roles,
                 started_at = now(), seen_at = now(), stopped_at = null)
            select not exists (select from before
                                where stopped_at is null and seen_at > now() - interval '5 seconds'
                                  and incarnation <> :incarnation)""")
        .bind("name", node.name()).bind("incarnation", node.incarnation()).bind("roles", node.roles())
        .mapTo(Boolean.class).one());
  }

  void show(NodeIdentity node) {
    database.run(h -> h.createUpdate("update node set seen_at = now() where name = ?").bind(0, node.name()).execute());
  }

  void leave(NodeIdentity node) {
    database.run(h -> h.createUpdate("update node set stopped_at = now() where name = ? and incarnation = ?")
        .bind(0, node.name()).bind(1, node.incarnation()).execute());
  }

  /** A server; it is away when it was not seen for fifteen seconds without having said goodbye. */
  public record Seen(String name, String roles, Instant startedAt, Instant seenAt, @Nullable Instant stoppedAt,
      boolean isAway, long running) {}

  /** Servers that were seen within a day, the living first. */
  public List<Seen> all() {
    return database.ask(h -> h.createQuery("""
            select name, roles, started_at, seen_at, stopped_at,
                   stopped_at is null and seen_at < now() - interval '15 seconds' as is_away,
                   (select count(*) from job where state = 'running' and job.node = node.name) as running
              from node where seen_at > now() - interval '1 day'
             order by stopped_at is not null, name""").map(Database.to(Seen.class)).list());
  }
}
