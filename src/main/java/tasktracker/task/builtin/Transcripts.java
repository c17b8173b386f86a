package tasktracker.task.builtin;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import tasktracker.knowledge.builtin.Utterance;

/**
 * Finds transcripts of talk: sessions of which one author, the scribe, writes most lines, or that have the fillers of speech.
 * There "I'll share my screen" is no promise of work.
 */
final class Transcripts {

  private static final double PAUSE = 1800;
  private static final int MIN_LINES = 40;
  private static final double MOST_LINES = 0.6;
  private static final double MANY_FILLERS = 0.08;
  private static final int MAX_READ = 500;
  private static final Pattern FILLER = Pattern.compile(
      "(?iu)(?<!\\p{L})(?:um|uh|you know|sort of|kind of|i mean|yeah so|okay so|ok so|let's see|e-e|е-е|ее|ну от|тобто ну|як би|как бы|короче|значит так)"
          + "(?!\\p{L})");

  private Transcripts() {}

  /** Marks the messages of transcripts by their index. */
  static void find(List<Utterance> utterances, BitSet found) {
    int start = 0;
    for (int i = 1; i <= utterances.size(); i++) {
      boolean isEnd = i == utterances.size() || utterances.get(i).secondsSince(utterances.get(i - 1)) > PAUSE;
      if (isEnd && isTranscript(utterances.subList(start, i))) {
        found.set(start, i);
      }
      start = isEnd ? i : start;
    }
  }

  private static boolean isTranscript(List<Utterance> session) {
    boolean isLong = session.size() >= MIN_LINES && session.stream().noneMatch(utterance -> utterance.message().thread() != null);
    return isLong && (hasScribe(session) || isSpoken(session));
  }

  private static boolean hasScribe(List<Utterance> session) {
    Map<UUID, Integer> lines = new HashMap<>();
    session.forEach(utterance -> lines.merge(utterance.message().authorId(), 1, Integer::sum));
    return lines.values().stream().mapToInt(n -> n).max().orElse(0) >= MOST_LINES * session.size();
  }

  private static boolean isSpoken(List<Utterance> session) {
    long fillers = session.stream().filter(utterance -> FILLER
        .matcher(utterance.text().substring(0, Math.min(MAX_READ, utterance.text().length()))).find()).count();
    return fillers >= MANY_FILLERS * session.size();
  }
}
