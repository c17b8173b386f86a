package tasktracker.knowledge.version;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;

/** SQL statements about versions. All join the caller's transaction. */
@ApplicationScoped
public class VersionStore {

  private static final int MAX_LISTED = 200;
  private static final String MATCH = """
       where (cast(:status as text) is null or v.status = :status) and (cast(:type as text) is null or v.entity_type = :type)
      """;

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
    return database
        .ask(sql -> sql.createQuery(VersionItem.SELECT + MATCH + "order by v.created_at desc, v.id desc limit :limit offset :skip")
            .bind("status", status).bind("type", type).bind("limit", limit).bind("skip", skip).map(Database.to(VersionItem.class)).list());
  }

  public long count(@Nullable String status, @Nullable String type) {
    return database.ask(sql -> sql.createQuery("select count(*) from knowledge_version v" + MATCH).bind("status", status).bind("type", type)
        .mapTo(Long.class).one());
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
              and status in ('pending', 'rejected') and data::jsonb = :data::jsonb)""")
        .bind("type", type.wire()).bind("entity", entity).bind("data", data).mapTo(Boolean.class).one());
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
