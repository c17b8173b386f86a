package tasktracker.source.telegram;

import static tasktracker.source.telegram.text.FormattedText.join;
import static tasktracker.source.telegram.text.FormattedText.plainText;

import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tasktracker.source.format.LenientJson;

/** Placeholders for content without text, the same for the webhook and for exports. */
public final class PlaceholderText {

  public static final String MEDIA = "[Media]";
  private static final Pattern BARE = Pattern.compile("\\[[^,:\\]]*\\]");

  private PlaceholderText() {}

  /** {@code [Voice message, 0:42]}; the detail is optional. */
  public static String of(String what, @Nullable String detail) {
    return detail == null || detail.isBlank() ? "[" + what + "]" : "[" + what + ", " + detail.strip() + "]";
  }

  /** Whether it is a label alone, which tells nothing of what was said. */
  public static boolean isBare(String placeholder) {
    return BARE.matcher(placeholder).matches();
  }

  public static @Nullable String duration(@Nullable Long seconds) {
    return seconds == null || seconds < 0 ? null : "%d:%02d".formatted(seconds / 60, seconds % 60);
  }

  /**
   * The question of a poll with its description, its options and the explanation of a quiz.
   *
   * @param options member that holds the options
   */
  public static String poll(LenientJson poll, String options) {
    StringBuilder text = new StringBuilder("[Poll] ")
        .append(Objects.requireNonNullElse(join("\n", plainText(poll, "question"), plainText(poll, "description")), ""));
    poll.objects(options).stream().map(option -> plainText(option, "text")).filter(Objects::nonNull)
        .forEach(option -> text.append("\n- ").append(option));
    String explanation = plainText(poll, "explanation");
    return explanation == null ? text.toString() : text.append('\n').append(explanation).toString();
  }

  /** {@code [Contact, Oleh Kontakt, +380]}. */
  public static String contact(LenientJson contact) {
    return of("Contact",
        join(", ", join(" ", plainText(contact, "first_name"), plainText(contact, "last_name")), plainText(contact, "phone_number")));
  }

  /** A game or an invoice: {@code [Invoice, Beamer: One week]}. */
  public static String titled(String label, LenientJson described) {
    return of(label,
        join(": ", plainText(described, "title"), join(", ", plainText(described, "description"), plainText(described, "text"))));
  }

  /** {@code [Dice, 🎲 4]}. */
  public static String dice(LenientJson dice) {
    return of("Dice", join(" ", plainText(dice, "emoji"), plainText(dice, "value")));
  }

  /** The last part of a path; null for a path that leads elsewhere or a sentence about a missing file. */
  public static @Nullable String fileName(@Nullable String path) {
    if (path == null || path.isBlank() || path.startsWith("(") || path.startsWith("/") || path.contains("..")
        || path.contains("\\") || path.contains(":")) {
      return null;
    }
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
