package tasktracker.source;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.security.Identity;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;
import tasktracker.source.format.ImportFormat;
import tasktracker.source.format.ImportFormats;
import tasktracker.source.format.ReaderLimitReached;
import tasktracker.source.format.Transcript;
import tasktracker.source.format.TranscriptEntry;
import tasktracker.source.format.UnreadableFile;

/** Receives uploads: they are streamed into the database and validated; an unreadable file is rejected and deleted. */
@ApplicationScoped
public class UploadReceiver {

  private static final long DEFAULT_LIMIT = 2L << 30;
  /** Files up to this size are read completely before the response; of larger files only the beginning. */
  private static final long FULL_READ_LIMIT = 32L << 20;
  private static final int ENTRIES_CHECKED = 1000;

  /** Limits concurrent uploads; each takes one or two mebibytes of memory. */
  private static final Semaphore RECEIVING = new Semaphore(12);

  private record StoredFile(String fileName, long length) {}

  private final Imports imports;
  private final ImportFiles files;
  private final ImportFormats formats;
  private final Identity identity;
  private final UploadQuota quota;

  @Inject
  public UploadReceiver(Imports imports, ImportFiles files, ImportFormats formats, Identity identity, UploadQuota quota) {
    this.imports = imports;
    this.files = files;
    this.formats = formats;
    this.identity = identity;
    this.quota = quota;
  }

  /**
   * Receives the file of a form with the fields {@code source} and {@code dry_run}.
   *
   * @param contentLength length of the body in bytes, or -1
   * @return id of the import, whose dry run is enqueued
   * @throws Problem 400 when the JSON is invalid, 413 when the file is too large, 422 when it has another format, 503
   *     when too many uploads are in progress, 507 when the quota is exceeded
   */
  public UUID receive(@Nullable String contentType, long contentLength, InputStream body) {
    long limit = limit();
    if (contentLength > limit + (1 << 20)) {
      throw tooLarge(limit);
    }
    quota.requireSpace(Math.max(0, contentLength));
    MultipartReader form = MultipartReader.of(contentType, body, limit);
    if (!RECEIVING.tryAcquire()) {
      throw Problem.unavailable(LocalizedMessage.of("problem.upload.busy"));
    }
    try {
      return receive(form, limit);
    } finally {
      RECEIVING.release();
    }
  }

  private UUID receive(MultipartReader form, long limit) {
    UUID id = imports.create(identity.required().name());
    try {
      readForm(id, form, limit);
      return id;
    } catch (IOException e) {
      imports.discard(id);
      throw Problem.badRequest(LocalizedMessage.of("problem.upload.broken"));
    } catch (RuntimeException e) {
      imports.discard(id);
      throw e;
    }
  }

  private void readForm(UUID id, MultipartReader form, long limit) throws IOException {
    Map<String, String> fields = new ConcurrentHashMap<>();
    StoredFile file = null;
    for (MultipartReader.Part part = form.next(); part != null; part = form.next()) {
      if (part.name().equals("file") && file == null) {
        file = receive(id, part, limit);
      } else if (part.fileName() == null) {
        fields.put(part.name(), part.text());
      }
    }
    ImportFormat format = formats.find(fields.get("source"));
    if (file == null || file.length() == 0) {
      throw Problem.unprocessable(LocalizedMessage.of("problem.upload.empty"));
    }
    validate(id, format, file.length());
    imports.finishUpload(id, format, file.fileName(), file.length(), !isDryRun(fields));
  }

  private StoredFile receive(UUID id, MultipartReader.Part part, long limit) throws IOException {
    long length = files.save(id, part.body(), limit);
    if (length < 0) {
      throw tooLarge(limit);
    }
    String name = part.fileName() == null ? "file" : part.fileName().replaceFirst("^.*[/\\\\]", "").replaceAll("\\p{Cntrl}", "");
    return new StoredFile(name.isBlank() ? "file" : name.substring(0, Math.min(200, name.length())), length);
  }

  private void validate(UUID id, ImportFormat format, long length) {
    boolean isReadThrough = length <= FULL_READ_LIMIT;
    try (Transcript transcript = format.open(files.open(id), () -> openAgain(id, isReadThrough))) {
      rejectUnreadable(first(transcript, isReadThrough ? Long.MAX_VALUE : ENTRIES_CHECKED), isReadThrough);
    } catch (ReaderLimitReached e) {
      return; // it will be read through by the rehearsal
    } catch (UnreadableFile e) {
      throw e.isBroken() ? Problem.badRequest(e.reason()) : Problem.unprocessable(e.reason());
    }
  }

  private InputStream openAgain(UUID id, boolean isReadThrough) {
    if (!isReadThrough) {
      throw new ReaderLimitReached("The file is too large to be read twice while it is uploaded");
    }
    return files.open(id);
  }

  /** Reads up to so many entries and returns the first readable one, or else the first unreadable one. */
  private static @Nullable TranscriptEntry first(Transcript transcript, long most) {
    TranscriptEntry first = null;
    long lines = 0;
    for (TranscriptEntry line = transcript.next(); line != null; line = ++lines < most ? transcript.next() : null) {
      first = first == null || first instanceof TranscriptEntry.Unreadable && !(line instanceof TranscriptEntry.Unreadable) ? line : first;
    }
    return first;
  }

  private static void rejectUnreadable(@Nullable TranscriptEntry first, boolean isReadThrough) {
    if (first == null) {
      throw Problem.unprocessable(LocalizedMessage.of("problem.upload.none"));
    }
    if (isReadThrough && first instanceof TranscriptEntry.Unreadable part) {
      throw part.why();
    }
  }

  private static boolean isDryRun(Map<String, String> fields) {
    String asked = fields.getOrDefault("dry_run", "false");
    return switch (asked.toLowerCase(Locale.ROOT)) {
      case "true", "1", "on", "yes" -> true;
      case "false", "0", "off", "no", "" -> false;
      default -> throw Problem.unprocessable(LocalizedMessage.of("problem.upload.dry"));
    };
  }

  /** Maximum size of a file in bytes. */
  static long limit() {
    return ConfigProvider.getConfig().getOptionalValue("max.upload", Long.class).orElse(DEFAULT_LIMIT);
  }

  static Problem tooLarge(long limit) {
    return new Problem(413, "Content too large", LocalizedMessage.of("problem.upload.large", limit / 1_000_000));
  }
}
