package tasktracker.source.telegram;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands in the place of a text that is not there; the same words whichever way a message comes in. */
final class PlaceholderText {

  static final String MEDIA = "[Media]";

  private PlaceholderText() {}

  /** {@code [Voice message, 0:42]}; the detail may be missing. */
  static String of(String what, @Nullable String detail) {
    return detail == null || detail.isBlank() ? "[" + what + "]" : "[" + what + ", " + detail.strip() + "]";
  }

  static @Nullable String duration(@Nullable Long seconds) {
    return seconds == null || seconds < 0 ? null : "%d:%02d".formatted(seconds / 60, seconds % 60);
  }

  /** A question with its answers is worth reading. */
  static String poll(@Nullable String question, List<@Nullable String> answers) {
    StringBuilder poll = new StringBuilder("[Poll] ").append(question == null ? "" : question);
    answers.stream().filter(a -> a != null && !a.isBlank()).forEach(a -> poll.append("\n- ").append(a));
    return poll.toString();
  }

  /** The last part of a path, or null for one that leads elsewhere or is a sentence about a missing file. */
  static @Nullable String fileName(@Nullable String path) {
    if (path == null || path.isBlank() || path.startsWith("(") || path.startsWith("/") || path.contains("..")
        || path.contains("\\") || path.contains(":")) {
      return null;
    }
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
