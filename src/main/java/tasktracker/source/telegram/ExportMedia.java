package tasktracker.source.telegram;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tasktracker.source.Row;

/** What an exported message carries beside its text. Only words about it are read, never the files it points to. */
final class ExportMedia {

  /** Members that tell of something attached, and what it is. */
  private static final Map<String, String> OTHERS = Map.of("contact_information", "Contact",
      "location_information", "Location", "invoice_information", "Invoice", "game_title", "Game",
      "giveaway_information", "Giveaway", "giveaway_results", "Giveaway results", "dice", "Dice", "story_id", "Story");

  private ExportMedia() {}

  /** Words for what is attached, or null when nothing is. */
  static @Nullable String standIn(Row row) {
    if (row.has("photo")) {
      return StandIn.of("Photo", null);
    }
    if (row.has("media_type")) {
      return typed(String.valueOf(row.text("media_type")), row);
    }
    if (row.has("file")) {
      return StandIn.of("File", name(row));
    }
    return row.row("poll") != null ? poll(row.row("poll")) : other(row);
  }

  private static String typed(String type, Row row) {
    return switch (type) {
      case "sticker" -> StandIn.of("Sticker", row.text("sticker_emoji"));
      case "video_message" -> StandIn.of("Video message", length(row));
      case "voice_message" -> StandIn.of("Voice message", length(row));
      case "animation" -> StandIn.of("Animation", null);
      case "video_file" -> StandIn.of("Video", length(row));
      case "audio_file" -> StandIn.of("Audio", row.words("title") == null ? name(row) : row.words("title"));
      default -> StandIn.of("File", name(row));
    };
  }

  private static @Nullable String length(Row row) {
    return StandIn.duration(row.number("duration_seconds"));
  }

  private static @Nullable String name(Row row) {
    String name = StandIn.fileName(row.words("file_name"));
    return name == null ? StandIn.fileName(row.words("file")) : name;
  }

  private static String poll(Row poll) {
    List<@Nullable String> answers = poll.rows("answers").stream().<@Nullable String>map(a -> a.text("text")).toList();
    return StandIn.poll(poll.text("question"), answers);
  }

  private static @Nullable String other(Row row) {
    if (row.has("place_name")) {
      return StandIn.of("Place", row.words("place_name"));
    }
    // A location that the exporter could not tell is written as null, so presence decides, not the value.
    return OTHERS.entrySet().stream().filter(e -> row.json().containsKey(e.getKey())).map(Map.Entry::getValue).sorted()
        .findFirst().map(what -> StandIn.of(what, null)).orElse(null);
  }
}
