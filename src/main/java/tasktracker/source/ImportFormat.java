package tasktracker.source;

import java.io.InputStream;

/** A format of file that messages can be imported from. Each implementation is a CDI bean. */
public interface ImportFormat {

  /** Its name on the wire: {@code telegram-export}. */
  String format();

  /** Name of the source under which its messages are kept. */
  String sourceName();

  /** Type of that source: {@code telegram}, {@code slack} or {@code api}. */
  String sourceType();

  /**
   * Opens a file for one reading from its start.
   *
   * @param file closed together with the transcript
   * @throws UnreadableFile when already its beginning shows that it is something else
   */
  Transcript open(InputStream file);
}
