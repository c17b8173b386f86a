package tasktracker.knowledge.atom;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.analyst.AtomType;
import tasktracker.platform.data.StorableText;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;

/**
 * The fields of an atom that people write.
 *
 * @param confidence 0 to 1, or null
 */
public record AtomFields(AtomType type, String title, String content, @Nullable Double confidence) {

  /** @throws Problem 422 when a value is not allowed */
  public AtomFields {
    title = title.strip();
    content = content.strip();
    require(!title.isEmpty() && length(title) <= Atom.MAX_TITLE, "problem.atom.title", Atom.MAX_TITLE);
    require(!content.isEmpty() && length(content) <= Atom.MAX_CONTENT, "problem.atom.content", Atom.MAX_CONTENT);
    require(confidence == null || confidence >= 0 && confidence <= 1, "problem.atom.confidence");
    require(StorableText.isStorable(title) && StorableText.isStorable(content), "problem.atom.characters");
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static void require(boolean isAllowed, String key, Object... parameters) {
    if (!isAllowed) {
      throw Problem.unprocessable(LocalizedMessage.of(key, parameters));
    }
  }

  /**
   * Parses fields by name; missing ones are empty.
   *
   * @throws Problem 422 when a value is not allowed
   */
  public static AtomFields parse(Map<String, String> fields) {
    AtomType type = AtomType.of(fields.getOrDefault("type", ""))
        .orElseThrow(() -> Problem.unprocessable(LocalizedMessage.of("problem.atom.type")));
    return new AtomFields(type, fields.getOrDefault("title", ""), fields.getOrDefault("content", ""),
        parseConfidence(fields.get("confidence")));
  }

  private static @Nullable Double parseConfidence(@Nullable String text) {
    try {
      return text == null || text.isBlank() ? null : Double.valueOf(text);
    } catch (NumberFormatException e) {
      throw Problem.unprocessable(LocalizedMessage.of("problem.atom.confidence"));
    }
  }
}
