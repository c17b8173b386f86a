package tasktracker.knowledge.version;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;

/** SQL statements about versions. All join the caller's transaction. */
@ApplicationScoped
public class VersionStore {

  /** Above this number, counts say "more than". */
  public static final int COUNT_LIMIT = 10_000;
  private static final int MAX_LISTED = 200;
  private static final List<String> STATUSES = List.of("pending", "approved", "rejected");

  private final Database database;

  @Inject
  public VersionStore(Database database) {
    this.database = database;
  }

  /** The numbers of pending versions, counted up to 10,000. */
  public record PendingCount(long count, long topics, long atoms) {}

  public Optional<VersionItem> find(UUID id) {
    return database.ask(sql -> sql.createQuery(VersionItem.SELECT + "where v.id = :id").bind("id", id).map(Database.to(VersionItem.class))
        .findOne());
  }

  public Optional<VersionItem> find(VersionedType type, UUID entity, int number) {
    return database.ask(sql -> sql.createQuery(VersionItem.SELECT + """
            where v.entity_type = :type and v.entity_id = :entity and v.version = :number""")
        .bind("type", type.wire()).bind("entity", entity).bind("number", number).map(Database.to(VersionItem.class)).findOne());
  }

  /** Lists the versions of a topic or atom, newest first. */
  public List<VersionItem> list(VersionedType type, UUID entity) {
    return database.ask(sql -> sql.createQuery(VersionItem.SELECT + """
            where v.entity_type = :type and v.entity_id = :entity order by v.version desc limit :limit""")
        .bind("type", type.wire()).bind("entity", entity).bind("limit", MAX_LISTED).map(Database.to(VersionItem.class)).list());
  }

  /** Lists versions of all topics and atoms, newest first. */
  public List<VersionItem> list(@Nullable String status, @Nullable String type, int limit, int skip) {
    return database.ask(sql -> sql.createQuery(VersionItem.SELECT + condition(status, type)
        + " order by v.created_at desc, v.id desc limit :limit offset :skip").bindMap(values(status, type)).bind("limit", limit)
        .bind("skip", skip).map(Database.to(VersionItem.class)).list());
  }

  /** Only what is asked for is in the statement, so that each has the plan of its own index. */
  private static String condition(@Nullable String status, @Nullable String type) {
    return "where true" + (status == null ? "" : " and v.status = :status") + (type == null ? "" : " and v.entity_type = :type");
  }

  private static Map<String, Object> values(@Nullable String status, @Nullable String type) {
    Map<String, Object> values = new HashMap<>();
    if (status != null) {
      values.put("status", status);
    }
    if (type != null) {
      values.put("type", type);
    }
    return values;
  }

  /** Counts versions, up to {@link #COUNT_LIMIT}. */
  public long count(@Nullable String status, @Nullable String type) {
    return database.ask(sql -> sql.createQuery("select count(*) from (select from knowledge_version v " + condition(status, type)
        + " limit " + COUNT_LIMIT + ") as found").bindMap(values(status, type)).mapTo(Long.class).one());
  }

  /** Counts versions by status, each up to {@link #COUNT_LIMIT}. */
  public Map<String, Long> countByStatus(@Nullable String type) {
    return STATUSES.stream().collect(Collectors.toMap(status -> status, status -> count(status, type)));
  }

  public PendingCount countPending() {
    return database.ask(sql -> sql.createQuery("""
            select count(*) as "count", count(*) filter (where entity_type = 'topic') as topics,
                   count(*) filter (where entity_type = 'atom') as atoms
              from (select entity_type from knowledge_version where status = 'pending' limit 10000) as pending""")
        .map(Database.to(PendingCount.class)).one());
  }

  /** Whether a version of the topic or atom waits for review. */
  public boolean hasPending(VersionedType type, UUID entity) {
    return database.ask(sql -> sql.createQuery("""
            select exists (select from knowledge_version where entity_type = :type and entity_id = :entity and status = 'pending')""")
        .bind("type", type.wire()).bind("entity", entity).mapTo(Boolean.class).one());
  }

  /** Whether a version with the same change waits for review or was rejected; {@code data} is JSON of the changed fields. */
  boolean isProposed(VersionedType type, UUID entity, String data) {
    return database.ask(sql -> sql.createQuery("""
            select exists (select from knowledge_version where entity_type = :type and entity_id = :entity
              and status in ('pending', 'rejected') and md5(data::jsonb::text) = md5(cast(:data as jsonb)::text)
              and data::jsonb = cast(:data as jsonb))""")
        .bind("type", type.wire()).bind("entity", entity).bind("data", data).mapTo(Boolean.class).one());
  }

  /** The edit of this person that led from this revision to the present one, unless it was ended before that time. */
  Optional<UUID> findOpenEdit(VersionedType type, UUID entity, int revision, String by, Instant since) {
    return database.ask(sql -> sql.createQuery("""
            select id from knowledge_version where entity_type = :type and entity_id = :entity and base_revision = :revision
               and edited_at >= :since and created_by = :by order by version desc limit 1""")
        .bind("type", type.wire()).bind("entity", entity).bind("revision", revision).bind("by", by).bind("since", since)
        .mapTo(UUID.class).findOne());
  }

  void delete(VersionedType type, UUID entity) {
    database.run(sql -> sql.createUpdate("delete from knowledge_version where entity_type = :type and entity_id = :entity")
        .bind("type", type.wire()).bind("entity", entity).execute());
  }

  /** The number of the next version. The caller has locked the topic or atom, so that numbers have no gaps. */
  int nextNumber(VersionedType type, UUID entity) {
    return database.ask(sql -> sql.createQuery("""
            select coalesce(max(version), 0) + 1 from knowledge_version where entity_type = :type and entity_id = :entity""")
        .bind("type", type.wire()).bind("entity", entity).mapTo(Integer.class).one());
  }
}
