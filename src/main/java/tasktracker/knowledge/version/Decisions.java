package tasktracker.knowledge.version;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.atom.Atom;
import tasktracker.knowledge.atom.AtomDecisionState;
import tasktracker.knowledge.atom.Atoms;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.Ids;
import tasktracker.platform.security.audit.Audit;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.json.Json;
import tasktracker.platform.web.problem.Problem;

/** Decisions of people about atoms and versions. Each can be undone until something was built on it. */
@ApplicationScoped
public class Decisions implements DecisionList {

  /** What people decide about an atom. */
  public enum AtomAction {
    APPROVE, REJECT, ARCHIVE;

    public String wire() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The status that it leads to, by its wire name. */
    public String status() {
      return switch (this) {
        case APPROVE -> "approved";
        case REJECT -> "rejected";
        case ARCHIVE -> "archived";
      };
    }
  }

  /**
   * A decision.
   *
   * @param title the present title or name of what was decided
   */
  public record Item(UUID id, String entityType, UUID entityId, String action, String title, String decidedBy, Instant decidedAt,
      @Nullable Instant undoneAt) {

    /** As a line of the list of all decisions. */
    public Listed listed() {
      return new Listed(id, action, title, entityType.equals("atom") ? "/atoms/" + entityId : null, "/decisions/" + id + "/undo", decidedAt,
          undoneAt);
    }
  }

  /** The row that undoing needs. */
  private record Row(UUID id, String entityType, UUID entityId, String action, String previous, int revision, String decidedBy,
      @Nullable Instant undoneAt) {}

  private final Database database;
  private final Atoms atoms;
  private final Versions versions;
  private final Audit audit;

  @Inject
  public Decisions(Database database, Atoms atoms, Versions versions, Audit audit) {
    this.database = database;
    this.atoms = atoms;
    this.versions = versions;
    this.audit = audit;
  }

  /**
   * Decides about an atom.
   *
   * @param seenRevision the revision that the person saw; null for any
   * @return the id of the decision
   * @throws Problem 404, 409 when it is decided otherwise or was changed since it was seen
   */
  @Transactional
  public UUID decide(UUID atom, AtomAction action, @Nullable Integer seenRevision, String by) {
    AtomDecisionState[] before = new AtomDecisionState[1];
    Atom decided = atoms.change(atom, seenRevision, by, (changed, now) -> {
      before[0] = changed.decisionState();
      act(action).accept(changed, new By(by, now));
    });
    audit.record("atom." + action.wire(), "atom", atom, Map.of("title", decided.title()));
    return insert("atom", atom, action.wire(), Json.jsonb().toJson(before[0]), decided.revision(), by);
  }

  private record By(String name, Instant at) {}

  private static BiConsumer<Atom, By> act(AtomAction action) {
    return switch (action) {
      case APPROVE -> (atom, by) -> atom.approve(by.name(), by.at());
      case REJECT -> (atom, by) -> atom.reject(by.name(), by.at());
      case ARCHIVE -> (atom, by) -> atom.archive(by.name(), by.at());
    };
  }

  /**
   * Approves a version and applies it.
   *
   * @return the id of the decision
   * @throws Problem 404, 409 when it is already decided, or stale and that is not accepted
   */
  @Transactional
  public UUID approveVersion(UUID id, boolean acceptsStale, String by) {
    KnowledgeVersion version = versions.approve(id, acceptsStale, by);
    return insertVersion(version, "approve", by);
  }

  /**
   * Rejects a version.
   *
   * @return the id of the decision
   * @throws Problem 404, 409 when it is already decided
   */
  @Transactional
  public UUID rejectVersion(UUID id, String by) {
    return insertVersion(versions.reject(id, by), "reject", by);
  }

  private UUID insertVersion(KnowledgeVersion version, String action, String by) {
    audit.record("version." + action, version.type().wire(), version.entityId(), Map.of("version", version.number()));
    return insert("version", version.id(), action, "{}", versions.currentRevision(version), by);
  }

  private UUID insert(String type, UUID entity, String action, String previous, int revision, String by) {
    UUID id = Ids.next();
    database.run(sql -> sql.createUpdate("""
            insert into knowledge_decision (id, entity_type, entity_id, action, previous, revision, decided_by)
            values (:id, :type, :entity, :action, :previous, :revision, :by)""")
        .bind("id", id).bind("type", type).bind("entity", entity).bind("action", action).bind("previous", previous)
        .bind("revision", revision).bind("by", by).execute());
    return id;
  }

  /**
   * Undoes a decision; does nothing when that was done before.
   *
   * @param isForeignAllowed whether decisions of other people may be undone too
   * @return what was decided about
   * @throws Problem 403 for a decision of somebody else, 404, 409 when the topic or atom was changed after the decision
   */
  @Transactional
  public Item undo(UUID id, boolean isForeignAllowed, String by) {
    Row decision = database.ask(sql -> sql.createQuery("""
            select id, entity_type, entity_id, action, previous, revision, decided_by, undone_at from knowledge_decision
             where id = :id for update""").bind("id", id).map(Database.to(Row.class)).findOne())
        .orElseThrow(() -> Problem.notFound(LocalizedMessage.of("problem.none.decision")));
    if (!isForeignAllowed && !decision.decidedBy().equals(by)) {
      throw Problem.forbidden(LocalizedMessage.of("problem.decision.foreign"));
    }
    if (decision.undoneAt() == null) {
      restore(decision, by);
      database.run(sql -> sql.createUpdate("update knowledge_decision set undone_at = now() where id = :id").bind("id", id).execute());
      audit.record("decision.undone", decision.entityType(), decision.entityId(), Map.of("action", decision.action()));
    }
    return find(id);
  }

  private void restore(Row decision, String by) {
    if (decision.entityType().equals("atom")) {
      Atom restored = atoms.change(decision.entityId(), null, by, (atom, now) -> {
        requireUnchanged(decision, atom.revision());
        atom.restore(Json.jsonb().fromJson(decision.previous(), AtomDecisionState.class), now);
      });
      moveEarlierDecision(decision, restored.revision());
    } else {
      KnowledgeVersion version = versions.find(decision.entityId());
      if (decision.action().equals("approve")) {
        requireUnchanged(decision, versions.currentRevision(version));
      }
      versions.reopen(decision.entityId(), by);
    }
  }

  /** The decision just before the undone one can now be undone in its turn: undoing is nothing that is built upon it. */
  private void moveEarlierDecision(Row undone, int revision) {
    database.run(sql -> sql.createUpdate("""
            update knowledge_decision set revision = :revision
             where entity_type = :type and entity_id = :entity and revision = :before and undone_at is null""")
        .bind("revision", revision).bind("type", undone.entityType()).bind("entity", undone.entityId())
        .bind("before", undone.revision() - 1).execute());
  }

  private static void requireUnchanged(Row decision, int revision) {
    if (revision != decision.revision()) {
      throw Problem.conflict(LocalizedMessage.of("problem.decision.built_upon"));
    }
  }

  private static final String SELECT = """
      select d.id, d.entity_type, d.entity_id, d.action, coalesce(a.title, ta.title, t.name, '') as title, d.decided_by, d.decided_at,
             d.undone_at
        from knowledge_decision d
        left join atom a on d.entity_type = 'atom' and a.id = d.entity_id
        left join knowledge_version v on d.entity_type = 'version' and v.id = d.entity_id
        left join atom ta on v.entity_type = 'atom' and ta.id = v.entity_id
        left join topic t on v.entity_type = 'topic' and t.id = v.entity_id
      """;

  /** @throws Problem 404 when there is no such decision */
  public Item find(UUID id) {
    return database.ask(sql -> sql.createQuery(SELECT + "where d.id = :id").bind("id", id).map(Database.to(Item.class)).findOne())
        .orElseThrow(() -> Problem.notFound(LocalizedMessage.of("problem.none.decision")));
  }

  /** Lists the decisions of a person since a time, newest first. */
  public List<Item> list(String by, Instant since, int limit) {
    return database.ask(sql -> sql.createQuery(SELECT + """
            where d.decided_by = :by and d.decided_at >= :since order by d.decided_at desc, d.id desc limit :limit""")
        .bind("by", by).bind("since", since).bind("limit", limit).map(Database.to(Item.class)).list());
  }

  @Override
  public List<Listed> listed(String by, Instant since, int limit) {
    return list(by, since, limit).stream().map(Item::listed).toList();
  }
}
