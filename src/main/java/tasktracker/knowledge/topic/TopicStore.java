package tasktracker.knowledge.topic;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.analyst.KnownTopic;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.LikePattern;

/** SQL statements about topics. All join the caller's transaction. */
@ApplicationScoped
public class TopicStore {

  /** How a list of topics is sorted. */
  public static final Map<String, String> ORDERS = Map.of("name_asc", "lower(t.name), t.id", "name_desc", "lower(t.name) desc, t.id",
      "created_desc", "t.created_at desc, t.id desc", "created_asc", "t.created_at, t.id", "updated_desc", "t.updated_at desc, t.id desc");
  private static final int MAX_KNOWN = 2000;
  private static final int MAX_CHOICES = 500;

  private final Database database;

  @Inject
  public TopicStore(Database database) {
    this.database = database;
  }

  /** A page of topics and the number of all that match. */
  public record Page(List<TopicItem> items, long total) {}

  public Optional<TopicItem> find(UUID id) {
    return database.ask(sql -> sql.createQuery(TopicItem.SELECT + "where t.id = :id").bind("id", id).map(Database.to(TopicItem.class))
        .findOne());
  }

  /** Finds topics, in the order of the ids; those that do not exist are left out. */
  public List<TopicItem> find(List<UUID> ids) {
    return database.ask(sql -> sql.createQuery(TopicItem.SELECT + "where t.id = any(:ids) order by array_position(:ids, t.id)")
        .bindArray("ids", UUID.class, ids.toArray()).map(Database.to(TopicItem.class)).list());
  }

  /**
   * Lists topics.
   *
   * @param search part of the name or description, case-insensitive; null for all
   * @param isActive null for both
   * @param project null for all
   * @param order a key of {@link #ORDERS}
   */
  public Page list(@Nullable String search, @Nullable Boolean isActive, @Nullable UUID project, String order, int limit, int skip) {
    String where = " where (cast(:search as text) is null or t.name ilike :like or t.description ilike :like)"
        + " and (cast(:active as boolean) is null or t.is_active = :active)"
        + " and (cast(:project as uuid) is null or t.project_id = :project)";
    String like = search == null ? "" : LikePattern.containing(search);
    return database.ask(sql -> new Page(
        sql.createQuery(TopicItem.SELECT + where + " order by " + ORDERS.get(order) + " limit :limit offset :skip")
            .bind("search", search).bind("like", like).bind("active", isActive).bindByType("project", project, UUID.class)
            .bind("limit", limit).bind("skip", skip).map(Database.to(TopicItem.class)).list(),
        sql.createQuery("select count(*) from topic t" + where).bind("search", search).bind("like", like).bind("active", isActive)
            .bindByType("project", project, UUID.class).mapTo(Long.class).one()));
  }

  /** Lists active topics with messages between these times, the one with the latest message first. */
  public List<TopicItem> recent(@Nullable Instant from, @Nullable Instant until, int limit) {
    return database.ask(sql -> {
      List<UUID> ids = sql.createQuery("""
          select t.id from topic t cross join lateral (
            select m.sent_at from message m where m.topic_id = t.id
               and (cast(:from as timestamptz) is null or m.sent_at >= :from) and (cast(:until as timestamptz) is null or m.sent_at < :until)
             order by m.sent_at desc limit 1) as latest
           where t.is_active order by latest.sent_at desc, t.id desc limit :limit""")
          .bind("from", from).bind("until", until).bind("limit", limit).mapTo(UUID.class).list();
      return sql.createQuery(TopicItem.SELECT + "where t.id = any(:ids) order by array_position(:ids, t.id)")
          .bindArray("ids", UUID.class, ids.toArray()).map(Database.to(TopicItem.class)).list();
    });
  }

  /** A topic in a list to choose from. */
  public record Choice(UUID id, String name) {}

  /** Lists active topics by name, and the chosen one, whatever its state and however many there are. */
  public List<Choice> choices(@Nullable UUID chosen) {
    return database.ask(sql -> sql.createQuery("""
            select id, name from (
              select id, name from topic where id = :chosen
              union (select id, name from topic where is_active order by lower(name), id limit :limit)) as choice
             order by lower(name), id""")
        .bindByType("chosen", chosen, UUID.class).bind("limit", MAX_CHOICES).map(Database.to(Choice.class)).list());
  }

  /** The topic of a message. */
  public Optional<Choice> ofMessage(UUID message) {
    return database.ask(sql -> sql.createQuery("select t.id, t.name from message m join topic t on t.id = m.topic_id where m.id = :id")
        .bind("id", message).map(Database.to(Choice.class)).findOne());
  }

  /** The topic with this normalised name, present or former. */
  public Optional<UUID> findByKey(String key) {
    return database.ask(sql -> sql.createQuery("""
            select id from topic where name_key = :key
            union all select topic_id from topic_former_name where name_key = :key limit 1""")
        .bind("key", key).mapTo(UUID.class).findFirst());
  }

  /** The topics that an analyst may choose from, the latest changed first. */
  public List<KnownTopic> known() {
    return database.ask(sql -> sql.createQuery("""
            select t.id, t.name, t.description, t.vector::real[] as vector,
                   array(select f.name from topic_former_name f where f.topic_id = t.id) as former_names
              from topic t where t.is_active order by t.updated_at desc, t.id limit :limit""")
        .bind("limit", MAX_KNOWN).map((row, context) -> new KnownTopic(row.getObject("id", UUID.class), row.getString("name"),
            List.of((String[]) row.getArray("former_names").getArray()), row.getString("description"),
            vector((Float[]) (row.getArray("vector") == null ? null : row.getArray("vector").getArray()))))
        .list());
  }

  /**
   * Those of these topics that may be known from these chats alone: an analyst found them, or they have messages or quotes,
   * and no message of theirs, quoted or not, is of another chat.
   */
  public Set<UUID> findOnlyOf(Collection<UUID> chats, Collection<UUID> topics) {
    return database.ask(sql -> sql.createQuery("""
            select t.id from topic t
             where t.id = any(:topics)
               and (t.analyst is not null or exists (select from message m where m.topic_id = t.id)
                    or exists (select from topic_atom p join atom_evidence e on e.atom_id = p.atom_id where p.topic_id = t.id))
               and not exists (select from message m where m.topic_id = t.id and m.chat_id <> all(:chats))
               and not exists (select from topic_atom p join atom_evidence e on e.atom_id = p.atom_id
                                 join message m on m.id = e.message_id
                                where p.topic_id = t.id and m.chat_id <> all(:chats))""")
        .bindArray("topics", UUID.class, topics.toArray()).bindArray("chats", UUID.class, chats.toArray()).mapTo(UUID.class).set());
  }

  /** Unboxes a vector that was read from the database. */
  public static float @Nullable [] vector(Float @Nullable [] read) {
    if (read == null) {
      return null;
    }
    float[] vector = new float[read.length];
    for (int i = 0; i < read.length; i++) {
      vector[i] = read[i];
    }
    return vector;
  }

  void deleteVector(UUID id) {
    database.run(sql -> sql.createUpdate("update topic set vector = null where id = :id and vector is not null").bind("id", id).execute());
  }

  /** Boxes a vector so that it can be bound as an array. */
  public static Object[] boxed(float[] vector) {
    Object[] boxed = new Object[vector.length];
    for (int i = 0; i < vector.length; i++) {
      boxed[i] = vector[i];
    }
    return boxed;
  }

  void rememberName(UUID topic, String key, String name) {
    database.run(sql -> sql.createUpdate("""
            insert into topic_former_name (name_key, topic_id, name) values (:key, :topic, :name)
            on conflict (name_key) do update set topic_id = excluded.topic_id, name = excluded.name, renamed_at = now()""")
        .bind("key", key).bind("topic", topic).bind("name", name).execute());
  }

  void forgetName(String key) {
    database.run(sql -> sql.createUpdate("delete from topic_former_name where name_key = :key").bind("key", key).execute());
  }

  /** Adds atoms to topics; pairs that exist are skipped. */
  public void addAtoms(Collection<Membership> pairs) {
    if (!pairs.isEmpty()) {
      database.run(sql -> sql.createUpdate("""
              insert into topic_atom (topic_id, atom_id) select * from unnest(:topics, :atoms) on conflict do nothing""")
          .bindArray("topics", UUID.class, pairs.stream().map(Membership::topic).toArray())
          .bindArray("atoms", UUID.class, pairs.stream().map(Membership::atom).toArray()).execute());
    }
  }

  /** An atom of a topic. */
  public record Membership(UUID topic, UUID atom) {}
}
