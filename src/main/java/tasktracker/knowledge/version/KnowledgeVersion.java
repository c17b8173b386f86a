package tasktracker.knowledge.version;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.json.Json;
import tasktracker.platform.web.problem.Problem;

/** A proposed or applied change of a topic or an atom. It is decided once; undoing a decision makes it pending again. */
@Entity
@Table(name = "knowledge_version")
public class KnowledgeVersion {

  @Id private UUID id;
  private String entityType;
  private UUID entityId;
  private int version;
  private String data;
  private String previous;
  private int baseRevision;
  private String status;
  private String createdBy;
  private Instant createdAt;
  private @Nullable String decidedBy;
  private @Nullable Instant decidedAt;
  private @Nullable Instant editedAt;

  protected KnowledgeVersion() {}

  /**
   * A pending version.
   *
   * @param number 1 for the first of its topic or atom
   * @param data the changed fields
   * @param previous the same fields before
   */
  public KnowledgeVersion(UUID id, VersionedType type, UUID entityId, int number, Map<String, String> data, Map<String, String> previous,
      int baseRevision, String createdBy, Instant now) {
    this.id = id;
    this.entityType = type.wire();
    this.entityId = entityId;
    this.version = number;
    this.data = Json.jsonb().toJson(data);
    this.previous = Json.jsonb().toJson(previous);
    this.baseRevision = baseRevision;
    this.status = "pending";
    this.createdBy = createdBy;
    this.createdAt = now;
  }

  /** @throws Problem 409 when it is already decided */
  public void approve(String by, Instant now) {
    decide("approved", by, now);
  }

  /** It is the edit of a person, which stands at once. */
  public void approveEdit(String by, Instant now) {
    approve(by, now);
    editedAt = now;
  }

  /**
   * Its author goes on editing. What a field was before the first change stays.
   *
   * @param changed the fields of the further change
   * @param before the same fields before it
   * @param revision the revision of the topic or atom before it
   */
  public void extendEdit(Map<String, String> changed, Map<String, String> before, int revision, Instant now) {
    Map<String, String> allBefore = previousFields();
    Map<String, String> all = fields();
    before.forEach((name, value) -> {
      if (!all.containsKey(name)) {
        allBefore.put(name, value);
      }
    });
    all.putAll(changed);
    data = Json.jsonb().toJson(all);
    previous = Json.jsonb().toJson(allBefore);
    baseRevision = revision;
    decidedAt = now;
    editedAt = now;
  }

  /** @throws Problem 409 when it is already decided */
  public void reject(String by, Instant now) {
    decide("rejected", by, now);
  }

  private void decide(String decision, String by, Instant now) {
    if (!isPending()) {
      throw Problem.conflict(LocalizedMessage.of("problem.version.decided." + status, decidedBy == null ? createdBy : decidedBy));
    }
    status = decision;
    decidedBy = by;
    decidedAt = now;
  }

  /**
   * It waits for a decision again.
   *
   * @param currentRevision the revision of the topic or atom that it would change now
   */
  public void reopen(int currentRevision) {
    baseRevision = currentRevision;
    status = "pending";
    decidedBy = null;
    decidedAt = null;
  }

  public boolean isPending() {
    return status.equals("pending");
  }

  public UUID id() {
    return id;
  }

  public VersionedType type() {
    return VersionedType.of(entityType);
  }

  public UUID entityId() {
    return entityId;
  }

  public int number() {
    return version;
  }

  public String status() {
    return status;
  }

  public int baseRevision() {
    return baseRevision;
  }

  /** The changed fields. */
  public Map<String, String> fields() {
    return VersionItem.parse(data);
  }

  /** The fields before the change. */
  public Map<String, String> previousFields() {
    return VersionItem.parse(previous);
  }
}
