package tasktracker.source;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.LongConsumer;
import tasktracker.platform.data.Database;

/**
 * Stores uploaded files in the database in chunks of 1 MiB, so that they survive a crash and every node can read them.
 */
@ApplicationScoped
public class ImportFiles {

  private static final int CHUNK_BYTES = 1 << 20;
  /** Number of chunks between two checks of the quota. */
  private static final int CHUNKS_PER_CHECK = 16;
  private final Database database;
  private final UploadQuota quota;

  @Inject
  public ImportFiles(Database database, UploadQuota quota) {
    this.database = database;
    this.quota = quota;
  }

  /**
   * Saves a file, each chunk in its own transaction.
   *
   * @param maxBytes bytes
   * @return its length, or -1 when it is longer than allowed
   * @throws tasktracker.platform.web.problem.Problem 507 when all files together exceed the quota
   */
  public long save(UUID importId, InputStream file, long maxBytes) throws IOException {
    long length = 0;
    byte[] chunk = new byte[CHUNK_BYTES];
    int read = file.readNBytes(chunk, 0, CHUNK_BYTES);
    for (int number = 0; read > 0; number++) {
      length += read;
      if (length > maxBytes) {
        return -1;
      }
      if (number % CHUNKS_PER_CHECK == 0) {
        quota.requireSpace(read);
      }
      insert(importId, number, read == CHUNK_BYTES ? chunk : Arrays.copyOf(chunk, read));
      read = file.readNBytes(chunk, 0, CHUNK_BYTES);
    }
    return length;
  }

  private void insert(UUID importId, int number, byte[] chunk) {
    database.run(sql -> sql.createUpdate("insert into import_chunk (import_id, number, bytes) values (:id, :number, :bytes)")
        .bind("id", importId).bind("number", number).bind("bytes", chunk).execute());
  }

  /**
   * Opens the file at its start.
   *
   * @param progress receives the number of bytes read so far, once a chunk
   */
  public InputStream open(UUID importId, LongConsumer progress) {
    return new ChunkInputStream(importId, progress);
  }

  /** Opens the file without reporting progress. */
  public InputStream open(UUID importId) {
    return open(importId, bytes -> {});
  }

  /** Deletes the file; its import can no longer be resumed. */
  public void delete(UUID importId) {
    database.run(sql -> sql.createUpdate("delete from import_chunk where import_id = :id").bind("id", importId).execute());
  }

  private final class ChunkInputStream extends InputStream {

    private final UUID importId;
    private final LongConsumer progress;
    private byte[] chunk = new byte[0];
    private int at;
    private int number;
    private long before;

    ChunkInputStream(UUID importId, LongConsumer progress) {
      this.importId = importId;
      this.progress = progress;
    }

    @Override
    public int read() {
      return refill() ? chunk[at++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] into, int from, int wanted) {
      if (wanted > 0 && !refill()) {
        return -1;
      }
      int count = Math.min(wanted, chunk.length - at);
      System.arraycopy(chunk, at, into, from, count);
      at += count;
      return count;
    }

    private boolean refill() {
      if (at == chunk.length && number >= 0) {
        before += chunk.length;
        progress.accept(before);
        chunk = next();
        at = 0;
        number = chunk.length == 0 ? -1 : number + 1;
      }
      return at < chunk.length;
    }

    private byte[] next() {
      return database.ask(sql -> sql.createQuery("select bytes from import_chunk where import_id = :id and number = :number")
          .bind("id", importId).bind("number", number).mapTo(byte[].class).findOne().orElse(new byte[0]));
    }
  }
}
