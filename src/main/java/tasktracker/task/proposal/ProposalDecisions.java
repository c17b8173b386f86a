package tasktracker.task.proposal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.version.DecisionList;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.Ids;
import tasktracker.platform.security.audit.Audit;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;
import tasktracker.task.TaskFields;
import tasktracker.task.TaskStatus;
import tasktracker.task.Tasks;

/** Decisions of people about proposals. Each can be undone until something was built on it. */
@ApplicationScoped
public class ProposalDecisions implements DecisionList {

  /**
   * What was decided.
   *
   * @param id undoes it
   * @param taskId the task that was created or merged into, or null
   */
  public record Decided(UUID id, @Nullable UUID taskId) {}

  private record Row(UUID id, UUID proposalId, String action, @Nullable UUID taskId, int revision, String decidedBy,
      @Nullable Instant undoneAt) {}

  private final Database database;
  private final Proposals proposals;
  private final Tasks tasks;
  private final Audit audit;

  @Inject
  public ProposalDecisions(Database database, Proposals proposals, Tasks tasks, Audit audit) {
    this.database = database;
    this.proposals = proposals;
    this.tasks = tasks;
    this.audit = audit;
  }

  /**
   * Approves a proposal: it becomes a task, and the items of its list parts of that, in the same transaction.
   *
   * @param seenRevision the revision that the person saw; null for any
   * @throws Problem 404, 409 when it is decided or was changed since it was seen
   */
  @Transactional
  public Decided approve(UUID id, @Nullable Integer seenRevision, String by) {
    UUID[] task = new UUID[1];
    Proposal decided = proposals.change(id, seenRevision, (proposal, now) -> {
      proposal.requirePending();
      task[0] = createTask(proposal, by);
      proposal.approve(task[0], by, now);
    });
    return record(decided, "approve", task[0], by);
  }

  private UUID createTask(Proposal proposal, String by) {
    TaskFields fields = proposal.fields();
    UUID task = tasks.create(fields, TaskStatus.OPEN, null, by);
    for (Subtask part : proposal.subtasks()) {
      tasks.create(new TaskFields(part.title(), "", fields.priority(), fields.category(), List.of(), fields.projectId(),
          tasks.isKnownPerson(part.assigneeId()) ? part.assigneeId() : null, part.assigneeName(), part.dueOn(), null),
          part.isDone() ? TaskStatus.COMPLETED : TaskStatus.OPEN, task, by);
    }
    return task;
  }

  /**
   * Rejects a proposal; what it says is never proposed again.
   *
   * @param reason one of {@link ProposalItem#REASONS} or words of the person's own
   * @throws Problem 400 without a reason, 404, 409 when it is decided or was changed since it was seen
   */
  @Transactional
  public Decided reject(UUID id, String reason, @Nullable Integer seenRevision, String by) {
    return record(proposals.change(id, seenRevision, (proposal, now) -> proposal.reject(reason, by, now)), "reject", null, by);
  }

  /**
   * Adds the words of a proposal to a task that exists.
   *
   * @throws Problem 404 also for the task, 409 when it is decided or was changed since it was seen
   */
  @Transactional
  public Decided merge(UUID id, UUID task, @Nullable Integer seenRevision, String by) {
    Proposal decided = proposals.change(id, seenRevision, (proposal, now) -> {
      proposal.requirePending();
      tasks.recordMerge(task, proposal.title(), by);
      proposal.merge(task, by, now);
    });
    return record(decided, "merge", task, by);
  }

  private Decided record(Proposal decided, String action, @Nullable UUID task, String by) {
    proposals.publishDecision(decided, false, by);
    audit.record("proposal." + action, "task_proposal", decided.id(), Map.of("title", decided.title()));
    UUID id = Ids.next();
    database.run(sql -> sql.createUpdate("""
            insert into proposal_decision (id, proposal_id, action, task_id, revision, decided_by)
            values (:id, :proposal, :action, :task, :revision, :by)""")
        .bind("id", id).bind("proposal", decided.id()).bind("action", action).bindByType("task", task, UUID.class)
        .bind("revision", decided.revision()).bind("by", by).execute());
    return new Decided(id, task);
  }

  /**
   * Undoes a decision; does nothing when that was done before.
   *
   * @param isForeignAllowed whether decisions of other people may be undone too
   * @return what was decided about
   * @throws Problem 403 for a decision of somebody else, 404, 409 when the task was changed or others were merged into it since
   */
  @Transactional
  public UUID undo(UUID id, boolean isForeignAllowed, String by) {
    Row decision = find(id);
    if (!isForeignAllowed && !decision.decidedBy().equals(by)) {
      throw Problem.forbidden(LocalizedMessage.of("problem.decision.foreign"));
    }
    if (decision.undoneAt() == null) {
      restore(decision, by);
      database.run(sql -> sql.createUpdate("update proposal_decision set undone_at = now() where id = :id").bind("id", id).execute());
      audit.record("decision.undone", "task_proposal", decision.proposalId(), Map.of("action", decision.action()));
    }
    return decision.proposalId();
  }

  private Row find(UUID id) {
    return database.ask(sql -> sql.createQuery("""
            select id, proposal_id, action, task_id, revision, decided_by, undone_at from proposal_decision where id = :id for update""")
        .bind("id", id).map(Database.to(Row.class)).findOne())
        .orElseThrow(() -> Problem.notFound(LocalizedMessage.of("problem.none.decision")));
  }

  private void restore(Row decision, String by) {
    boolean wasRejected = decision.action().equals("reject");
    Proposal reopened = proposals.change(decision.proposalId(), null, (proposal, now) -> {
      if (proposal.revision() != decision.revision()) {
        throw Problem.conflict(LocalizedMessage.of("problem.decision.built_upon"));
      }
      proposal.reopen(now);
    });
    proposals.updateQuotes(decision.proposalId(), List.of()); // What was noted before, or has happened to its quotes since.
    UUID task = decision.taskId();
    if (decision.action().equals("approve") && task != null) {
      tasks.revoke(task, tree -> requireAlone(decision.proposalId(), tree), by);
    }
    proposals.publishDecision(reopened, wasRejected, by);
  }

  private void requireAlone(UUID proposal, List<UUID> tasks) {
    boolean isAlone = database.ask(sql -> sql.createQuery("""
            select not exists (select from task_proposal where task_id = any(:tasks) and id <> :proposal)""")
        .bindArray("tasks", UUID.class, tasks.toArray()).bind("proposal", proposal).mapTo(Boolean.class).one());
    if (!isAlone) {
      throw Problem.conflict(LocalizedMessage.of("problem.proposal.merged_into"));
    }
  }

  @Override
  public List<Listed> listed(String by, Instant since, int limit) {
    return database.ask(sql -> sql.createQuery("""
            select d.id, d.action, p.title, '/proposals/' || d.proposal_id as href, '/proposals/decisions/' || d.id || '/undo' as undo_href,
                   d.decided_at, d.undone_at
              from proposal_decision d join task_proposal p on p.id = d.proposal_id
             where d.decided_by = :by and d.decided_at >= :since order by d.decided_at desc, d.id desc limit :limit""")
        .bind("by", by).bind("since", since).bind("limit", limit).map(Database.to(Listed.class)).list());
  }
}
