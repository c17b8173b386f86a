package tasktracker.source.telegram;

import jakarta.json.JsonNumber;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tasktracker.source.LenientJson;

/** What an exported message carries beside its text. Only words about it are read, never the files it points to. */
final class ExportMedia {

  /** Members that tell of something attached, and what it is. */
  private static final Map<String, String> OTHERS = Map.of("contact_information", "Contact",
      "location_information", "Location", "invoice_information", "Invoice", "game_title", "Game",
      "giveaway_information", "Giveaway", "giveaway_results", "Giveaway results", "dice", "Dice", "story_id", "Story",
      "paid_stars_amount", "Paid media");

  private ExportMedia() {}

  /** Words for what is attached, or null when nothing is. */
  static @Nullable String standIn(LenientJson row) {
    String list = list(row);
    if (list != null) {
      return list;
    }
    if (row.has("photo")) {
      return PlaceholderText.of("Photo", null);
    }
    if (row.has("media_type")) {
      return typed(String.valueOf(row.text("media_type")), row);
    }
    return row.has("file") ? PlaceholderText.of("File", name(row)) : other(row);
  }

  /** A poll or a checklist, whose words are worth reading beside any text; null when there is none. */
  static @Nullable String list(LenientJson row) {
    LenientJson poll = row.row("poll");
    LenientJson checklist = row.row("todo_list");
    return poll != null ? poll(poll) : checklist != null ? checklist(checklist) : null;
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
    List<@Nullable String> answers = poll.rows("answers").stream().<@Nullable String>map(a -> ExportText.words(a, "text")).toList();
    return PlaceholderText.poll(ExportText.words(poll, "question"), answers);
  }

  private static String checklist(LenientJson checklist) {
    Set<String> done = checklist.rows("completions").stream().map(c -> c.text("id")).filter(Objects::nonNull).collect(Collectors.toSet());
    return new Checklist(ExportText.words(checklist, "title"), checklist.rows("answers").stream()
        .map(a -> new Checklist.Task(ExportText.words(a, "text"), a.isTrue("completed") || done.contains(a.text("id")))).toList()).text();
  }

  private static @Nullable String other(LenientJson row) {
    if (row.has("place_name")) {
      return PlaceholderText.of("Place", together(", ", ExportText.words(row, "place_name"), ExportText.words(row, "address")));
    }
    // A location that the exporter could not tell is written as null, so presence decides, not the value.
    return OTHERS.keySet().stream().filter(row.json()::containsKey).sorted().findFirst()
        .map(key -> PlaceholderText.of(OTHERS.get(key), detail(key, row))).orElse(null);
  }

  /** The words of people in what is attached. */
  private static @Nullable String detail(String key, LenientJson row) {
    LenientJson inside = row.row(key);
    return switch (key) {
      case "contact_information" -> inside == null ? null
          : together(", ", together(" ", ExportText.words(inside, "first_name"), ExportText.words(inside, "last_name")),
              ExportText.words(inside, "phone_number"));
      case "invoice_information" -> inside == null ? null
          : together(": ", ExportText.words(inside, "title"), ExportText.words(inside, "description"));
      case "game_title" -> together(": ", ExportText.words(row, "game_title"), ExportText.words(row, "game_description"));
      case "giveaway_information", "giveaway_results" -> inside == null ? null : ExportText.words(inside, "additional_prize");
      case "dice" -> inside == null ? null : together(" ", inside.words("emoji"), inside.json().get("value") instanceof JsonNumber n ? n.toString() : null);
      default -> null;
    };
  }

  private static @Nullable String together(String between, @Nullable String... words) {
    String told = Stream.of(words).filter(Objects::nonNull).collect(Collectors.joining(between));
    return told.isEmpty() ? null : told;
  }
}
