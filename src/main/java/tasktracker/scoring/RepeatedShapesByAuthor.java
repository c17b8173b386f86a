package tasktracker.scoring;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import tasktracker.scoring.model.RepeatedShapes;

/** The repeated shapes of each author of a batch in each chat. */
record RepeatedShapesByAuthor(Map<Key, RepeatedShapes> shapes) {

  static final RepeatedShapesByAuthor NONE = new RepeatedShapesByAuthor(Map.of());

  /** An author in a chat. */
  record Key(UUID author, UUID chat) {}

  static RepeatedShapesByAuthor of(Map<Key, List<String>> latestTexts) {
    return new RepeatedShapesByAuthor(latestTexts.entrySet().stream()
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> RepeatedShapes.of(entry.getValue()))));
  }

  /** The number of messages with the shape of this one if its author is automated, otherwise 0. */
  int count(ScoringInput message) {
    return shapes.getOrDefault(new Key(message.authorId(), message.chatId()), RepeatedShapes.NONE).count(message.content());
  }
}
