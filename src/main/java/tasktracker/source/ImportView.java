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
import tasktracker.platform.web.Json;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.LocalizedMessages;

/** An import as programs and pages see it; the guide's job of ingestion. Counts never go back. */
public record ImportView(UUID id, @Nullable String sourceType, @Nullable String fileName, long fileSize,
    Map<String, List<String>> sourceIdentifiers, @Nullable Instant timeWindowStart, @Nullable Instant timeWindowEnd,
    @Nullable Instant fileDeletedAt, String status, long messagesFetched, long messagesTotal, long messagesStored, long messagesRevised,
    long messagesSkipped, long errorsCount, int currentBatch, int totalBatches, @Nullable DryRun rehearsal,
    @Nullable ErrorLog errorLog, String createdBy, Instant createdAt, @Nullable Instant startedAt,
    @Nullable Instant completedAt, Instant updatedAt, @JsonbTransient List<LocalizedMessage> unreadableReasons) {

  /** How many lines are stored with one commit at most; fewer when they are long. */
  static final int BATCH = Batches.ingest();

  /**
   * Why it failed.
   *
   * @param error in English, as programs are told it
   * @param saying the same for people, or null when only the English is known; no field of the JSON
   */
  public record ErrorLog(String error, @Nullable Instant timestamp, @JsonbTransient @Nullable LocalizedMessage saying) {

    /** In that language, as far as it is known there. */
    public String told(Locale locale) {
      return saying == null ? error : saying.in(locale);
    }
  }

  /** A part of the file that could not be read, and why, in the reader's language as far as it is known there. */
  public record Unreadable(String name, String reason) {}

  /** The parts of the file that could not be read, while the others were. */
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
        Math.max(row.batchesDone(), (int) ((row.linesTotal() + BATCH - 1) / BATCH)), rehearsal,
        errorLog(row), row.createdBy(), row.createdAt(), row.startedAt(), row.endedAt(), row.updatedAt(),
        LocalizedMessages.parseList(row.unreadableReasons()));
  }

  private static @Nullable ErrorLog errorLog(Row row) {
    return row.error() == null ? null : new ErrorLog(row.error(), row.endedAt(), saying(row));
  }

  /** A release that knows no sayings changes the error alone; one that no longer says the same is of another failure. */
  private static @Nullable LocalizedMessage saying(Row row) {
    return LocalizedMessages.parse(row.errorSaying()).filter(message -> message.english().equals(row.error())).orElse(null);
  }

  private boolean is(Set<ImportStatus> among) {
    return among.contains(ImportStatus.of(status));
  }

  /** Whether something happens to it just now. (Not {@code isMoving}: JSON would tell it as a field.) */
  public boolean moving() {
    return is(ImportStatus.MOVING);
  }

  public boolean startable() {
    return hasDeletableFile() && rehearsal != null;
  }

  /** Whether its file is kept although nobody works on it. */
  public boolean hasDeletableFile() {
    return is(ImportStatus.STARTABLE) && fileDeletedAt == null;
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
