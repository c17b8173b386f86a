package tasktracker.knowledge.atom;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.analyst.AtomType;
import tasktracker.knowledge.analyst.DecidedAtom;
import tasktracker.knowledge.topic.TopicStore;
import tasktracker.platform.data.Database;

/** SQL statements about atoms. All join the caller's transaction. */
@ApplicationScoped
public class AtomStore {

  /** How a list is sorted. */
  public static final Map<String, String> ORDERS = Map.of("confidence", "a.confidence desc nulls last, a.id", "newest",
      "a.said_at desc, a.id desc", "oldest", "a.said_at, a.id", "decided", "a.decided_at desc nulls last, a.id desc");
  /** Above this number, counts say "more than". */
  public static final int COUNT_LIMIT = 10_000;
  private static final int MAX_LINKS = 50;

  private final Database database;

  @Inject
  public AtomStore(Database database) {
    this.database = database;
  }

  public Optional<AtomItem> find(UUID id) {
    return database.ask(sql -> sql.createQuery(AtomItem.SELECT + "where a.id = :id").bind("id", id).map(Database.to(AtomItem.Row.class))
        .findOne()).map(row -> row.with(evidence(List.of(id)).getOrDefault(id, List.of()), links(id)));
  }

  /** Finds atoms, in the order of the ids; those that do not exist are left out. */
  public List<AtomItem> find(List<UUID> ids) {
    return complete(database.ask(sql -> sql.createQuery(AtomItem.SELECT + "where a.id = any(:ids) order by array_position(:ids, a.id)")
        .bindArray("ids", UUID.class, ids.toArray()).map(Database.to(AtomItem.Row.class)).list()));
  }

  /**
   * Lists atoms with their quotes.
   *
   * @param order a key of {@link #ORDERS}
   */
  public List<AtomItem> list(AtomFilter filter, String order, int limit, int skip) {
    return complete(database.ask(sql -> sql.createQuery(AtomItem.SELECT + "where " + filter.condition() + " order by " + ORDERS.get(order)
        + " limit :limit offset :skip").bindMap(filter.values()).bind("limit", limit).bind("skip", skip)
        .map(Database.to(AtomItem.Row.class)).list()));
  }

  private List<AtomItem> complete(List<AtomItem.Row> rows) {
    Map<UUID, List<EvidenceQuote>> evidence = evidence(rows.stream().map(AtomItem.Row::id).toList());
    return rows.stream().map(row -> row.with(evidence.getOrDefault(row.id(), List.of()), List.of())).toList();
  }

  /** Lists the atoms that quote a message, without those that were rejected. */
  public List<AtomItem> ofMessage(UUID message, int limit) {
    return complete(database.ask(sql -> sql.createQuery(AtomItem.SELECT + """
            where a.id in (select atom_id from atom_evidence where message_id = :message) and a.status <> 'rejected'
            order by a.said_at, a.id limit :limit""")
        .bind("message", message).bind("limit", limit).map(Database.to(AtomItem.Row.class)).list()));
  }

  /** Lists questions that nobody has answered: neither rejected nor archived, and without a solution that stands or waits. */
  public List<AtomItem> openQuestions(int limit) {
    return complete(database.ask(sql -> sql.createQuery(AtomItem.SELECT + """
            where a.type = 'question' and a.status in ('pending', 'approved') and not exists (
              select from atom_link l join atom s on s.id = l.from_atom_id
               where l.to_atom_id = a.id and l.link_type = 'solves' and s.status <> 'rejected')
            order by a.said_at desc, a.id desc limit :limit""")
        .bind("limit", limit).map(Database.to(AtomItem.Row.class)).list()));
  }

  /** Counts atoms, up to {@link #COUNT_LIMIT}. */
  public long count(AtomFilter filter) {
    return database.ask(sql -> sql.createQuery("select count(*) from (select from atom a where " + filter.condition() + " limit "
        + COUNT_LIMIT + ") as found").bindMap(filter.values()).mapTo(Long.class).one());
  }

  /** Counts atoms by status, each up to {@link #COUNT_LIMIT}; the filter's own status is ignored. */
  public Map<String, Long> countByStatus(AtomFilter filter) {
    return java.util.Arrays.stream(AtomStatus.values()).collect(Collectors.toMap(AtomStatus::wire,
        status -> count(filter.withStatus(status.wire()))));
  }

  private Map<UUID, List<EvidenceQuote>> evidence(Collection<UUID> atoms) {
    return database.ask(sql -> sql.createQuery("select * from atom_evidence where atom_id = any(:ids) order by atom_id, position")
        .bindArray("ids", UUID.class, atoms.toArray()).map(Database.to(EvidenceQuote.class)).list()).stream()
        .collect(Collectors.groupingBy(EvidenceQuote::atomId));
  }

  private List<AtomItem.LinkItem> links(UUID atom) {
    return database.ask(sql -> sql.createQuery("""
            select :id as atom_id, a.id as other_id, a.type as other_type, a.title as other_title, a.status as other_status, l.link_type,
                   l.is_outgoing, l.strength::numeric::float8 as strength
              from (select to_atom_id as other, link_type, true as is_outgoing, strength from atom_link where from_atom_id = :id
                    union all
                    select from_atom_id, link_type, false, strength from atom_link where to_atom_id = :id) l
              join atom a on a.id = l.other order by l.strength desc nulls last, a.id limit :limit""")
        .bind("id", atom).bind("limit", MAX_LINKS).map(Database.to(AtomItem.LinkItem.class)).list());
  }

  /** An atom to insert; texts are valid. */
  public record NewAtom(UUID id, String type, String title, String content, @Nullable Double confidence, @Nullable String reviewNote,
      String analyst, String reason, @Nullable UUID runId, byte[] fingerprint, @Nullable UUID similarTo, @Nullable Double similarity,
      float @Nullable [] vector, Instant saidAt, String createdBy) {}

  /** Inserts an atom that waits for review; returns false when its fingerprint exists. */
  public boolean insert(NewAtom atom) {
    return database.ask(sql -> sql.createUpdate("""
            insert into atom (id, type, title, content, confidence, status, review_note, analyst, reason, run_id, fingerprint, similar_to,
                              similarity, vector, said_at, created_by)
            values (:id, :type, :title, :content, :confidence, 'pending', :reviewNote, :analyst, :reason, :runId, :fingerprint, :similarTo,
                    :similarity, cast(:vector as real[])::vector, :saidAt, :createdBy)
            on conflict (fingerprint) do nothing""")
        .bind("id", atom.id()).bind("type", atom.type()).bind("title", atom.title()).bind("content", atom.content())
        .bind("confidence", atom.confidence()).bind("reviewNote", atom.reviewNote()).bind("analyst", atom.analyst())
        .bind("reason", atom.reason()).bindByType("runId", atom.runId(), UUID.class).bind("fingerprint", atom.fingerprint())
        .bind("similarTo", atom.similarTo()).bind("similarity", atom.similarity())
        .bindArray("vector", Float.class, atom.vector() == null ? null : TopicStore.boxed(atom.vector()))
        .bind("saidAt", atom.saidAt()).bind("createdBy", atom.createdBy()).execute()) == 1;
  }

  /** The atom with this fingerprint. */
  public Optional<UUID> findByFingerprint(byte[] fingerprint) {
    return database.ask(sql -> sql.createQuery("select id from atom where fingerprint = :fingerprint").bind("fingerprint", fingerprint)
        .mapTo(UUID.class).findOne());
  }

  /** Whether people rejected a text with this fingerprint. */
  public boolean isRejected(byte[] fingerprint) {
    return database.ask(sql -> sql.createQuery("select exists (select from rejected_atom where fingerprint = :fingerprint)")
        .bind("fingerprint", fingerprint).mapTo(Boolean.class).one());
  }

  void rememberRejection(byte[] fingerprint, String by) {
    database.run(sql -> sql.createUpdate("""
            insert into rejected_atom (fingerprint, rejected_by) values (:fingerprint, :by) on conflict do nothing""")
        .bind("fingerprint", fingerprint).bind("by", by).execute());
  }

  void forgetRejection(byte[] fingerprint) {
    database.run(sql -> sql.createUpdate("delete from rejected_atom where fingerprint = :fingerprint").bind("fingerprint", fingerprint)
        .execute());
  }

  /** An atom that is similar to a text. */
  public record Similar(UUID id, String type, String status, double similarity, String title, String content, int revision) {}

  /** The atom that is most similar to a vector (cosine), among those that people did not reject; empty below the minimum. */
  public Optional<Similar> findMostSimilar(float[] vector, double minimum) {
    return database.ask(sql -> sql.createQuery("""
            select * from (select id, type, status, 1 - (vector <=> cast(:vector as real[])::vector) as similarity, title, content, revision
              from atom where vector is not null and status in ('pending', 'approved')
             order by vector <=> cast(:vector as real[])::vector limit 1) as nearest where similarity >= :minimum""")
        .bindArray("vector", Float.class, TopicStore.boxed(vector)).bind("minimum", minimum).map(Database.to(Similar.class)).findOne());
  }

  /** The latest atoms that people approved or rejected. */
  public List<DecidedAtom> findDecided(int limit) {
    return database.ask(sql -> sql.createQuery("""
            select type, title, content, status, vector::real[] as vector from atom
             where status in ('approved', 'rejected') and decided_by is not null order by decided_at desc nulls last limit :limit""")
        .bind("limit", limit).map((row, context) -> new DecidedAtom(AtomType.of(row.getString("type")).orElseThrow(),
            row.getString("title") + "\n" + row.getString("content"),
            TopicStore.vector((Float[]) (row.getArray("vector") == null ? null : row.getArray("vector").getArray())),
            row.getString("status").equals("approved")))
        .list());
  }

  /** A link to insert. */
  public record NewLink(UUID from, UUID to, String type, double strength) {}

  /** Inserts links; returns how many were new. */
  public int insertLinks(List<NewLink> links) {
    return links.isEmpty()
        ? 0
        : database.ask(sql -> sql.createUpdate("""
            insert into atom_link (from_atom_id, to_atom_id, link_type, strength)
            select * from unnest(:from, :to, :types, :strengths) on conflict do nothing""")
            .bindArray("from", UUID.class, column(links, NewLink::from)).bindArray("to", UUID.class, column(links, NewLink::to))
            .bindArray("types", String.class, column(links, NewLink::type))
            .bindArray("strengths", Double.class, column(links, NewLink::strength)).execute());
  }

  private static <T> Object[] column(List<T> rows, Function<T, Object> getter) {
    return rows.stream().map(getter).toArray();
  }

  /** Whether a change of the atom was applied after it was found. */
  boolean isEdited(UUID id) {
    return database.ask(sql -> sql.createQuery("""
            select exists (select from knowledge_version where entity_type = 'atom' and entity_id = :id and status = 'approved')""")
        .bind("id", id).mapTo(Boolean.class).one());
  }

  void deleteVector(UUID id) {
    database.run(sql -> sql.createUpdate("update atom set vector = null where id = :id and vector is not null").bind("id", id).execute());
  }

  /** Deletes the atom with its quotes and links. */
  void delete(UUID id) {
    database.run(sql -> sql.createUpdate("delete from atom where id = :id").bind("id", id).execute());
  }

  /** Whether the atom belongs to the topic. */
  boolean isInTopic(UUID atom, UUID topic) {
    return database.ask(sql -> sql.createQuery("select exists (select from topic_atom where atom_id = :atom and topic_id = :topic)")
        .bind("atom", atom).bind("topic", topic).mapTo(Boolean.class).one());
  }

  void addToTopic(UUID atom, UUID topic, @Nullable Integer position, @Nullable String note) {
    database.run(sql -> sql.createUpdate("""
            insert into topic_atom (topic_id, atom_id, position, note) values (:topic, :atom, :position, :note)""")
        .bind("topic", topic).bind("atom", atom).bind("position", position).bind("note", note).execute());
  }
}
