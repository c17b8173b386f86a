package tasktracker.knowledge.atom;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.Fingerprints;
import tasktracker.knowledge.KnowledgeWrites;
import tasktracker.platform.data.Ids;
import tasktracker.platform.live.EventPublisher;
import tasktracker.platform.live.LiveTopic;
import tasktracker.platform.security.audit.Audit;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;

/** The repository of atoms; each method is one transaction, or joins the caller's. */
@ApplicationScoped
public class Atoms {

  /** The event for a new atom. */
  public record AtomCreated(UUID atomId, String atomTitle, String atomType) {}

  /** The event for a changed or decided atom. */
  public record AtomUpdated(UUID atomId, String atomTitle, String atomType, String status, @Nullable String by) {}

  @PersistenceContext(unitName = "tasktracker") private EntityManager entities;
  @Inject private AtomStore store;
  @Inject private EvidenceStore evidence;
  @Inject private Fingerprints fingerprints;
  @Inject private KnowledgeWrites writes;
  @Inject private EventPublisher live;
  @Inject private Event<Object> events;
  @Inject private Audit audit;
  @Inject private Clock clock;

  /**
   * Creates an atom that a person writes.
   *
   * @param isApproved whether it stands at once
   * @throws Problem 409 when an atom with the same text exists
   */
  @Transactional
  public UUID create(AtomFields fields, boolean isApproved, String by) {
    byte[] fingerprint = fingerprints.of(fields.title() + "\n" + fields.content());
    writes.lock();
    store.findByFingerprint(fingerprint).ifPresent(existing -> {
      throw Problem.conflict(LocalizedMessage.of("problem.atom.exists"));
    });
    Atom atom = new Atom(Ids.next(), fields, fingerprint, now(), by, now());
    if (isApproved) {
      atom.approve(by, now());
    }
    entities.persist(atom);
    entities.flush();
    audit.record("atom.created", "atom", atom.id(), Map.of("type", fields.type().wire()));
    publishCreated(new AtomWritten(atom.id(), fields.title(), fields.content(), false), fields.type().wire());
    return atom.id();
  }

  /** Tells that an atom was created. */
  @Transactional(TxType.MANDATORY)
  public void publishCreated(AtomWritten atom, String type) {
    events.fire(atom);
    live.publish(LiveTopic.Event.KNOWLEDGE_ATOM_CREATED, new AtomCreated(atom.atomId(), atom.title(), type));
  }

  /**
   * Changes an atom.
   *
   * @param seenRevision the revision that the caller saw; null for any
   * @param by who is told in the event, or null
   * @return the atom after the change
   * @throws Problem 404 when there is none, 409 when it was changed since it was seen
   */
  @Transactional(TxType.MANDATORY)
  public Atom change(UUID id, @Nullable Integer seenRevision, @Nullable String by, BiConsumer<Atom, Instant> change) {
    Atom atom = lock(id);
    if (seenRevision != null && seenRevision != atom.revision()) {
      throw atom.status() == AtomStatus.PENDING ? new StaleAtom(atom.id()) : atom.alreadyDecided();
    }
    boolean wasRejected = atom.status() == AtomStatus.REJECTED;
    AtomWritten before = written(atom);
    change.accept(atom, now());
    entities.flush();
    publishText(before, written(atom));
    rememberRejection(atom, wasRejected, by);
    live.publish(LiveTopic.Event.KNOWLEDGE_ATOM_UPDATED,
        new AtomUpdated(atom.id(), atom.title(), atom.type().wire(), atom.status().wire(), by));
    return atom;
  }

  private static AtomWritten written(Atom atom) {
    return new AtomWritten(atom.id(), atom.title(), atom.content(), false);
  }

  /** The vector of the former text is deleted until the atom is embedded again. */
  private void publishText(AtomWritten before, AtomWritten after) {
    if (!after.equals(before)) {
      store.deleteVector(after.atomId());
      events.fire(after);
    }
  }

  private void rememberRejection(Atom atom, boolean wasRejected, @Nullable String by) {
    boolean isRejected = atom.status() == AtomStatus.REJECTED;
    if (isRejected && !wasRejected) {
      store.rememberRejection(atom.fingerprint(), by == null ? "" : by);
    } else if (wasRejected && !isRejected) {
      store.forgetRejection(atom.fingerprint());
    }
  }

  /**
   * Adds an atom to a topic.
   *
   * @throws Problem 409 when it already belongs to it
   */
  @Transactional
  public void addToTopic(UUID id, UUID topic, @Nullable Integer position, @Nullable String note) {
    lock(id);
    if (store.isInTopic(id, topic)) {
      throw Problem.conflict(LocalizedMessage.of("problem.atom.in_topic"));
    }
    store.addToTopic(id, topic, position, note);
  }

  /** Deletes an atom with its quotes and links. A rejected text is still not proposed again. */
  @Transactional
  public void delete(UUID id) {
    Atom atom = lock(id);
    audit.record("atom.deleted", "atom", id, Map.of("title", atom.title(), "status", atom.status().wire()));
    remove(atom);
  }

  private void remove(Atom atom) {
    store.delete(atom.id());
    entities.detach(atom);
    events.fire(new AtomDeleted(atom.id()));
    live.publish(LiveTopic.Event.KNOWLEDGE_ATOM_UPDATED,
        new AtomUpdated(atom.id(), atom.title(), atom.type().wire(), "deleted", null));
  }

  /**
   * Saves the states of some of an atom's quotes. When one of them no longer stands, the atom returns to review; a quote
   * that did not stand before does not return it again. When all of its quotes stand, nothing needs review because of them.
   * An atom about which nobody has decided, and that nobody has edited, goes with the last of its messages, such as those of
   * an import that is undone; it is found again when they are restored.
   */
  @Transactional(TxType.MANDATORY)
  public void updateEvidence(UUID id, Iterable<EvidenceQuote> quotes) {
    Atom updated = change(id, null, null, (atom, now) -> {
      Map<Integer, String> before = evidence.findStates(id);
      String note = null;
      for (EvidenceQuote quote : quotes) {
        evidence.update(quote);
        if (!quote.isValid() && !quote.state().equals(before.get(quote.position()))) {
          note = quote.state().equals("deleted") && note == null ? "evidence_deleted" : "evidence_changed";
        }
      }
      if (note != null) {
        atom.returnToReview(note, now);
      } else if (atom.reviewNote() != null && atom.reviewNote().startsWith("evidence_") && evidence.isAll("valid", id)) {
        atom.clearReviewNote(now);
      }
    });
    if (updated.isUndecided() && evidence.isAll("deleted", id) && !store.isEdited(id)) {
      remove(updated);
    }
  }

  /** Locks the atom until the transaction ends. */
  @Transactional(TxType.MANDATORY)
  public Atom lock(UUID id) {
    Atom atom = entities.find(Atom.class, id, LockModeType.PESSIMISTIC_WRITE);
    if (atom == null) {
      throw Problem.notFound(LocalizedMessage.of("problem.none.atom"));
    }
    entities.refresh(atom);
    return atom;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
