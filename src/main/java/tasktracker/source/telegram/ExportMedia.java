package tasktracker.source.telegram;

import jakarta.json.JsonNumber;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tasktracker.source.Row;

/** What an exported message carries beside its text. Only words about it are read, never the files it points to. */
final class ExportMedia {

  /** Members that tell of something attached, and what it is. */
  private static final Map<String, String> OTHERS = Map.of("contact_information", "Contact",
      "location_information", "Location", "invoice_information", "Invoice", "game_title", "Game",
      "giveaway_information", "Giveaway", "giveaway_results", "Giveaway results", "dice", "Dice", "story_id", "Story",
      "paid_stars_amount", "Paid media");

  private ExportMedia() {}

  /** Words for what is attached, or null when nothing is. */
  static @Nullable String standIn(Row row) {
    String list = list(row);
    if (list != null) {
      return list;
    }
    if (row.has("photo")) {
      return StandIn.of("Photo", null);
    }
    if (row.has("media_type")) {
      return typed(String.valueOf(row.text("media_type")), row);
    }
    return row.has("file") ? StandIn.of("File", name(row)) : other(row);
  }

  /** A poll or a checklist, whose words are worth reading beside any text; null when there is none. */
  static @Nullable String list(Row row) {
    Row poll = row.row("poll");
    Row checklist = row.row("todo_list");
    return poll != null ? poll(poll) : checklist != null ? checklist(checklist) : null;
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
    List<@Nullable String> answers = poll.rows("answers").stream().<@Nullable String>map(a -> ExportText.words(a, "text")).toList();
    return StandIn.poll(ExportText.words(poll, "question"), answers);
  }

  private static String checklist(Row checklist) {
    Set<String> done = checklist.rows("completions").stream().map(c -> c.text("id")).filter(Objects::nonNull).collect(Collectors.toSet());
    return new Checklist(ExportText.words(checklist, "title"), checklist.rows("answers").stream()
        .map(a -> new Checklist.Task(ExportText.words(a, "text"), a.isTrue("completed") || done.contains(a.text("id")))).toList()).text();
  }

  private static @Nullable String other(Row row) {
    if (row.has("place_name")) {
      return StandIn.of("Place", together(", ", ExportText.words(row, "place_name"), ExportText.words(row, "address")));
    }
    // A location that the exporter could not tell is written as null, so presence decides, not the value.
    return OTHERS.keySet().stream().filter(row.json()::containsKey).sorted().findFirst()
        .map(key -> StandIn.of(OTHERS.get(key), detail(key, row))).orElse(null);
  }

  /** The words of people in what is attached. */
  private static @Nullable String detail(String key, Row row) {
    Row inside = row.row(key);
    return switch (key) {
      case "contact_information" -> inside == null ? null
          : together(" ", ExportText.words(inside, "first_name"), ExportText.words(inside, "last_name"));
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
