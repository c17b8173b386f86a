package tasktracker.knowledge.atom;

import jakarta.persistence.Entity;
import jakarta.persistence.Enumerated;
import jakarta.persistence.EnumType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.analyst.AtomType;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;

/** The smallest unit of knowledge. People decide whether it stands; what they decided changes only by them. */
@Entity
@Table(name = "atom")
public class Atom {

  public static final int MAX_TITLE = 200;
  public static final int MAX_CONTENT = 5000;

  @Id private UUID id;
  private String type;
  private String title;
  private String content;
  private @Nullable Float confidence;
  @Enumerated(EnumType.STRING) private AtomStatus status;
  private @Nullable String reviewNote;
  private byte[] fingerprint;
  private Instant saidAt;
  private int revision;
  private String createdBy;
  private Instant createdAt;
  private Instant updatedAt;
  private @Nullable String decidedBy;
  private @Nullable Instant decidedAt;

  protected Atom() {}

  /**
   * An atom that a person writes.
   *
   * @throws Problem 422 when a value is not allowed
   */
  public Atom(UUID id, AtomFields fields, byte[] fingerprint, Instant saidAt, String createdBy, Instant now) {
    this.id = id;
    this.fingerprint = fingerprint;
    this.saidAt = saidAt;
    this.createdBy = createdBy;
    this.createdAt = now;
    this.status = AtomStatus.PENDING;
    set(fields);
    this.updatedAt = now;
    this.revision = 1;
  }

  private void set(AtomFields fields) {
    type = fields.type().wire();
    title = fields.title();
    content = fields.content();
    confidence = fields.confidence() == null ? null : fields.confidence().floatValue();
  }

  /** @throws Problem 409 when it is already decided otherwise */
  public void approve(String by, Instant now) {
    decide(AtomStatus.APPROVED, by, now);
  }

  /** @throws Problem 409 when it is already decided otherwise */
  public void reject(String by, Instant now) {
    decide(AtomStatus.REJECTED, by, now);
  }

  private void decide(AtomStatus decision, String by, Instant now) {
    if (status != AtomStatus.PENDING) {
      throw alreadyDecided();
    }
    moveTo(decision, by, now);
  }

  /** Says what was decided, and by whom. */
  Problem alreadyDecided() {
    return Problem.conflict(LocalizedMessage.of("problem.atom.decided." + status.wire(), decidedBy == null ? createdBy : decidedBy));
  }

  /** @throws Problem 409 when it is rejected or archived */
  public void archive(String by, Instant now) {
    if (status == AtomStatus.REJECTED || status == AtomStatus.ARCHIVED) {
      throw alreadyDecided();
    }
    moveTo(AtomStatus.ARCHIVED, by, now);
  }

  private void moveTo(AtomStatus decision, @Nullable String by, @Nullable Instant now) {
    status = decision;
    reviewNote = null;
    decidedBy = by;
    decidedAt = now;
    touch(now == null ? Instant.now() : now);
  }

  /** Restores what was before a decision. */
  public void restore(AtomDecisionState state, Instant now) {
    status = AtomStatus.of(state.status()).orElseThrow();
    reviewNote = state.reviewNote();
    decidedBy = state.decidedBy();
    decidedAt = state.decidedAt() == null ? null : Instant.parse(state.decidedAt());
    touch(now);
  }

  /** What {@link #restore} needs. */
  public AtomDecisionState decisionState() {
    return new AtomDecisionState(status.wire(), reviewNote, decidedBy, decidedAt == null ? null : decidedAt.toString());
  }

  /** The words that it rests on have changed: a decision returns to review. */
  public void returnToReview(String note, Instant now) {
    if (status == AtomStatus.APPROVED || status == AtomStatus.PENDING) {
      status = AtomStatus.PENDING;
      reviewNote = note;
      touch(now);
    }
  }

  /** The words that it rests on are as they were: nothing needs review because of them. */
  public void clearReviewNote(Instant now) {
    if (reviewNote != null) {
      reviewNote = null;
      touch(now);
    }
  }

  /**
   * Applies changed fields ({@code type, title, content, confidence}); others are ignored.
   *
   * @throws Problem 422 when a value is not allowed
   */
  public void apply(Map<String, String> fields, Instant now) {
    Map<String, String> all = snapshot();
    all.putAll(fields);
    set(AtomFields.parse(all));
    touch(now);
  }

  private void touch(Instant now) {
    revision++;
    updatedAt = now;
  }

  /** The fields that versions change. */
  public Map<String, String> snapshot() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("type", type);
    fields.put("title", title);
    fields.put("content", content);
    if (confidence != null) {
      fields.put("confidence", confidence.toString());
    }
    return fields;
  }

  public UUID id() {
    return id;
  }

  public String title() {
    return title;
  }

  public String content() {
    return content;
  }

  public AtomType type() {
    return AtomType.of(type).orElseThrow();
  }

  public AtomStatus status() {
    return status;
  }

  /** Whether nobody has decided about it. */
  boolean isUndecided() {
    return status == AtomStatus.PENDING && decidedBy == null;
  }

  public @Nullable String reviewNote() {
    return reviewNote;
  }

  public byte[] fingerprint() {
    return fingerprint.clone();
  }

  /** Grows with each change. */
  public int revision() {
    return revision;
  }
}
