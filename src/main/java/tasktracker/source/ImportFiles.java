package tasktracker.source;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;

/** Uploaded files, kept in the database in pieces of a mebibyte: they outlive a crash and every node reaches them. */
@ApplicationScoped
public class ImportFiles {

  private static final int PIECE = 1 << 20;
  /** How many pieces are kept between two looks at the quota. */
  private static final int PIECES_PER_CHECK = 16;
  private @Nullable Database database;
  private @Nullable UploadQuota quota;

  protected ImportFiles() {}

  @Inject
  public ImportFiles(Database database, UploadQuota quota) {
    this.database = database;
    this.quota = quota;
  }

  /**
   * Keeps a file, each piece by itself as it comes.
   *
   * @param atMost bytes
   * @return its length, or -1 when it is longer than allowed
   * @throws tasktracker.platform.web.Problem 507 when all files together have become too large
   */
  public long keep(UUID importId, InputStream file, long atMost) throws IOException {
    long length = 0;
    byte[] piece = new byte[PIECE];
    int read = file.readNBytes(piece, 0, PIECE);
    for (int number = 0; read > 0; number++) {
      length += read;
      if (length > atMost) {
        return -1;
      }
      if (number % PIECES_PER_CHECK == 0) {
        quota.require(read);
      }
      add(importId, number, read == PIECE ? piece : Arrays.copyOf(piece, read));
      read = file.readNBytes(piece, 0, PIECE);
    }
    return length;
  }

  private void add(UUID importId, int number, byte[] piece) {
    database.run(sql -> sql.createUpdate("insert into import_chunk (import_id, number, bytes) values (:id, :number, :bytes)")
        .bind("id", importId).bind("number", number).bind("bytes", piece).execute());
  }

  /**
   * The file from its start.
   *
   * @param progress hears how many bytes were read so far, once a piece
   */
  public InputStream open(UUID importId, LongConsumer progress) {
    return new Pieces(importId, progress);
  }

  /** Lets go of the file; with it the import can no longer go on. */
  public void drop(UUID importId) {
    database.run(sql -> sql.createUpdate("delete from import_chunk where import_id = :id").bind("id", importId).execute());
  }

  private final class Pieces extends InputStream {

    private final UUID importId;
    private final LongConsumer progress;
    private byte[] piece = new byte[0];
    private int at;
    private int number;
    private long before;

    Pieces(UUID importId, LongConsumer progress) {
      this.importId = importId;
      this.progress = progress;
    }

    @Override
    public int read() {
      return refill() ? piece[at++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] into, int from, int wanted) {
      if (wanted > 0 && !refill()) {
        return -1;
      }
      int count = Math.min(wanted, piece.length - at);
      System.arraycopy(piece, at, into, from, count);
      at += count;
      return count;
    }

    private boolean refill() {
      if (at == piece.length && number >= 0) {
        before += piece.length;
        progress.accept(before);
        piece = next();
        at = 0;
        number = piece.length == 0 ? -1 : number + 1;
      }
      return at < piece.length;
    }

    private byte[] next() {
      return database.ask(sql -> sql.createQuery("select bytes from import_chunk where import_id = :id and number = :number")
          .bind("id", importId).bind("number", number).mapTo(byte[].class).findOne().orElse(new byte[0]));
    }
  }
}
