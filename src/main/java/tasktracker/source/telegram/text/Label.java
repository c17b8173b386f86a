package tasktracker.source.telegram.text;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A label for what is no text, in brackets, with the words of people behind it. */
public final class Label {

  private Label() {}

  /** {@code [Contact] Oleh Koval, +380}; without words only the label. */
  public static String of(String label, @Nullable String... words) {
    String joined = join(", ", words);
    return joined == null ? "[" + label + "]" : "[" + label + "] " + joined;
  }

  /** The words that are there, or null when none is. */
  public static @Nullable String join(String separator, @Nullable String... words) {
    String joined = Arrays.stream(words).filter(Objects::nonNull).map(String::strip).filter(w -> !w.isEmpty())
        .collect(Collectors.joining(separator));
    return joined.isEmpty() ? null : joined;
  }
}
