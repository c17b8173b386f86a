package tasktracker.source.telegram;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tasktracker.source.LenientJson;

/** What an exported message carries beside its text. Only words about it are read, never the files it points to. */
final class ExportMedia {

  /** Members that tell of something attached, and what it is. */
  private static final Map<String, String> OTHERS = Map.of("contact_information", "Contact",
      "location_information", "Location", "invoice_information", "Invoice", "game_title", "Game",
      "giveaway_information", "Giveaway", "giveaway_results", "Giveaway results", "dice", "Dice", "story_id", "Story");

  private ExportMedia() {}

  /** Words for what is attached, or null when nothing is. */
  static @Nullable String standIn(LenientJson row) {
    if (row.has("photo")) {
      return PlaceholderText.of("Photo", null);
    }
    if (row.has("media_type")) {
      return typed(String.valueOf(row.text("media_type")), row);
    }
    if (row.has("file")) {
      return PlaceholderText.of("File", name(row));
    }
    return row.row("poll") != null ? poll(row.row("poll")) : other(row);
  }

  private static String typed(String type, LenientJson row) {
    return switch (type) {
      case "sticker" -> PlaceholderText.of("Sticker", row.text("sticker_emoji"));
      case "video_message" -> PlaceholderText.of("Video message", length(row));
      case "voice_message" -> PlaceholderText.of("Voice message", length(row));
      case "animation" -> PlaceholderText.of("Animation", null);
      case "video_file" -> PlaceholderText.of("Video", length(row));
      case "audio_file" -> PlaceholderText.of("Audio", row.words("title") == null ? name(row) : row.words("title"));
      default -> PlaceholderText.of("File", name(row));
    };
  }

  private static @Nullable String length(LenientJson row) {
    return PlaceholderText.duration(row.number("duration_seconds"));
  }

  private static @Nullable String name(LenientJson row) {
    String name = PlaceholderText.fileName(row.words("file_name"));
    return name == null ? PlaceholderText.fileName(row.words("file")) : name;
  }

  private static String poll(LenientJson poll) {
    List<@Nullable String> answers = poll.rows("answers").stream().<@Nullable String>map(a -> a.text("text")).toList();
    return PlaceholderText.poll(poll.text("question"), answers);
  }

  private static @Nullable String other(LenientJson row) {
    if (row.has("place_name")) {
      return PlaceholderText.of("Place", row.words("place_name"));
    }
    // A location that the exporter could not tell is written as null, so presence decides, not the value.
    return OTHERS.entrySet().stream().filter(e -> row.json().containsKey(e.getKey())).map(Map.Entry::getValue).sorted()
        .findFirst().map(what -> PlaceholderText.of(what, null)).orElse(null);
  }
}
