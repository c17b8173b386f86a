package tasktracker.source;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Batches;
import tasktracker.platform.web.Json;

/** An import as programs and pages see it; the guide's job of ingestion. Counts never go back. */
public record ImportView(UUID id, @Nullable String sourceType, @Nullable String fileName, long fileSize,
    Map<String, List<String>> sourceIdentifiers, @Nullable Instant timeWindowStart, @Nullable Instant timeWindowEnd,
    String status, long messagesFetched, long messagesTotal, long messagesStored, long messagesRevised,
    long messagesSkipped, long errorsCount, int currentBatch, int totalBatches, @Nullable Rehearsal rehearsal,
    @Nullable ErrorLog errorLog, String createdBy, Instant createdAt, @Nullable Instant startedAt,
    @Nullable Instant completedAt, Instant updatedAt) {

  /** How many lines are stored with one commit. */
  static final int BATCH = Batches.ingest();

  /** Why it failed. */
  public record ErrorLog(String error, @Nullable Instant timestamp) {}

  /** A row of the table. */
  public record Row(UUID id, @Nullable UUID sourceId, @Nullable String format, @Nullable String fileName, long fileSize,
      String status, long linesDone, long linesTotal, int batchesDone, long messagesStored, long messagesRevised,
      long messagesSkipped, long errorsCount, int chatsTotal, @Nullable Instant firstSentAt, @Nullable Instant lastSentAt,
      @Nullable String rehearsal, @Nullable String error, String createdBy, Instant createdAt, @Nullable Instant startedAt,
      @Nullable Instant endedAt, Instant updatedAt) {}

  static ImportView of(Row row) {
    Rehearsal rehearsal = row.rehearsal() == null ? null : Json.jsonb().fromJson(row.rehearsal(), Rehearsal.class);
    return new ImportView(row.id(), row.format(), row.fileName(), row.fileSize(),
        Map.of("chat_ids", rehearsal == null ? List.of() : rehearsal.chats().stream().map(Rehearsal.ChatCount::key).toList()),
        row.firstSentAt(), row.lastSentAt(), row.status(), row.linesDone(), row.linesTotal(), row.messagesStored(),
        row.messagesRevised(), row.messagesSkipped(), row.errorsCount(), row.batchesDone(),
        (int) ((row.linesTotal() + BATCH - 1) / BATCH), rehearsal,
        row.error() == null ? null : new ErrorLog(row.error(), row.endedAt()), row.createdBy(), row.createdAt(),
        row.startedAt(), row.endedAt(), row.updatedAt());
  }

  private boolean is(Set<ImportStatus> among) {
    return among.contains(ImportStatus.of(status));
  }

  /** Whether something happens to it just now. (Not {@code isMoving}: JSON would tell it as a field.) */
  public boolean moving() {
    return is(ImportStatus.MOVING);
  }

  public boolean startable() {
    return is(ImportStatus.STARTABLE) && rehearsal != null;
  }

  public boolean cancellable() {
    return is(ImportStatus.CANCELLABLE);
  }

  public boolean undoable() {
    return is(ImportStatus.UNDOABLE) && messagesStored > 0;
  }

  /** Whether all of it was there before, which whoever imported it wonders about when nothing else is said. */
  public boolean broughtNothing() {
    return status.equals(ImportStatus.COMPLETED.wire()) && messagesStored == 0 && messagesRevised == 0 && messagesSkipped > 0;
  }

  /** True when nobody has come further for a minute and a half: its worker is gone, starting it again is the cure. */
  public boolean isStalled(Instant now) {
    return status.equals(ImportStatus.RUNNING.wire()) && updatedAt.isBefore(now.minusSeconds(90));
  }

  /** How long it has been running, or ran. */
  public @Nullable Duration took(Instant now) {
    return startedAt == null ? null : Duration.between(startedAt, completedAt == null ? now : completedAt);
  }
}
