package tasktracker.source.telegram;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tasktracker.source.LenientJson;

/** What a Bot API message carries beside its text, in words. */
final class BotMedia {

  private static final Map<String, String> PLAIN = Map.ofEntries(Map.entry("photo", "Photo"),
      Map.entry("animation", "Animation"), Map.entry("contact", "Contact"), Map.entry("location", "Location"),
      Map.entry("game", "Game"), Map.entry("invoice", "Invoice"), Map.entry("dice", "Dice"), Map.entry("story", "Story"),
      Map.entry("giveaway", "Giveaway"), Map.entry("giveaway_winners", "Giveaway results"),
      Map.entry("paid_media", "Paid media"));

  private BotMedia() {}

  /** Words for what is attached, or null when nothing is. */
  static @Nullable String standIn(LenientJson row) {
    if (row.row("poll") != null) {
      return poll(row.row("poll"));
    }
    if (row.row("checklist") != null) {
      return checklist(row.row("checklist"));
    }
    String file = file(row);
    return file != null ? file : plain(row);
  }

  private static @Nullable String file(LenientJson row) {
    if (row.row("voice") != null) {
      return PlaceholderText.of("Voice message", length(row.row("voice")));
    }
    if (row.row("video_note") != null) {
      return PlaceholderText.of("Video message", length(row.row("video_note")));
    }
    if (row.row("video") != null) {
      return PlaceholderText.of("Video", length(row.row("video")));
    }
    if (row.row("audio") != null) {
      return PlaceholderText.of("Audio", row.row("audio").words("title"));
    }
    return row.row("sticker") != null ? PlaceholderText.of("Sticker", row.row("sticker").text("emoji")) : venueOrDocument(row);
  }

  private static @Nullable String venueOrDocument(LenientJson row) {
    if (row.row("venue") != null) {
      return PlaceholderText.of("Place", row.row("venue").words("title"));
    }
    // An animation comes with a document of the same file, for old clients.
    return row.row("document") != null && !row.has("animation")
        ? PlaceholderText.of("File", PlaceholderText.fileName(row.row("document").words("file_name"))) : null;
  }

  private static @Nullable String length(LenientJson row) {
    return PlaceholderText.duration(row.number("duration"));
  }

  private static String poll(LenientJson poll) {
    List<@Nullable String> answers = poll.rows("options").stream().<@Nullable String>map(o -> o.text("text")).toList();
    return PlaceholderText.poll(poll.text("question"), answers);
  }

  private static String checklist(LenientJson checklist) {
    StringBuilder list = new StringBuilder("[Checklist] ").append(String.valueOf(checklist.text("title")));
    checklist.rows("tasks").forEach(task -> list.append("\n- ").append(String.valueOf(task.text("text"))));
    return list.toString();
  }

  private static @Nullable String plain(LenientJson row) {
    return PLAIN.entrySet().stream().filter(e -> row.has(e.getKey())).map(Map.Entry::getValue).sorted().findFirst()
        .map(what -> PlaceholderText.of(what, null)).orElse(null);
  }
}
