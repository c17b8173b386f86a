package tasktracker.task.analysis;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A run as lists, pages and the API show it. The numbers of proposals are counted when it is read. */
public record AnalysisRunItem(UUID id, Instant timeWindowStart, Instant timeWindowEnd, @Nullable UUID projectConfigId,
    @Nullable String projectName, String triggerType, String status, boolean isCancelling, String analyst, boolean includesNoise,
    boolean isProjectOnly, @Nullable UUID jobId, @Nullable UUID retryOf, long totalMessagesInWindow, long messagesAfterPrefilter,
    long messagesProcessed, int batchesCreated, int batchesDone, int refusedCount, long llmTokensUsed, double costEstimate,
    long proposalsTotal, long proposalsPending, long proposalsApproved, long proposalsRejected, long proposalsMerged,
    @Nullable String error, @Nullable String accuracyMetrics, String createdBy, Instant createdAt, @Nullable Instant startedAt,
    @Nullable Instant completedAt, @Nullable Instant closedAt) {

  static final String SELECT = """
      select r.id, r.time_window_start, r.time_window_end, r.project_id as project_config_id, j.name as project_name, r.trigger_type,
             r.status, r.is_cancelling, r.analyst, r.includes_noise, r.is_project_only, r.job_id, r.retry_of,
             r.messages_in_window as total_messages_in_window, r.messages_after_prefilter, r.messages_processed,
             r.batches_total as batches_created, r.batches_done, r.refused_count, r.llm_tokens_used, r.cost_estimate,
             c.total as proposals_total, c.pending as proposals_pending, c.approved as proposals_approved,
             c.rejected as proposals_rejected, c.merged as proposals_merged, r.error, r.accuracy_metrics, r.created_by, r.created_at,
             r.started_at, r.completed_at, r.closed_at
        from analysis_run r
        left join project j on j.id = r.project_id
        cross join lateral (select COUNTS from task_proposal where run_id = r.id) c
      """.replace("COUNTS", tasktracker.task.proposal.ProposalCounts.COLUMNS);

  /** Whether a worker reads messages, or will. */
  public boolean isActive() {
    return status.equals("pending") || status.equals("running");
  }

  /** Whether it was created and no worker has been asked for. */
  public boolean isStartable() {
    return status.equals("pending") && jobId == null;
  }

  /** Whether a person can close it, once no proposal waits. */
  public boolean isClosable() {
    return status.equals("completed") || status.equals("reviewed");
  }

  /** Whether it can be run again as a new run. */
  public boolean isRetryable() {
    return status.equals("failed") || status.equals("cancelled");
  }

  /** The part that was read in percent, by batches. */
  public int percent() {
    return batchesCreated == 0 ? 0 : batchesDone * 100 / batchesCreated;
  }

  /** The last part of the key of the words for its status. */
  public String statusKey() {
    return isCancelling ? "cancelling" : status;
  }

  /** The colour of the badge of its status. */
  public String badgeKind() {
    return switch (status) {
      case "completed" -> "warn";
      case "reviewed" -> "ok";
      case "failed" -> "bad";
      case "running", "pending" -> "info";
      default -> "neutral";
    };
  }

  /** The icon of the badge of its status. */
  public String badgeIcon() {
    return switch (status) {
      case "completed" -> "clock";
      case "reviewed" -> "check";
      case "failed" -> "alert";
      case "running" -> "play";
      case "pending" -> "clock";
      case "cancelled" -> "stop";
      default -> "lock";
    };
  }

  /** How long a worker needed, in seconds; null while that is not known. */
  public @Nullable Long seconds() {
    return startedAt == null || completedAt == null ? null : Duration.between(startedAt, completedAt).toSeconds();
  }
}
