package tasktracker.source.format;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tasktracker.message.IncomingMessage;
import tasktracker.platform.web.LocalizedMessage;

/** Splits a transcript into batches, limited in number and memory. */
public final class TranscriptBatch {

  /** Approximate maximum bytes of memory of a batch, without its last entry. */
  private static final int MAX_BYTES = 2 << 20;

  private record MessageId(String chat, String id) {}

  private TranscriptBatch() {}

  /**
   * Returns up to so many entries; empty after the last. A message that has the id of another one in the batch and a
   * different text, and is no edit, is unreadable: it would not be stored.
   */
  public static List<TranscriptEntry> next(Transcript transcript, int most) {
    List<TranscriptEntry> batch = new ArrayList<>();
    Map<MessageId, String> texts = new HashMap<>();
    int bytes = 0;
    while (batch.size() < most && bytes < MAX_BYTES) {
      TranscriptEntry line = transcript.next();
      if (line == null) {
        break;
      }
      batch.add(unlessContradictory(line, texts));
      bytes += line.estimatedBytes();
    }
    return batch;
  }

  private static TranscriptEntry unlessContradictory(TranscriptEntry line, Map<MessageId, String> texts) {
    if (!(line instanceof TranscriptEntry.Parsed(IncomingMessage m)) || m.editedAt() != null) {
      return line;
    }
    String first = texts.putIfAbsent(new MessageId(m.chat().externalId(), m.externalId()), m.text());
    return first == null || first.equals(m.text())
        ? line
        : new TranscriptEntry.Unreadable(m.externalId(),
            UnreadableFile.wrongFormat(LocalizedMessage.of("problem.file.id.twice", m.externalId())));
  }
}
