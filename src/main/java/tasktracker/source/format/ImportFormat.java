package tasktracker.source.format;

import java.io.InputStream;
import java.util.function.Supplier;

/** A file format that messages can be imported from. Each implementation is a CDI bean. */
public interface ImportFormat {

  /** Its name on the wire: {@code telegram-export}. */
  String format();

  /** Name of the source of its messages. */
  String sourceName();

  /** Type of that source: {@code telegram}, {@code slack} or {@code api}. */
  String sourceType();

  /**
   * Opens a file to read it once from the start.
   *
   * @param file closed together with the transcript
   * @throws UnreadableFile when the beginning of the file shows that it has another format
   */
  Transcript open(InputStream file);

  /**
   * As {@link #open(InputStream)}, for a file whose members may be in an order that requires reading it twice.
   *
   * @param again opens the same file at its start
   */
  default Transcript open(InputStream file, Supplier<InputStream> again) {
    return open(file);
  }
}
