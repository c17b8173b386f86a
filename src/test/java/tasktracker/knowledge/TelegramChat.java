package tasktracker.knowledge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.analyst.AnalystMessage;

/** Reads a chat of a Telegram export, with its forum topics. */
public final class TelegramChat {

  private static final int MAX_DEPTH = 200;

  private final EvaluationMessages factory;
  private final Map<Long, JsonNode> nodes = new HashMap<>();

  private TelegramChat(EvaluationMessages factory) {
    this.factory = factory;
  }

  /** The id of a message by its number in the export. */
  public static UUID id(long number) {
    return new UUID(1, number);
  }

  public static long number(UUID id) {
    return id.getLeastSignificantBits();
  }

  public static List<AnalystMessage> read(Path file, EvaluationMessages factory) throws IOException {
    return new TelegramChat(factory).readMessages(new ObjectMapper().readTree(file.toFile()).get("messages"));
  }

  private List<AnalystMessage> readMessages(JsonNode messages) {
    messages.forEach(node -> nodes.put(node.get("id").asLong(), node));
    List<AnalystMessage> read = new ArrayList<>();
    for (JsonNode node : messages) {
      if (node.path("type").asText().equals("message") && !text(node).isBlank()) {
        read.add(factory.of(source(node)));
      }
    }
    return read;
  }

  private EvaluationMessages.Source source(JsonNode node) {
    JsonNode thread = thread(node);
    long repliedTo = node.path("reply_to_message_id").asLong();
    boolean isReply = repliedTo > 0 && (thread == null || thread.get("id").asLong() != repliedTo);
    int reactions = 0;
    for (JsonNode reaction : node.path("reactions")) {
      reactions += reaction.path("count").asInt();
    }
    return new EvaluationMessages.Source(id(node.get("id").asLong()), thread == null ? null : thread.get("id").asText(),
        thread == null ? null : thread.get("title").asText(), node.path("from").asText("?"), isReply ? id(repliedTo) : null,
        Instant.ofEpochSecond(node.path("date_unixtime").asLong()), text(node), reactions);
  }

  /** The service message that began the forum topic of a message, or null. */
  private @Nullable JsonNode thread(JsonNode node) {
    JsonNode at = node;
    for (int depth = 0; at != null && depth < MAX_DEPTH; depth++) {
      if (at.path("action").asText().equals("topic_created")) {
        return at;
      }
      at = nodes.get(at.path("reply_to_message_id").asLong());
    }
    return null;
  }

  private static String text(JsonNode node) {
    StringBuilder text = new StringBuilder();
    JsonNode parts = node.path("text");
    if (parts.isTextual()) {
      return parts.asText();
    }
    parts.forEach(part -> text.append(part.isTextual() ? part.asText() : part.path("text").asText()));
    return text.toString();
  }
}
