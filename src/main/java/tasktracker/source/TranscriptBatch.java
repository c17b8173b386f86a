package tasktracker.source;

import java.util.ArrayList;
import java.util.List;

/** The next lines of a transcript, cut by count and by memory, so that one batch takes the same whatever is in it. */
final class TranscriptBatch {

  /** About how many bytes of memory the lines of a batch take at most, but for the last of them. */
  private static final int MOST_BYTES = 2 << 20;

  private TranscriptBatch() {}

  /** Up to so many lines, empty after the last. */
  static List<TranscriptEntry> next(Transcript transcript, int most) {
    List<TranscriptEntry> batch = new ArrayList<>();
    int bytes = 0;
    while (batch.size() < most && bytes < MOST_BYTES) {
      TranscriptEntry line = transcript.next();
      if (line == null) {
        break;
      }
      batch.add(line);
      bytes += line.weight();
    }
    return batch;
  }
}
