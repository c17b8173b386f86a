package tasktracker.knowledge.model;

import jakarta.json.Json;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.analyst.AnalystMessage;
import tasktracker.knowledge.analyst.KnownTopic;

/** What is sent to a model with the instructions: known topics, the words of the project, and numbered messages. */
final class ExtractionPrompt {

  private static final int MAX_TOPICS = 60;
  private static final int MAX_TEXT = 2_000;

  private ExtractionPrompt() {}

  /** @param project what {@link ProjectWords} tells of the project, or null */
  static String of(List<AnalystMessage> messages, List<KnownTopic> topics, @Nullable String project) {
    String known = topics.stream().limit(MAX_TOPICS).map(topic -> "- " + quoted(topic.name())).collect(Collectors.joining("\n"));
    StringBuilder prompt = new StringBuilder("Known topics:\n").append(known.isEmpty() ? "(none)" : known).append("\n\n");
    if (project != null && !project.isBlank()) {
      prompt.append("Words of the project:\n").append(project.strip()).append("\n\n");
    }
    prompt.append("Messages, one a line as JSON:\n");
    for (int i = 0; i < messages.size(); i++) {
      prompt.append(line(i + 1, messages.get(i), messages)).append('\n');
    }
    return prompt.toString();
  }

  private static String line(int number, AnalystMessage message, List<AnalystMessage> all) {
    var line = Json.createObjectBuilder().add("message", number).add("time", message.sentAt().toString())
        .add("author", message.authorName());
    for (int i = 0; message.replyTo() != null && i < all.size(); i++) {
      if (all.get(i).id().equals(message.replyTo())) {
        line.add("answers", i + 1);
      }
    }
    if (!message.isCandidate()) {
      line.add("context_only", true);
    }
    return line.add("text", message.text().substring(0, Math.min(MAX_TEXT, message.text().length()))).build().toString();
  }

  private static String quoted(String name) {
    return Json.createValue(name).toString();
  }
}
