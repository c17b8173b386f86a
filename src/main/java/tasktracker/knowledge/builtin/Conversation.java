package tasktracker.knowledge.builtin;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Messages about one matter.
 *
 * @param utterances the messages in their order
 * @param heading the heading of an agenda item, or null
 * @param isMeeting whether they are minutes of a meeting
 */
public record Conversation(List<Utterance> utterances, @Nullable String heading, boolean isMeeting) {

  static Conversation of(List<Utterance> utterances) {
    return new Conversation(utterances, null, false);
  }

  /** The title of the forum topic, or null. */
  @Nullable
  String threadTitle() {
    return utterances.getFirst().message().threadTitle();
  }

  List<Utterance> candidates() {
    return utterances.stream().filter(Utterance::isCandidate).toList();
  }

  float @Nullable [] centroid() {
    List<float[]> vectors = new ArrayList<>();
    for (Utterance utterance : candidates()) {
      float[] vector = utterance.message().vector();
      if (vector != null) {
        vectors.add(vector);
      }
    }
    return Vectors.mean(vectors);
  }

  Set<String> stems() {
    return candidates().stream().flatMap(u -> u.stems().stream()).collect(Collectors.toCollection(HashSet::new));
  }
}
