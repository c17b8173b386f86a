package tasktracker.platform.live;

import java.util.Arrays;
import java.util.Optional;

/** The registry of live topics and their events, with the names that programs use on the wire. */
public enum LiveTopic {
  AGENTS(Audience.REVIEWERS),
  TASKS(Audience.READERS),
  PROVIDERS(Audience.REVIEWERS),
  ANALYSIS(Audience.READERS),
  PROPOSALS(Audience.READERS),
  MESSAGES(Audience.READERS),
  EXPERIMENTS(Audience.READERS),
  KNOWLEDGE(Audience.READERS),
  NOISE_FILTERING(Audience.READERS),
  VERSIONS(Audience.READERS),
  PROJECTS(Audience.READERS),
  JOBS(Audience.REVIEWERS),
  SYSTEM(Audience.REVIEWERS);

  private final Audience audience;

  LiveTopic(Audience audience) {
    this.audience = audience;
  }

  /** Who may receive its events and the fragments that they update. */
  public Audience audience() {
    return audience;
  }

  /** Its name on the wire. */
  public String wire() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** The topic of this name; {@code analysis_runs} is an alias of {@code analysis}. */
  public static Optional<LiveTopic> of(String wire) {
    String name = wire.equals("analysis_runs") ? "analysis" : wire;
    return Arrays.stream(values()).filter(t -> t.wire().equals(name)).findFirst();
  }

  /** Every event that the product sends. */
  public enum Event {
    MESSAGE_NEW(MESSAGES, "message.new"),
    MESSAGE_UPDATED(MESSAGES, "message.updated"),
    MESSAGE_DELETED(MESSAGES, "message.deleted"),
    MESSAGE_RESTORED(MESSAGES, "message.restored"),
    MESSAGE_REASSIGNED(MESSAGES, "message.reassigned"),
    INGESTION_STARTED(MESSAGES, "ingestion.started"),
    INGESTION_PROGRESS(MESSAGES, "ingestion.progress"),
    INGESTION_COMPLETED(MESSAGES, "ingestion.completed"),
    INGESTION_FAILED(MESSAGES, "ingestion.failed"),
    MESSAGE_SCORED(NOISE_FILTERING, "message_scored"),
    BATCH_SCORED(NOISE_FILTERING, "batch_scored"),
    KNOWLEDGE_EXTRACTION_STARTED(KNOWLEDGE, "knowledge.extraction_started"),
    KNOWLEDGE_EXTRACTION_PROGRESS(KNOWLEDGE, "knowledge.extraction_progress"),
    KNOWLEDGE_EXTRACTION_COMPLETED(KNOWLEDGE, "knowledge.extraction_completed"),
    KNOWLEDGE_EXTRACTION_FAILED(KNOWLEDGE, "knowledge.extraction_failed"),
    KNOWLEDGE_EXTRACTION_CANCELLED(KNOWLEDGE, "knowledge.extraction_cancelled"),
    KNOWLEDGE_TOPIC_CREATED(KNOWLEDGE, "knowledge.topic_created"),
    KNOWLEDGE_TOPIC_UPDATED(KNOWLEDGE, "knowledge.topic_updated"),
    KNOWLEDGE_ATOM_CREATED(KNOWLEDGE, "knowledge.atom_created"),
    KNOWLEDGE_ATOM_UPDATED(KNOWLEDGE, "knowledge.atom_updated"),
    KNOWLEDGE_VERSION_CREATED(KNOWLEDGE, "knowledge.version_created"),
    KNOWLEDGE_VERSION_UPDATED(KNOWLEDGE, "knowledge.version_updated"),
    PENDING_COUNT_UPDATED(VERSIONS, "pending_count_updated"),
    RUN_CREATED(ANALYSIS, "run_created"),
    RUN_STARTED(ANALYSIS, "run_started"),
    RUN_PROGRESS(ANALYSIS, "run_progress"),
    PROPOSALS_CREATED(ANALYSIS, "proposals_created"),
    RUN_COMPLETED(ANALYSIS, "run_completed"),
    RUN_FAILED(ANALYSIS, "run_failed"),
    RUN_CANCELLED(ANALYSIS, "run_cancelled"),
    RUN_UPDATED(ANALYSIS, "run_updated"),
    RUN_CLOSED(ANALYSIS, "run_closed"),
    PROPOSAL_CREATED(PROPOSALS, "created"),
    PROPOSAL_UPDATED(PROPOSALS, "updated"),
    PROPOSAL_APPROVED(PROPOSALS, "approved"),
    PROPOSAL_REJECTED(PROPOSALS, "rejected"),
    PROPOSAL_MERGED(PROPOSALS, "merged"),
    TASK_CREATED(TASKS, "created"),
    TASK_UPDATED(TASKS, "updated"),
    TASK_STATUS_CHANGED(TASKS, "status_changed"),
    TASK_DELETED(TASKS, "deleted"),
    PROJECT_CREATED(PROJECTS, "created"),
    PROJECT_UPDATED(PROJECTS, "updated"),
    PROJECT_DELETED(PROJECTS, "deleted"),
    JOB_CHANGED(JOBS, "job_changed"),
    JOB_PROGRESS(JOBS, "job_progress"),
    FAILED_ITEMS_CHANGED(JOBS, "failed_items_changed"),
    PROVIDER_VALIDATION_UPDATE(PROVIDERS, "validation_update"),
    TELEGRAM_CHECKED(SYSTEM, "telegram.checked"),
    HEALTH(SYSTEM, "health");

    private final LiveTopic topic;
    private final String wire;

    Event(LiveTopic topic, String wire) {
      this.topic = topic;
      this.wire = wire;
    }

    public LiveTopic topic() {
      return topic;
    }

    public String wire() {
      return wire;
    }
  }
}
