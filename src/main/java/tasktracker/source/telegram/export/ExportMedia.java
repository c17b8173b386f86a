package tasktracker.source.telegram.export;

import static tasktracker.source.telegram.text.FormattedText.join;
import static tasktracker.source.telegram.text.FormattedText.plainText;

import jakarta.json.JsonValue;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tasktracker.source.format.LenientJson;
import tasktracker.source.telegram.PlaceholderText;
import tasktracker.source.telegram.text.Checklist;

/** Placeholders for attachments of an exported message. The attached files are not read. */
final class ExportMedia {

  /** Labels by the member that describes an attachment. */
  private static final Map<String, String> OTHERS = Map.of("contact_information", "Contact",
      "location_information", "Location", "invoice_information", "Invoice", "game_title", "Game",
      "giveaway_information", "Giveaway", "giveaway_results", "Giveaway results", "dice", "Dice", "story_id", "Story",
      "paid_stars_amount", "Paid media");

  private static final Set<String> TYPES = Set.of("sticker", "video_message", "voice_message", "animation", "video_file", "audio_file");

  private ExportMedia() {}

  /** Whether the attachment is of a kind that this reader does not know, so that its placeholder says nothing about it. */
  static boolean isUnknown(LenientJson object) {
    if (list(object) != null || object.has("photo")) {
      return false;
    }
    return object.has("media_type")
        ? !TYPES.contains(String.valueOf(object.text("media_type")))
        : object.has("file") && object.text("file") == null;
  }

  /** The placeholder of the attachment, or null when there is none. */
  static @Nullable String placeholder(LenientJson object) {
    String list = list(object);
    if (list != null) {
      return list;
    }
    if (object.has("photo")) {
      return PlaceholderText.of("Photo", null);
    }
    if (object.has("media_type")) {
      return ofMediaType(String.valueOf(object.text("media_type")), object);
    }
    return object.has("file") ? PlaceholderText.of("File", name(object)) : other(object);
  }

  /** The text of a poll or a checklist, which is stored in addition to the message's text; null when there is none. */
  static @Nullable String list(LenientJson object) {
    LenientJson poll = object.object("poll");
    LenientJson checklist = object.object("todo_list");
    return poll != null ? PlaceholderText.poll(poll, "answers") : checklist != null ? Checklist.ofExport(checklist).text() : null;
  }

  private static String ofMediaType(String type, LenientJson object) {
    return switch (type) {
      case "sticker" -> PlaceholderText.of("Sticker", object.text("sticker_emoji"));
      case "video_message" -> PlaceholderText.of("Video message", length(object));
      case "voice_message" -> PlaceholderText.of("Voice message", length(object));
      case "animation" -> PlaceholderText.of("Animation", null);
      case "video_file" -> PlaceholderText.of("Video", length(object));
      case "audio_file" -> PlaceholderText.of("Audio", object.nonBlank("title") == null ? name(object) : object.nonBlank("title"));
      default -> PlaceholderText.of("File", name(object));
    };
  }

  private static @Nullable String length(LenientJson object) {
    return PlaceholderText.duration(object.number("duration_seconds"));
  }

  private static @Nullable String name(LenientJson object) {
    String name = PlaceholderText.fileName(object.nonBlank("file_name"));
    return name == null ? PlaceholderText.fileName(object.nonBlank("file")) : name;
  }

  private static @Nullable String other(LenientJson object) {
    if (object.has("place_name")) {
      return PlaceholderText.of("Place", join(", ", plainText(object, "place_name"), plainText(object, "address")));
    }
    // A location that the exporter does not know is written as null, so the presence of the member decides.
    return OTHERS.entrySet().stream().filter(other -> object.json().containsKey(other.getKey())).sorted(Map.Entry.comparingByKey())
        .findFirst()
        .map(other -> other(other.getKey(), other.getValue(), object)).orElse(null);
  }

  private static String other(String key, String label, LenientJson object) {
    LenientJson inside = Objects.requireNonNullElseGet(object.object(key), () -> new LenientJson(JsonValue.EMPTY_JSON_OBJECT));
    return switch (key) {
      case "contact_information" -> PlaceholderText.contact(inside);
      case "invoice_information" -> PlaceholderText.titled("Invoice", inside);
      case "dice" -> PlaceholderText.dice(inside);
      case "game_title" -> PlaceholderText.of("Game", join(": ", plainText(object, "game_title"), plainText(object, "game_description")));
      case "giveaway_information", "giveaway_results" -> PlaceholderText.of(label, plainText(inside, "additional_prize"));
      default -> PlaceholderText.of(label, null);
    };
  }
}
