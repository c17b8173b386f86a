package tasktracker.ops;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.job.admin.JobList;
import tasktracker.platform.job.admin.JobRow;

/**
 * A job in the API.
 *
 * @param workerLost number of workers lost while running it; from three on it is dead, and retrying all jobs skips it
 */
public record JobItem(UUID id, String kind, String queue, String state, JsonObject payload, @Nullable String uniqueKey,
    int attempt, int maxAttempts, @Nullable Progress progress, Instant runAt, Instant createdAt,
    @Nullable Instant startedAt, @Nullable Instant finishedAt, @Nullable Long durationMs, @Nullable String node,
    @Nullable Instant leaseUntil, @Nullable Instant cancelRequestedAt, @Nullable String decidedBy,
    @Nullable Instant decidedAt, @Nullable String error, int workerLost) {

  /** Progress of a job; a total of null is unknown. */
  public record Progress(long done, @Nullable Long total, String note) {}

  /** One attempt of a job. */
  public record Attempt(int attempt, @Nullable String node, Instant startedAt, @Nullable Instant finishedAt, long durationMs,
      String outcome, @Nullable String error) {

    static Attempt of(JobList.Attempt a) {
      return new Attempt(a.attempt(), a.node(), a.startedAt(), a.finishedAt(), a.took().toMillis(), a.outcome(), a.error());
    }
  }

  static JobItem of(JobRow row) {
    return new JobItem(row.id(), row.kind(), row.queue(), row.state().wire(), object(row.payload()), row.uniqueKey(), row.attempt(),
        row.maxAttempts(), progress(row), row.runAt(), row.createdAt(), row.startedAt(), row.finishedAt(),
        row.took() == null ? null : row.took().toMillis(), row.node(), row.leaseUntil(), row.cancelRequestedAt(),
        row.decidedBy(), row.decidedAt(), row.error(), row.lost());
  }

  private static @Nullable Progress progress(JobRow row) {
    if (row.progressDone() == null) {
      return null;
    }
    Long total = row.progressTotal() == null || row.progressTotal() == 0 ? null : row.progressTotal();
    return new Progress(row.progressDone(), total, row.progressNote() == null ? "" : row.progressNote());
  }

  private static JsonObject object(String json) {
    try (var reader = Json.createReader(new StringReader(json))) {
      return reader.readObject();
    }
  }
}
