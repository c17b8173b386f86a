package tasktracker.scoring;

import java.util.Comparator;
import java.util.List;
import tasktracker.message.IncomingMessage.TextEntity;

/** Writes the code and the quotations of a message as Markdown, because the classifier reads plain text. */
final class MarkedText {

  /** Selects the entities that this class reads, at most a thousand. */
  static final String JSON_PATH = """
      $[0 to 999] ? (@.type == "code" || @.type == "pre" || @.type == "blockquote" || @.type == "expandable_blockquote")""";

  private MarkedText() {}

  /** The text with its code between backticks and its quoted lines after {@code >}. Overlapping entities after the first are ignored. */
  static String of(String text, List<TextEntity> entities) {
    StringBuilder marked = new StringBuilder();
    int end = 0;
    for (TextEntity entity : entities.stream().sorted(Comparator.comparingInt(TextEntity::offset)).toList()) {
      if (entity.offset() >= end && entity.length() > 0 && entity.length() <= text.length() - entity.offset()) {
        marked.append(text, end, entity.offset());
        end = entity.offset() + entity.length();
        marked.append(mark(entity.type(), text.substring(entity.offset(), end)));
      }
    }
    return end == 0 ? text : marked.append(text, end, text.length()).toString();
  }

  private static String mark(String type, String part) {
    return switch (type) {
      case "code" -> "`" + part.replace('`', '\'') + "`";
      case "pre" -> "```" + part.replace('`', '\'') + "```";
      default -> "> " + part.replace("\n", "\n> ") + (part.endsWith("\n") ? "" : "\n");
    };
  }
}
