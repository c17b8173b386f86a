package tasktracker.source.format;

import java.util.ArrayList;
import java.util.List;

/** Splits a transcript into batches, limited in number and memory. */
public final class TranscriptBatch {

  /** Approximate maximum bytes of memory of a batch, without its last entry. */
  private static final int MAX_BYTES = 2 << 20;

  private TranscriptBatch() {}

  /** Returns up to so many entries; empty after the last. */
  public static List<TranscriptEntry> next(Transcript transcript, int most) {
    List<TranscriptEntry> batch = new ArrayList<>();
    int bytes = 0;
    while (batch.size() < most && bytes < MAX_BYTES) {
      TranscriptEntry line = transcript.next();
      if (line == null) {
        break;
      }
      batch.add(line);
      bytes += line.estimatedBytes();
    }
    return batch;
  }
}
