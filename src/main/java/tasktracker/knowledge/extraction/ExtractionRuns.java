package tasktracker.knowledge.extraction;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.KnowledgeWrites;
import tasktracker.knowledge.builtin.BuiltInAnalyst;
import tasktracker.llm.agent.Agents;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.Ids;
import tasktracker.platform.data.UniqueViolation;
import tasktracker.platform.job.JobRun;
import tasktracker.platform.job.Jobs;
import tasktracker.platform.job.Queue;
import tasktracker.platform.live.EventPublisher;
import tasktracker.platform.live.LiveTopic;
import tasktracker.platform.security.audit.Audit;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;

/** The repository of extraction runs; each method is one transaction. */
@ApplicationScoped
public class ExtractionRuns {

  private static final int MAX_REFUSALS = 100;

  @PersistenceContext(unitName = "tasktracker") private EntityManager entities;
  @Inject private Database database;
  @Inject private BatchReader reader;
  @Inject private AnalystShares shares;
  @Inject private AnalystFailover analysts;
  @Inject private Jobs jobs;
  @Inject private KnowledgeWriter writer;
  @Inject private KnowledgeWrites writes;
  @Inject private EventPublisher live;
  @Inject private Audit audit;
  @Inject private Clock clock;

  /** A run as pages and the API show it. */
  public record Item(UUID id, String scope, String triggerType, String status, String analyst, @Nullable UUID jobId, long messageCount,
      long messagesProcessed, int topicsCreated, int atomsCreated, int linksCreated, int versionsCreated, int quotesAdded,
      int refusedCount, @Nullable String error, String createdBy, Instant createdAt, @Nullable Instant startedAt,
      @Nullable Instant endedAt) {

    public boolean isActive() {
      return RunStatus.ACTIVE.stream().anyMatch(active -> active.wire().equals(status));
    }
  }

  /** A refused proposal. */
  public record RefusedItem(String item, String reason) {}

  /**
   * Creates a run by the assigned agents and enqueues its job; one over history by the built-in analyst, because nobody
   * has agreed to what a provider would cost.
   *
   * @return empty when a run of the same scope is active, nothing is selected, or there is no analyst
   */
  @Transactional
  public Optional<UUID> create(RunTrigger trigger, RunSelection selection, String by) {
    return create(trigger, trigger == RunTrigger.HISTORY ? Agents.BUILTIN : null, selection, by);
  }

  /**
   * Creates a run and enqueues its job.
   *
   * @param agent the agent that examines the messages; null for those that are assigned
   * @return empty when a run of the same scope is active, nothing is selected, or there is no analyst
   */
  @Transactional
  public Optional<UUID> create(RunTrigger trigger, @Nullable UUID agent, RunSelection selection, String by) {
    String analyst = analysts.firstName(agent).orElse(null);
    long count = analyst == null || findActive(trigger).isPresent() ? 0 : reader.count(selection);
    if (analyst == null || count == 0) {
      return Optional.empty();
    }
    ExtractionRun run = new ExtractionRun(Ids.next(), trigger, analyst, agent, selection, count, by, now());
    try {
      entities.persist(run);
      entities.flush();
    } catch (RuntimeException e) {
      throw UniqueViolation.isIn(e) ? Problem.conflict(LocalizedMessage.of("problem.extraction.active")) : e;
    }
    run.assign(jobs.enqueue(new ExtractKnowledge(run.id(), selection.messageIds(), by),
        Jobs.Options.once("extraction:" + run.id()).withQueue(trigger == RunTrigger.HISTORY ? Queue.BULK : Queue.DEFAULT)));
    entities.flush();
    audit.record("extraction.started", "extraction_run", run.id(), Map.of("trigger", trigger.wire(), "messages", count));
    live.publish(LiveTopic.Event.KNOWLEDGE_EXTRACTION_STARTED, run.event());
    return Optional.of(run.id());
  }

  /** The active run of the trigger's scope. */
  public Optional<UUID> findActive(RunTrigger trigger) {
    return database.ask(sql -> sql.createQuery("""
            select id from extraction_run where scope = :scope and status in ('pending', 'running', 'cancelling')""")
        .bind("scope", trigger.scope()).mapTo(UUID.class).findOne());
  }

  /** What a worker does next. */
  record Work(@Nullable UUID agent, RunSelection selection, @Nullable RunPosition position, long processed, long messageCount,
      String createdBy) {}

  /** A worker starts or resumes the run; empty when there is nothing to do. */
  @Transactional
  public Optional<Work> start(UUID id) {
    ExtractionRun run = entities.find(ExtractionRun.class, id, LockModeType.PESSIMISTIC_WRITE);
    if (run == null || !run.start(now())) {
      return Optional.empty();
    }
    return Optional
        .of(new Work(run.agentId(), run.selection(), run.position(), run.messagesProcessed(), run.messageCount(), run.createdBy()));
  }

  /**
   * Stores a batch and the position after it in one transaction.
   *
   * @param failures the analysts that were asked before in vain
   * @return false when the run was cancelled or has ended; then nothing was stored
   */
  @Transactional
  public boolean store(UUID id, BatchReader.Batch batch, KnowledgeWriter.Input input, List<AnalysisValidator.Refusal> refused,
      List<AnalystFailover.Failure> failures) {
    ExtractionRun run = lock(id);
    if (!run.isActive() || run.isCancelling()) {
      return false;
    }
    KnowledgeWriter.Counts counts = write(batch, input);
    BatchResult result = counts.result(batch.candidates().size(), refused.size());
    run.recordAnalyst(input.author().analyst());
    run.recordBatch(batch.last(), result, now());
    insertRefusals(id, refused);
    shares.record(id, input.author().analyst(), result, batch.words());
    failures.forEach(failure -> shares.recordFailure(id, failure));
    entities.flush();
    live.publish(LiveTopic.Event.KNOWLEDGE_EXTRACTION_PROGRESS, run.event());
    return true;
  }

  /** Stores what a retry found in a message, which belongs to no run. */
  @Transactional
  public void store(BatchReader.Batch batch, KnowledgeWriter.Input input) {
    write(batch, input);
  }

  private KnowledgeWriter.Counts write(BatchReader.Batch batch, KnowledgeWriter.Input input) {
    writes.lock(); // Before messages are locked, so that two runs with messages in common do not wait for each other.
    Set<UUID> touched = input.touchedMessages();
    batch.candidates().forEach(candidate -> touched.add(candidate.id()));
    if (!reader.lockUnchanged(input.quotedRevisions(), touched)) {
      throw new MessagesChanged();
    }
    KnowledgeWriter.Counts counts = writer.write(input);
    reader.markExamined(batch.candidates(), input.author().analyst(), input.author().run());
    return counts;
  }

  /** Moves the position over a batch whose only message could not be analyzed; it is listed as a failed item. */
  @Transactional
  public void skip(UUID id, BatchReader.Candidate candidate) {
    ExtractionRun run = lock(id);
    reader.markExamined(List.of(candidate), BuiltInAnalyst.NAME, id);
    run.recordBatch(null, new BatchResult(1, 0, 0, 0, 0, 0, 0), now());
  }

  /**
   * Moves the position over a batch that nobody may examine, because all providers exclude its chat; its messages stay
   * unexamined.
   *
   * @return false when the run was cancelled or has ended
   */
  @Transactional
  public boolean passOver(UUID id, BatchReader.Batch batch) {
    ExtractionRun run = lock(id);
    if (!run.isActive() || run.isCancelling()) {
      return false;
    }
    run.recordBatch(batch.last(), new BatchResult(0, 0, 0, 0, 0, 0, 0), now());
    shares.recordPassedOver(id, batch.candidates().size());
    return true;
  }

  private void insertRefusals(UUID run, List<AnalysisValidator.Refusal> refused) {
    for (AnalysisValidator.Refusal refusal : refused) {
      database.run(sql -> sql.createUpdate("""
              insert into extraction_refusal (id, run_id, item, reason) select :id, :run, :item, :reason
               where (select count(*) from extraction_refusal where run_id = :run) < :most""")
          .bind("id", Ids.next()).bind("run", run).bind("item", refusal.item()).bind("reason", refusal.reason()).bind("most", MAX_REFUSALS)
          .execute());
    }
  }

  /** Completes the run, and its job in the same transaction. */
  @Transactional
  public void complete(UUID id, JobRun job) {
    ExtractionRun run = lock(id);
    boolean endsNow = run.isActive();
    if (endsNow) {
      run.complete(now());
    }
    job.complete();
    entities.flush();
    if (endsNow) {
      publishEnd(run);
    }
  }

  private void publishEnd(ExtractionRun run) {
    live.publish(run.status() == RunStatus.CANCELLED
        ? LiveTopic.Event.KNOWLEDGE_EXTRACTION_CANCELLED
        : LiveTopic.Event.KNOWLEDGE_EXTRACTION_COMPLETED, run.event());
  }

  /** Ends the run with an error; what its batches stored stays. */
  @Transactional
  public void fail(UUID id, String reason) {
    ExtractionRun run = lock(id);
    run.fail(reason, now());
    entities.flush();
    live.publish(LiveTopic.Event.KNOWLEDGE_EXTRACTION_FAILED, run.event());
  }

  /** Ends the runs whose jobs have ended without them, such as after several lost workers; they would block their scope. */
  @Transactional
  public void endAbandoned() {
    List<UUID> abandoned = database.ask(sql -> sql.createQuery("""
            select r.id from extraction_run r join job j on j.id = r.job_id
             where r.status in ('pending', 'running', 'cancelling') and j.state in ('dead', 'discarded', 'cancelled', 'completed')""")
        .mapTo(UUID.class).list());
    abandoned.forEach(run -> fail(run, "The job ended"));
  }

  /**
   * Asks the run to stop after the batch that is at work; what is stored stays.
   *
   * @throws Problem 404, 409 when it has ended
   */
  @Transactional
  public void cancel(UUID id) {
    ExtractionRun run = lock(id);
    run.cancel(now());
    entities.flush();
    audit.record("extraction.cancelled", "extraction_run", id, Map.of());
    live.publish(run.isActive()
        ? LiveTopic.Event.KNOWLEDGE_EXTRACTION_PROGRESS
        : LiveTopic.Event.KNOWLEDGE_EXTRACTION_CANCELLED, run.event());
  }

  private ExtractionRun lock(UUID id) {
    ExtractionRun run = entities.find(ExtractionRun.class, id, LockModeType.PESSIMISTIC_WRITE);
    if (run == null) {
      throw Problem.notFound(LocalizedMessage.of("problem.none.extraction"));
    }
    return run;
  }

  private static final String SELECT = """
      select id, scope, trigger_type, status, analyst, job_id, message_count, messages_processed, topics_created, atoms_created,
             links_created, versions_created, quotes_added, refused_count, error, created_by, created_at, started_at, ended_at
        from extraction_run
      """;

  /** @throws Problem 404 when there is none */
  public Item find(UUID id) {
    return database.ask(sql -> sql.createQuery(SELECT + "where id = :id").bind("id", id).map(Database.to(Item.class)).findOne())
        .orElseThrow(() -> Problem.notFound(LocalizedMessage.of("problem.none.extraction")));
  }

  /** Lists the newest runs. */
  public List<Item> list(int limit) {
    return database.ask(sql -> sql.createQuery(SELECT + "order by created_at desc, id desc limit :limit").bind("limit", limit)
        .map(Database.to(Item.class)).list());
  }

  /** Lists what validation refused. */
  public List<RefusedItem> refusals(UUID run) {
    return database.ask(sql -> sql.createQuery("select item, reason from extraction_refusal where run_id = :run order by created_at, id")
        .bind("run", run).map(Database.to(RefusedItem.class)).list());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
