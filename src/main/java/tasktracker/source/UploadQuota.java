package tasktracker.source;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;
import tasktracker.platform.web.Problem;
import tasktracker.platform.web.LocalizedMessage;

/** How much room uploaded files may take together in the database: MAX_UPLOADS_STORED bytes, 8 GiB unless set. */
@ApplicationScoped
public class UploadQuota {

  private static final long DEFAULT_BYTES = 8L << 30;
  /** Each piece counts as so much at least, so that very many small files are not free. */
  private static final int LEAST = 64 << 10;

  private final @Nullable Database database;
  private final long bytes;

  protected UploadQuota() {
    this.database = null; // for the container's proxy
    this.bytes = 0;
  }

  /**
   * @param bytes how much all files may take together; 8 GiB or four of the largest unless set
   * @param largest how large one may be
   */
  @Inject
  public UploadQuota(Database database, @ConfigProperty(name = "MAX_UPLOADS_STORED") Optional<Long> bytes,
      @ConfigProperty(name = "MAX_UPLOAD", defaultValue = "2147483648") long largest) {
    this.database = database;
    this.bytes = bytes.orElse(Math.max(DEFAULT_BYTES, 4 * largest));
  }

  /**
   * Does nothing while there is room for so many bytes more.
   *
   * @throws Problem 507, saying what to do, when there is not
   */
  public void require(long more) {
    long stored = stored();
    if (stored + more > bytes) {
      throw new Problem(507, "No room left", LocalizedMessage.of("problem.upload.room", stored / 1_000_000, bytes / 1_000_000));
    }
  }

  /** The sizes are part of the rows; no file is read for them. */
  private long stored() {
    return database.ask(sql -> sql.createQuery("select coalesce(sum(greatest(octet_length(bytes), :least)), 0) from import_chunk")
        .bind("least", LEAST).mapTo(Long.class).one());
  }
}
