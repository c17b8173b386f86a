package tasktracker.platform.job.run;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;

/** The nodes of the cluster with their last heartbeats. */
@ApplicationScoped
public class Nodes {

  private final Database database;

  @Inject
  public Nodes(Database database) {
    this.database = database;
  }

  /**
   * Registers a node that has just started.
   *
   * @return false when another node of that name sent a heartbeat within the last five seconds
   */
  boolean register(NodeIdentity node) {
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

  void recordHeartbeat(NodeIdentity node) {
    database.run(h -> h.createUpdate("update node set seen_at = now() where name = ?").bind(0, node.name()).execute());
  }

  void deregister(NodeIdentity node) {
    database.run(h -> h.createUpdate("update node set stopped_at = now() where name = ? and incarnation = ?")
        .bind(0, node.name()).bind(1, node.incarnation()).execute());
  }

  /**
   * Marks a node as stopped that is away: it has sent no heartbeat for 15 seconds. Joins the caller's transaction.
   *
   * @return the number of changed nodes
   */
  @Transactional
  public int forget(String name) {
    return database.ask(h -> h.execute(
        "update node set stopped_at = now() where name = ? and stopped_at is null and seen_at < now() - interval '15 seconds'", name));
  }

  /** A node. It is away when it has sent no heartbeat for 15 seconds without having stopped. */
  public record NodeRow(String name, String roles, Instant startedAt, Instant seenAt, @Nullable Instant stoppedAt,
      boolean isAway, long running) {

    /** The state for pages: stopped, away or works. */
    public String state() {
      return stoppedAt != null ? "stopped" : isAway ? "away" : "works";
    }

    /** The time of the state. */
    public Instant stateAt() {
      return stoppedAt != null ? stoppedAt : seenAt;
    }
  }

  /** Lists the nodes with a heartbeat within the last day, stopped ones last. */
  public List<NodeRow> list() {
    return database.ask(h -> h.createQuery("""
            select name, roles, started_at, seen_at, stopped_at,
                   stopped_at is null and seen_at < now() - interval '15 seconds' as is_away,
                   (select count(*) from job where state = 'running' and job.node = node.name) as running
              from node where seen_at > now() - interval '1 day'
             order by stopped_at is not null, name""").map(Database.to(NodeRow.class)).list());
  }
}
