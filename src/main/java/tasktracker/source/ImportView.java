package tasktracker.source;

import jakarta.json.bind.annotation.JsonbTransient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Batches;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.LocalizedMessages;
import tasktracker.platform.web.json.Json;

/** An import as the API and pages show it. Counts never decrease. */
public record ImportView(UUID id, @Nullable String sourceType, @Nullable String fileName, long fileSize,
    Map<String, List<String>> sourceIdentifiers, @Nullable Instant timeWindowStart, @Nullable Instant timeWindowEnd,
    @Nullable Instant fileDeletedAt, String status, long messagesFetched, long messagesTotal, long messagesStored, long messagesRevised,
    long messagesSkipped, long errorsCount, int currentBatch, int totalBatches, @Nullable DryRun rehearsal,
    @Nullable ErrorLog errorLog, String createdBy, Instant createdAt, @Nullable Instant startedAt,
    @Nullable Instant completedAt, Instant updatedAt, @JsonbTransient List<LocalizedMessage> unreadableReasons) {

  /** Maximum number of lines in a transaction; fewer when they are long. */
  static final int BATCH_SIZE = Batches.ingest();

  /**
   * Why it failed.
   *
   * @param error in English, for API clients
   * @param saying the same in a form that can be translated, or null when only the English text is stored; not part of
   *     the JSON
   */
  public record ErrorLog(String error, @Nullable Instant timestamp, @JsonbTransient @Nullable LocalizedMessage saying) {

    /** The reason in that language, if a translation exists. */
    public String text(Locale locale) {
      return saying == null ? error : saying.in(locale);
    }
  }

  /** A part of the file that could not be read, with the reason in the reader's language if a translation exists. */
  public record Unreadable(String name, String reason) {}

  /** The parts of the file that could not be read. */
  public List<Unreadable> unreadable(Locale locale) {
    List<DryRun.UnreadablePart> parts = rehearsal == null || rehearsal.unreadableParts() == null ? List.of() : rehearsal.unreadableParts();
    return IntStream.range(0, parts.size()).mapToObj(i -> new Unreadable(parts.get(i).name(),
        i < unreadableReasons.size() ? unreadableReasons.get(i).in(locale) : parts.get(i).reason())).toList();
  }

  /** A row of the table. */
  public record Row(UUID id, @Nullable UUID sourceId, @Nullable String format, @Nullable String fileName, long fileSize,
      String status, long linesDone, long linesTotal, int batchesDone, long messagesStored, long messagesRevised,
      long messagesSkipped, long errorsCount, int chatsTotal, @Nullable Instant firstSentAt, @Nullable Instant lastSentAt,
      @Nullable String rehearsal, @Nullable String unreadableReasons, @Nullable Instant fileDeletedAt, @Nullable String error,
      @Nullable String errorSaying, String createdBy, Instant createdAt,
      @Nullable Instant startedAt, @Nullable Instant endedAt, Instant updatedAt) {}

  static ImportView of(Row row) {
    DryRun rehearsal = row.rehearsal() == null ? null : Json.jsonb().fromJson(row.rehearsal(), DryRun.class);
    return new ImportView(row.id(), row.format(), row.fileName(), row.fileSize(),
        Map.of("chat_ids", rehearsal == null ? List.of() : rehearsal.chats().stream().map(DryRun.ChatCount::key).toList()),
        row.firstSentAt(), row.lastSentAt(), row.fileDeletedAt(), row.status(), row.linesDone(), row.linesTotal(), row.messagesStored(),
        row.messagesRevised(), row.messagesSkipped(), row.errorsCount(), row.batchesDone(),
        Math.max(row.batchesDone(), (int) ((row.linesTotal() + BATCH_SIZE - 1) / BATCH_SIZE)), rehearsal,
        errorLog(row), row.createdBy(), row.createdAt(), row.startedAt(), row.endedAt(), row.updatedAt(),
        LocalizedMessages.parseList(row.unreadableReasons()));
  }

  private static @Nullable ErrorLog errorLog(Row row) {
    return row.error() == null ? null : new ErrorLog(row.error(), row.endedAt(), saying(row));
  }

  /**
   * An earlier release writes only the English text; a stored translation that does not match it belongs to another
   * failure.
   */
  private static @Nullable LocalizedMessage saying(Row row) {
    return LocalizedMessages.parse(row.errorSaying()).filter(message -> message.english().equals(row.error())).orElse(null);
  }

  private boolean is(Set<ImportStatus> among) {
    return among.contains(ImportStatus.of(status));
  }

  /** Whether it is in progress. (Not {@code isInProgress}: JSON-B would serialize it.) */
  public boolean inProgress() {
    return is(ImportStatus.IN_PROGRESS);
  }

  public boolean startable() {
    return hasDeletableFile() && rehearsal != null;
  }

  /** Whether a person may start it, or start it again because it is stalled. */
  public boolean startable(boolean isStalled) {
    return startable() || isStalled && status.equals(ImportStatus.RUNNING.wire());
  }

  /** Whether its file is stored and no job works on it. */
  public boolean hasDeletableFile() {
    return is(ImportStatus.STARTABLE) && fileDeletedAt == null;
  }

  public boolean cancellable() {
    return is(ImportStatus.CANCELLABLE);
  }

  public boolean undoable() {
    return is(ImportStatus.UNDOABLE) && messagesStored > 0;
  }

  /** Whether messages of it can be listed. */
  public boolean hasMessages() {
    return messagesStored > 0 && !status.equals(ImportStatus.UNDONE.wire());
  }

  /** Whether all its messages were already stored. */
  public boolean hasNothingNew() {
    return status.equals(ImportStatus.COMPLETED.wire()) && messagesStored == 0 && messagesRevised == 0 && messagesSkipped > 0;
  }

  /** Whether it made no progress for 90 seconds: its worker is lost and starting it again helps. */
  public boolean isStalled(Instant now) {
    return status.equals(ImportStatus.RUNNING.wire()) && updatedAt.isBefore(now.minusSeconds(90));
  }

  /** How long it has been running, or ran. */
  public @Nullable Duration duration(Instant now) {
    return startedAt == null ? null : Duration.between(startedAt, completedAt == null ? now : completedAt);
  }
}
