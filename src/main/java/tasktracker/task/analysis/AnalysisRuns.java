package tasktracker.task.analysis;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.Ids;
import tasktracker.platform.data.UniqueViolation;
import tasktracker.platform.job.JobRun;
import tasktracker.platform.job.Jobs;
import tasktracker.platform.live.EventPublisher;
import tasktracker.platform.live.LiveTopic;
import tasktracker.platform.security.audit.Audit;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.json.Json;
import tasktracker.platform.web.problem.Problem;
import tasktracker.project.Project;
import tasktracker.project.ProjectDeletion;
import tasktracker.project.ProjectStore;
import tasktracker.task.analyst.TaskAnalyst;
import tasktracker.task.analyst.TaskValidator;
import tasktracker.task.proposal.ProposalCounts;
import tasktracker.task.proposal.ProposalDecided;
import tasktracker.task.proposal.ProposalStore;

/** The repository of analysis runs; each method is one transaction, or joins the caller's. */
@ApplicationScoped
public class AnalysisRuns {

  private static final int MAX_REFUSALS = 100;
  private static final Duration MAX_WINDOW = Duration.ofDays(3660);

  @PersistenceContext(unitName = "tasktracker") private EntityManager entities;
  @Inject private Database database;
  @Inject private WindowReader reader;
  @Inject private TaskAnalyst analyst;
  @Inject private ProjectStore projects;
  @Inject private ProposalStore proposals;
  @Inject private ProposalWriter writer;
  @Inject private Jobs jobs;
  @Inject private EventPublisher live;
  @Inject private Audit audit;
  @Inject private Clock clock;

  /** The payload of the events about a run. */
  public record RunEvent(UUID id, String status, @Nullable String error, @Nullable Instant startedAt, @Nullable Instant completedAt,
      long proposalsTotal, long proposalsPending, int batchesCreated) {}

  /** The payload of the event about a new run. */
  public record RunCreated(UUID id, String status, String triggerType, Instant timeWindowStart, Instant timeWindowEnd) {}

  /** The payload of the event about the progress of a run. */
  public record RunProgress(UUID runId, int currentBatch, int totalBatches, int progressPercent) {}

  /** The payload of the event about the proposals of a batch. */
  public record ProposalsCreated(UUID runId, int proposalsCount, long proposalsTotal, long proposalsPending) {}

  /** The payload of the event about a closed run. */
  public record RunClosed(UUID id, String status, Metrics accuracyMetrics) {}

  /** What people decided about the proposals of a run; rates are 0 without any. */
  public record Metrics(long proposalsTotal, long proposalsApproved, long proposalsRejected, long proposalsMerged, double approvalRate,
      double rejectionRate) {

    static Metrics of(ProposalCounts counts) {
      return new Metrics(counts.total(), counts.approved(), counts.rejected(), counts.merged(), counts.rate(counts.approved()),
          counts.rate(counts.rejected()));
    }
  }

  /** A refused proposal. */
  public record RefusedItem(String item, String reason) {}

  /**
   * Counts what a run would read.
   *
   * @throws Problem 400 for a window that ends before it starts, or is longer than ten years
   */
  public AnalysisEstimate estimate(AnalysisSelection selection) {
    boolean isWindow = selection.from().isBefore(selection.until())
        && Duration.between(selection.from(), selection.until()).compareTo(MAX_WINDOW) <= 0;
    if (!isWindow) {
      throw Problem.badRequest(LocalizedMessage.of("problem.analysis.window"));
    }
    return reader.estimate(selection);
  }

  /**
   * Creates a pending run.
   *
   * @throws Problem 400 for a wrong window, 404 for an unknown project, 409 while another run of the project is open
   */
  @Transactional
  public UUID create(AnalysisSelection selection, AnalysisTrigger trigger, @Nullable UUID retryOf, String by) {
    Optional<Project> project = Optional.ofNullable(selection.projectId()).map(id -> projects.find(id)
        .orElseThrow(() -> Problem.notFound(LocalizedMessage.of("problem.none.project"))));
    AnalysisRun run = new AnalysisRun(Ids.next(), selection, trigger, analyst.name(), estimate(selection),
        config(selection, project.orElse(null)), retryOf, by, now());
    failLost();
    try {
      entities.persist(run);
      entities.flush();
    } catch (RuntimeException e) {
      throw UniqueViolation.isIn(e) ? Problem.conflict(LocalizedMessage.of("problem.analysis.open")) : e;
    }
    audit.record("analysis.created", "analysis_run", run.id(), Map.of("trigger", trigger.wire()));
    live.publish(LiveTopic.Event.RUN_CREATED,
        new RunCreated(run.id(), run.status().wire(), trigger.wire(), selection.from(), selection.until()));
    return run.id();
  }

  private static Map<String, Object> config(AnalysisSelection selection, @Nullable Project project) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("time_window", Map.of("start", selection.from().toString(), "end", selection.until().toString()));
    config.put("includes_noise", selection.includesNoise());
    if (project != null) {
      config.put("project_config", Map.of("id", project.id().toString(), "name", project.fields().name(), "version", project.version(),
          "keywords", project.fields().keywords()));
    }
    return config;
  }

  /** Hands a pending run to a worker; again for one that was handed over already. @throws Problem 404, 409 when it is not pending */
  @Transactional
  public void start(UUID id) {
    AnalysisRun run = lock(id);
    run.assign(jobs.enqueue(new ExecuteAnalysisRun(id), Jobs.Options.once("analysis:" + id)));
    entities.flush();
    audit.record("analysis.started", "analysis_run", id, Map.of());
    publish(LiveTopic.Event.RUN_UPDATED, run);
  }

  /**
   * Creates a run over the same window as one that failed or was cancelled, and starts it.
   *
   * @throws Problem 404, 409 when it did not fail, or another run of the project is open
   */
  @Transactional
  public UUID retry(UUID id, String by) {
    AnalysisRunItem former = find(id);
    boolean isProjectGone = former.isProjectOnly() && former.projectConfigId() == null; // It would read all messages.
    if (!former.isRetryable() || isProjectGone) {
      throw Problem.conflict(LocalizedMessage.of("problem.analysis.not_retryable"));
    }
    UUID retried = create(new AnalysisSelection(former.timeWindowStart(), former.timeWindowEnd(), former.projectConfigId(),
        former.isProjectOnly(), former.includesNoise()), AnalysisTrigger.of(former.triggerType()).orElseThrow(), id, by);
    start(retried);
    return retried;
  }

  /** What a worker does next. */
  record Work(AnalysisSelection selection, @Nullable AnalysisPosition position, int batchesDone, int batchesTotal, String createdBy) {}

  /** A worker begins or goes on with the run; empty when there is nothing to do. */
  @Transactional
  public Optional<Work> begin(UUID id) {
    AnalysisRun run = entities.find(AnalysisRun.class, id, LockModeType.PESSIMISTIC_WRITE);
    if (run == null) {
      return Optional.empty();
    }
    AnalysisRunStatus before = run.status();
    boolean goesOn = run.begin(reader.estimate(run.selection()), now());
    entities.flush();
    if (run.status() != before) {
      publish(goesOn ? LiveTopic.Event.RUN_STARTED : LiveTopic.Event.RUN_CANCELLED, run);
    }
    return goesOn
        ? Optional.of(new Work(run.selection(), run.position(), run.batchesDone(), run.batchesTotal(), run.createdBy()))
        : Optional.empty();
  }

  /**
   * Stores a batch and the position after it in one transaction.
   *
   * @return false when the run was cancelled or has ended; then nothing was stored
   */
  @Transactional
  public boolean store(UUID id, ProposalWriter.Input input, List<TaskValidator.Refusal> refused) {
    lockQuoted(input); // Before the run: somebody who decides holds a proposal, and an edit of a message waits for it.
    AnalysisRun run = lock(id);
    if (!run.isActive() || run.isCancelling()) {
      return false;
    }
    int added = writer.write(input);
    run.recordBatch(input.batch().last(), input.batch().candidates().size(), refused.size(), now());
    insertRefusals(id, refused);
    entities.flush();
    publishProgress(run, added);
    return true;
  }

  /** Stores what a retry found in a message, which belongs to no run. */
  @Transactional
  public void store(ProposalWriter.Input input) {
    lockQuoted(input);
    writer.write(input);
  }

  private void lockQuoted(ProposalWriter.Input input) {
    // Two runs that find the same thing at once would wait for each other.
    database.run(sql -> sql.execute("select pg_advisory_xact_lock(hashtext('task-tracker proposals'))"));
    if (!reader.lockUnchanged(input.quotedRevisions())) {
      throw new MessagesEdited();
    }
  }

  private void publishProgress(AnalysisRun run, int added) {
    int percent = run.batchesTotal() == 0 ? 0 : run.batchesDone() * 100 / run.batchesTotal();
    live.publish(LiveTopic.Event.RUN_PROGRESS, new RunProgress(run.id(), run.batchesDone(), run.batchesTotal(), percent));
    if (added > 0) {
      ProposalCounts counts = proposals.countOfRun(run.id());
      live.publish(LiveTopic.Event.PROPOSALS_CREATED, new ProposalsCreated(run.id(), added, counts.total(), counts.pending()));
    }
  }

  /** Moves the position over a batch that could not be stored or read. */
  @Transactional
  public void skip(UUID id, WindowReader.Batch batch) {
    AnalysisRun run = lock(id);
    if (run.isActive()) {
      run.recordBatch(batch.last(), batch.candidates().size(), 0, now());
      entities.flush();
      publishProgress(run, 0);
    }
  }

  private void insertRefusals(UUID run, List<TaskValidator.Refusal> refused) {
    for (TaskValidator.Refusal refusal : refused) {
      database.run(sql -> sql.createUpdate("""
              insert into analysis_refusal (id, run_id, item, reason) select :id, :run, :item, :reason
               where (select count(*) from analysis_refusal where run_id = :run) < :most""")
          .bind("id", Ids.next()).bind("run", run).bind("item", refusal.title()).bind("reason", refusal.reason()).bind("most", MAX_REFUSALS)
          .execute());
    }
  }

  /** Completes the run, and its job in the same transaction. */
  @Transactional
  public void complete(UUID id, JobRun job) {
    AnalysisRun run = lock(id);
    boolean endsNow = run.isActive();
    if (endsNow) {
      run.complete(proposals.countOfRun(id).pending(), now());
    }
    job.complete();
    entities.flush();
    if (endsNow) {
      publish(run.status() == AnalysisRunStatus.CANCELLED ? LiveTopic.Event.RUN_CANCELLED : LiveTopic.Event.RUN_COMPLETED, run);
    }
  }

  /** Ends the run with an error; the proposals of its batches stay. */
  @Transactional
  public void fail(UUID id, String reason) {
    AnalysisRun run = lock(id);
    run.fail(reason, now());
    entities.flush();
    publish(LiveTopic.Event.RUN_FAILED, run);
  }

  /** Ends the runs whose jobs have ended without them, such as after several lost workers; they would block their project. */
  @Transactional
  public void failLost() {
    List<UUID> lost = database.ask(sql -> sql.createQuery("""
            select r.id from analysis_run r join job j on j.id = r.job_id
             where r.status in ('pending', 'running') and j.state in ('dead', 'discarded', 'cancelled', 'completed')""")
        .mapTo(UUID.class).list());
    lost.forEach(run -> fail(run, "The job ended"));
  }

  /** Asks the run to stop after the batch that is at work; what is stored stays. @throws Problem 404, 409 when it has ended */
  @Transactional
  public void cancel(UUID id) {
    AnalysisRun run = lock(id);
    run.cancel(now());
    entities.flush();
    audit.record("analysis.cancelled", "analysis_run", id, Map.of());
    publish(run.isActive() ? LiveTopic.Event.RUN_UPDATED : LiveTopic.Event.RUN_CANCELLED, run);
  }

  /** @throws Problem 404, 400 while proposals wait for a decision, 409 when it is neither completed nor reviewed */
  @Transactional
  public void close(UUID id) {
    AnalysisRun run = lock(id);
    ProposalCounts counts = proposals.countOfRun(id);
    Metrics metrics = Metrics.of(counts);
    run.close(counts.pending(), Json.jsonb().toJson(metrics), now());
    entities.flush();
    audit.record("analysis.closed", "analysis_run", id, Map.of());
    live.publish(LiveTopic.Event.RUN_CLOSED, new RunClosed(id, run.status().wire(), metrics));
  }

  /** With its last proposal decided, a run is reviewed. */
  @Transactional(TxType.MANDATORY)
  void on(@Observes ProposalDecided event) {
    AnalysisRun run = lock(event.runId());
    if (run.status() == AnalysisRunStatus.CLOSED && proposals.countOfRun(run.id()).pending() > 0) {
      throw Problem.conflict(LocalizedMessage.of("problem.analysis.closed"));
    }
    boolean mayReopen = run.isOpen() || !hasOpen(run.scope());
    boolean isChanged = run.review(proposals.countOfRun(run.id()).pending(), mayReopen, now());
    entities.flush();
    if (isChanged) {
      publish(LiveTopic.Event.RUN_UPDATED, run);
    }
  }

  /** A project stays until its run has ended: its messages would no longer be told apart. @throws Problem 409 */
  void on(@Observes ProjectDeletion event) {
    if (hasOpen(event.projectId())) {
      throw Problem.conflict(LocalizedMessage.of("problem.project.analysed"));
    }
  }

  private boolean hasOpen(UUID scope) {
    return database.ask(sql -> sql.createQuery("""
            select exists (select from analysis_run where scope = :scope and status in ('pending', 'running', 'completed'))""")
        .bind("scope", scope).mapTo(Boolean.class).one());
  }

  private void publish(LiveTopic.Event event, AnalysisRun run) {
    ProposalCounts counts = proposals.countOfRun(run.id());
    live.publish(event, new RunEvent(run.id(), run.status().wire(), run.error(), run.startedAt(), run.completedAt(), counts.total(),
        counts.pending(), run.batchesTotal()));
  }

  private AnalysisRun lock(UUID id) {
    AnalysisRun run = entities.find(AnalysisRun.class, id, LockModeType.PESSIMISTIC_WRITE);
    if (run == null) {
      throw Problem.notFound(LocalizedMessage.of("problem.none.analysis"));
    }
    entities.refresh(run);
    return run;
  }

  /** @throws Problem 404 when there is none */
  public AnalysisRunItem find(UUID id) {
    return database
        .ask(sql -> sql.createQuery(AnalysisRunItem.SELECT + "where r.id = :id").bind("id", id).map(Database.to(AnalysisRunItem.class))
            .findOne())
        .orElseThrow(() -> Problem.notFound(LocalizedMessage.of("problem.none.analysis")));
  }

  /**
   * Selects runs; a null component matches any.
   *
   * @param from created at or after this time
   * @param until created before this time
   */
  public record Filter(@Nullable String status, @Nullable String trigger, @Nullable Instant from, @Nullable Instant until) {

    public static final Filter ANY = new Filter(null, null, null, null);
  }

  private static final String MATCH = """
       where (cast(:status as text) is null or r.status = :status) and (cast(:trigger as text) is null or r.trigger_type = :trigger)
         and r.created_at >= coalesce(cast(:from as timestamptz), '-infinity') and r.created_at < coalesce(cast(:until as timestamptz), 'infinity')
      """;

  /** Lists runs, newest first. */
  public List<AnalysisRunItem> list(Filter filter, int limit, int skip) {
    return database
        .ask(sql -> sql.createQuery(AnalysisRunItem.SELECT + MATCH + "order by r.created_at desc, r.id desc limit :limit offset :skip")
            .bind("status", filter.status()).bind("trigger", filter.trigger()).bind("from", filter.from()).bind("until", filter.until())
            .bind("limit", limit).bind("skip", skip).map(Database.to(AnalysisRunItem.class)).list());
  }

  public long count(Filter filter) {
    return database.ask(sql -> sql.createQuery("select count(*) from analysis_run r" + MATCH).bind("status", filter.status())
        .bind("trigger", filter.trigger()).bind("from", filter.from()).bind("until", filter.until()).mapTo(Long.class).one());
  }

  /** Counts the runs that are neither closed nor ended by a failure or a person. */
  public long countUnclosed() {
    return database.ask(sql -> sql.createQuery("""
            select count(*) from analysis_run where status in ('pending', 'running', 'completed', 'reviewed')""").mapTo(Long.class).one());
  }

  /** The latest run that a worker reads messages for. */
  public Optional<AnalysisRunItem> findActive() {
    return database.ask(sql -> sql.createQuery(AnalysisRunItem.SELECT + """
            where r.status in ('pending', 'running') order by r.created_at desc, r.id desc limit 1""")
        .map(Database.to(AnalysisRunItem.class)).findOne());
  }

  /** Lists what validation refused. */
  public List<RefusedItem> refusals(UUID run) {
    return database.ask(sql -> sql.createQuery("select item, reason from analysis_refusal where run_id = :run order by created_at, id")
        .bind("run", run).map(Database.to(RefusedItem.class)).list());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
