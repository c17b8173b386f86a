package tasktracker.source.slack;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tasktracker.message.IncomingMessage.TextEntity;

/** A text of Slack without its markup, and its formatting as entities with the type names of the Bot API. */
record SlackText(String text, List<TextEntity> entities) {

  static final Pattern MARKUP = Pattern.compile(
      "<([^<>\\n]{1,4000})>|```(.+?)```|`([^`\\n]+)`"
          + "|(?<![\\w*])\\*(?=\\S)([^*\\n]+?)(?<=\\S)\\*(?![\\w*])"
          + "|(?<![\\w_])_(?=\\S)([^_\\n]+?)(?<=\\S)_(?![\\w_])"
          + "|(?<![\\w~])~(?=\\S)([^~\\n]+?)(?<=\\S)~(?![\\w~])",
      Pattern.DOTALL | Pattern.UNICODE_CHARACTER_CLASS);
  static final List<String> STYLES = List.of("", "", "pre", "code", "bold", "italic", "strikethrough");

  static SlackText of(String raw, SlackDirectory directory) {
    SlackTextBuilder writer = new SlackTextBuilder(directory);
    writer.markup(raw);
    return writer.build();
  }

  boolean isBlank() {
    return text.isBlank();
  }

  /** Whether each line of the other text is one of these lines, apart from white space and punctuation. */
  boolean containsLinesOf(SlackText other) {
    return lines().containsAll(other.lines());
  }

  private Set<String> lines() {
    return text.lines().map(line -> line.replaceAll("[^\\p{L}\\p{N}]", "")).filter(line -> !line.isEmpty()).collect(Collectors.toSet());
  }
}
