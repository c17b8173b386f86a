package tasktracker.message;

import java.util.Map;
import java.util.TreeMap;
import tasktracker.platform.web.Json;

/** A message as a template needs it. */
public record MessageView(MessageItem message) {

  private static final int HUES = 6;
  private static final int PREVIEW = 240;

  /** What a row of a list shows of it. */
  MessageListRow row() {
    String text = preview();
    return new MessageListRow(message.id(), message.authorName(), avatar(), text.isEmpty() ? null : text, chat(),
        message.noiseClassification(), message.importanceScore(), message.sentAt());
  }

  /** The picture of its author. */
  public MessageListRow.Avatar avatar() {
    return new MessageListRow.Avatar(message.avatarUrl(), Math.floorMod(message.authorId().hashCode(), HUES), initials());
  }

  /** The first letters of the first and last word of the author's name. */
  private String initials() {
    String[] words = message.authorName().strip().split("\\s+");
    return words.length == 1 ? first(words[0]) : first(words[0]) + first(words[words.length - 1]);
  }

  private static String first(String word) {
    return word.isEmpty() ? "" : new String(Character.toChars(word.codePointAt(0)));
  }

  /** The beginning of the text on one line. */
  public String preview() {
    String text = message.content();
    int end = text.length() <= PREVIEW ? text.length() : text.offsetByCodePoints(0, text.codePointCount(0, PREVIEW));
    return text.substring(0, end).replaceAll("\\s+", " ").strip();
  }

  /** The name of the chat, or the id it has at its source. */
  public String chat() {
    return message.chatTitle() == null ? message.sourceName() : message.chatTitle();
  }

  /** The factors of the score by name, 0 to 1; empty before it is scored. */
  public Map<String, Double> factors() {
    Map<String, Double> factors = new TreeMap<>();
    if (message.noiseFactors() != null) {
      Map<?, ?> kept = Json.jsonb().fromJson(message.noiseFactors(), Map.class);
      kept.forEach((name, value) -> {
        if (value instanceof Number n) {
          factors.put(String.valueOf(name), n.doubleValue());
        }
      });
    }
    return factors;
  }
}
