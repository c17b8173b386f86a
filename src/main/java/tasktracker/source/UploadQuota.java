package tasktracker.source;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import tasktracker.platform.data.Database;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;

/** Limits the size of all stored uploads together: MAX_UPLOADS_STORED bytes, 8 GiB by default. */
@ApplicationScoped
public class UploadQuota {

  private static final long DEFAULT_BYTES = 8L << 30;
  /** Minimum size at which a chunk is counted, so that many very small files are limited too. */
  private static final int MIN_CHUNK_BYTES = 64 << 10;

  private final Database database;
  private final long bytes;

  /**
   * @param bytes maximum bytes of all files; by default 8 GiB, or four times the largest file
   * @param largest maximum bytes of one file
   */
  @Inject
  public UploadQuota(Database database, @ConfigProperty(name = "MAX_UPLOADS_STORED") Optional<Long> bytes,
      @ConfigProperty(name = "MAX_UPLOAD", defaultValue = "2147483648") long largest) {
    this.database = database;
    this.bytes = bytes.orElse(Math.max(DEFAULT_BYTES, 4 * largest));
  }

  /**
   * Checks that so many more bytes may be stored.
   *
   * @throws Problem 507 with advice when they may not
   */
  public void requireSpace(long more) {
    long stored = stored();
    if (stored + more > bytes) {
      throw new Problem(507, "No room left", LocalizedMessage.of("problem.upload.room", stored / 1_000_000, bytes / 1_000_000));
    }
  }

  /** Reads only the sizes, not the contents. */
  private long stored() {
    return database.ask(sql -> sql.createQuery("select coalesce(sum(greatest(octet_length(bytes), :least)), 0) from import_chunk")
        .bind("least", MIN_CHUNK_BYTES).mapTo(Long.class).one());
  }
}
