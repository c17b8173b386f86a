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
import tasktracker.platform.web.Problem;
import tasktracker.platform.web.LocalizedMessage;

/** Takes files in: they flow from the request into the database, and what cannot be read is refused and forgotten. */
@ApplicationScoped
public class UploadReceiver {

  private static final long USUAL_LIMIT = 2L << 30;
  /** So much is read through before the upload is answered; of larger files only the beginning. */
  private static final long READ_AT_ONCE = 32L << 20;
  private static final int LINES_OF_A_BEGINNING = 1000;

  /** Each holds a mebibyte or two while it comes in. */
  private static final Semaphore RECEIVING = new Semaphore(12);

  private record Received(String fileName, long length) {}

  private @Nullable Imports imports;
  private @Nullable ImportFiles files;
  private @Nullable ImportFormats formats;
  private @Nullable Identity identity;
  private @Nullable UploadQuota quota;

  protected UploadReceiver() {}

  @Inject
  public UploadReceiver(Imports imports, ImportFiles files, ImportFormats formats, Identity identity, UploadQuota quota) {
    this.imports = imports;
    this.files = files;
    this.formats = formats;
    this.identity = identity;
    this.quota = quota;
  }

  /**
   * Takes the file of a form, with the fields {@code source} and {@code dry_run}.
   *
   * @param announced length of the whole body in bytes, or -1
   * @return the import, being rehearsed
   * @throws Problem 400 when the JSON is broken, 413 when it is too large, 422 when it is no file of that format, 503
   *     when many others are being taken in, 507 when too many files are stored
   */
  public UUID take(@Nullable String contentType, long announced, InputStream body) {
    long limit = limit();
    if (announced > limit + (1 << 20)) {
      throw tooLarge(limit);
    }
    quota.require(Math.max(0, announced));
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
    UUID id = imports.open(identity.required().name());
    try {
      accept(id, form, limit);
      return id;
    } catch (IOException e) {
      imports.discard(id);
      throw Problem.badRequest(LocalizedMessage.of("problem.upload.broken"));
    } catch (RuntimeException e) {
      imports.discard(id);
      throw e;
    }
  }

  private void accept(UUID id, MultipartReader form, long limit) throws IOException {
    Map<String, String> fields = new ConcurrentHashMap<>();
    Received file = null;
    for (MultipartReader.Part part = form.next(); part != null; part = form.next()) {
      if (part.name().equals("file") && file == null) {
        file = receive(id, part, limit);
      } else if (part.fileName() == null) {
        fields.put(part.name(), part.text());
      }
    }
    ImportFormat format = formats.named(fields.get("source"));
    if (file == null || file.length() == 0) {
      throw Problem.unprocessable(LocalizedMessage.of("problem.upload.empty"));
    }
    read(id, format, file.length());
    imports.uploaded(id, format, file.fileName(), file.length(), !isDryRun(fields));
  }

  private Received receive(UUID id, MultipartReader.Part part, long limit) throws IOException {
    long length = files.keep(id, part.body(), limit);
    if (length < 0) {
      throw tooLarge(limit);
    }
    String name = part.fileName() == null ? "file" : part.fileName().replaceFirst("^.*[/\\\\]", "").replaceAll("\\p{Cntrl}", "");
    return new Received(name.isBlank() ? "file" : name.substring(0, Math.min(200, name.length())), length);
  }

  private void read(UUID id, ImportFormat format, long length) {
    try (Transcript transcript = format.open(files.open(id, bytes -> { }))) {
      boolean isReadThrough = length <= READ_AT_ONCE;
      refuse(first(transcript, isReadThrough ? Long.MAX_VALUE : LINES_OF_A_BEGINNING), isReadThrough);
    } catch (ReaderLimitReached e) {
      return; // it will be read through by the rehearsal
    } catch (UnreadableFile e) {
      throw e.isBroken() ? Problem.badRequest(e.saying()) : Problem.unprocessable(e.saying());
    }
  }

  /** Reads so many lines. Gives back the first that was read, or else the first that could not be. */
  private static @Nullable TranscriptEntry first(Transcript transcript, long most) {
    TranscriptEntry first = null;
    long lines = 0;
    for (TranscriptEntry line = transcript.next(); line != null; line = ++lines < most ? transcript.next() : null) {
      first = first == null || first instanceof TranscriptEntry.Unreadable && !(line instanceof TranscriptEntry.Unreadable) ? line : first;
    }
    return first;
  }

  private static void refuse(@Nullable TranscriptEntry first, boolean isReadThrough) {
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

  /** How large a file may be, in bytes. */
  static long limit() {
    return ConfigProvider.getConfig().getOptionalValue("max.upload", Long.class).orElse(USUAL_LIMIT);
  }

  static Problem tooLarge(long limit) {
    return new Problem(413, "Content too large", LocalizedMessage.of("problem.upload.large", limit / 1_000_000));
  }
}
