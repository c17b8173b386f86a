package tasktracker.task.proposal;

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
import tasktracker.platform.live.EventPublisher;
import tasktracker.platform.live.LiveTopic;
import tasktracker.platform.security.audit.Audit;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;
import tasktracker.task.TaskFields;
import tasktracker.task.Tasks;

/** The repository of proposals; each method is one transaction, or joins the caller's. */
@ApplicationScoped
public class Proposals {

  /** The payload of the events about proposals. */
  public record ProposalEvent(UUID id, String status, @Nullable UUID analysisRunId, String proposedTitle, @Nullable String by,
      @Nullable String reason, @Nullable UUID targetTaskId) {}

  @PersistenceContext(unitName = "tasktracker") private EntityManager entities;
  @Inject private ProposalStore store;
  @Inject private Duplicates duplicates;
  @Inject private Tasks tasks;
  @Inject private EventPublisher live;
  @Inject private Event<Object> events;
  @Inject private Audit audit;
  @Inject private Clock clock;

  /** Stores a proposal that waits for review; returns false when it exists, or what it says was rejected. */
  @Transactional(TxType.MANDATORY)
  public boolean add(ProposalStore.NewProposal proposal) {
    if (store.isRejected(proposal.fingerprint()) || !store.insert(proposal)) {
      return false;
    }
    duplicates.find(proposal).ifPresent(duplicate -> store.saveDuplicate(proposal.id(), duplicate));
    live.publish(LiveTopic.Event.PROPOSAL_CREATED, new ProposalEvent(proposal.id(), ProposalStatus.PENDING.wire(), proposal.runId(),
        proposal.fields().title(), null, null, null));
    return true;
  }

  /**
   * Changes what a pending proposal says.
   *
   * @param changes the new values by the names of {@link TaskFields#toMap}; an empty text removes a value
   * @param seenRevision the revision that the caller saw; null for any
   * @throws Problem 404, 409 when it is decided or was changed since it was seen, 422 when a value is not allowed
   */
  @Transactional
  public void edit(UUID id, Map<String, String> changes, @Nullable Integer seenRevision, String by) {
    Map<String, String> named = tasks.named(changes);
    change(id, seenRevision, (proposal, now) -> {
      TaskFields fields = proposal.fields().with(named);
      tasks.requireKnown(fields);
      proposal.edit(fields, now);
    });
    audit.record("proposal.edited", "task_proposal", id, Map.of("fields", String.join(",", changes.keySet())));
    publish(LiveTopic.Event.PROPOSAL_UPDATED, lock(id), by);
  }

  /**
   * Changes a proposal.
   *
   * @param seenRevision the revision that the caller saw; null for any
   * @return the proposal after the change
   * @throws Problem 404 when there is none, 409 when it was changed since it was seen
   */
  @Transactional(TxType.MANDATORY)
  Proposal change(UUID id, @Nullable Integer seenRevision, BiConsumer<Proposal, Instant> change) {
    Proposal proposal = lock(id);
    if (seenRevision != null && seenRevision != proposal.revision()) {
      proposal.requirePending();
      throw Problem.conflict(LocalizedMessage.of("problem.proposal.stale"));
    }
    change.accept(proposal, now());
    entities.flush();
    return proposal;
  }

  /** Tells of a decision, or that one was undone, and remembers what was rejected. */
  @Transactional(TxType.MANDATORY)
  void publishDecision(Proposal proposal, boolean wasRejected, String by) {
    boolean isRejected = proposal.status() == ProposalStatus.REJECTED;
    if (isRejected) {
      store.rememberRejection(proposal.fingerprint(), by);
    } else if (wasRejected) {
      store.forgetRejection(proposal.fingerprint());
    }
    publish(switch (proposal.status()) {
      case APPROVED -> LiveTopic.Event.PROPOSAL_APPROVED;
      case REJECTED -> LiveTopic.Event.PROPOSAL_REJECTED;
      case MERGED -> LiveTopic.Event.PROPOSAL_MERGED;
      case PENDING -> LiveTopic.Event.PROPOSAL_UPDATED;
    }, proposal, by);
    UUID run = proposal.runId();
    if (run != null) {
      events.fire(new ProposalDecided(proposal.id(), run));
    }
  }

  private void publish(LiveTopic.Event event, Proposal proposal, @Nullable String by) {
    live.publish(event, new ProposalEvent(proposal.id(), proposal.status().wire(), proposal.runId(), proposal.title(), by,
        proposal.rejectionReason(), proposal.taskId()));
  }

  /** Saves the states of some of a proposal's quotes; a pending one says when they are no longer as they were. */
  @Transactional(TxType.MANDATORY)
  void updateQuotes(UUID id, Iterable<ProposalQuote> quotes) {
    Proposal proposal = change(id, null, (changed, now) -> {
      quotes.forEach(store::update);
      var states = store.findStates(id);
      changed.note(states.contains("deleted") ? "evidence_deleted" : states.contains("changed") ? "evidence_changed" : null, now);
    });
    publish(LiveTopic.Event.PROPOSAL_UPDATED, proposal, null);
  }

  /** Locks the proposal until the transaction ends. */
  @Transactional(TxType.MANDATORY)
  Proposal lock(UUID id) {
    Proposal proposal = entities.find(Proposal.class, id, LockModeType.PESSIMISTIC_WRITE);
    if (proposal == null) {
      throw Problem.notFound(LocalizedMessage.of("problem.none.proposal"));
    }
    entities.refresh(proposal);
    return proposal;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
