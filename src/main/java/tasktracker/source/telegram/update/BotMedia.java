package tasktracker.source.telegram.update;

import static tasktracker.source.telegram.text.FormattedText.join;
import static tasktracker.source.telegram.text.FormattedText.plainText;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tasktracker.source.format.LenientJson;
import tasktracker.source.telegram.PlaceholderText;
import tasktracker.source.telegram.text.Checklist;

/** Placeholders for media and other attachments of a Bot API message. */
final class BotMedia {

  /** Attachments that contain text. A venue includes its location for old clients. */
  private static final Map<String, Function<LenientJson, String>> WITH_TEXT = Map.of("poll", poll -> PlaceholderText.poll(poll, "options"),
      "checklist", checklist -> Checklist.ofBotApi(checklist).text(), "contact", PlaceholderText::contact,
      "venue", venue -> PlaceholderText.of("Place", join(", ", plainText(venue, "title"), plainText(venue, "address"))),
      "game", game -> PlaceholderText.titled("Game", game), "invoice", invoice -> PlaceholderText.titled("Invoice", invoice), "story",
      BotMedia::story,
      "dice", PlaceholderText::dice,
      "giveaway", giveaway -> PlaceholderText.of("Giveaway", plainText(giveaway, "prize_description")), "giveaway_winners",
      BotMedia::winners);
  /** Attachments without text. */
  private static final Map<String, String> PLAIN = Map.of("photo", "Photo", "live_photo", "Photo", "animation", "Animation",
      "location", "Location", "paid_media", "Paid media");

  private static final Set<String> FILES = Set.of("voice", "video_note", "video", "audio", "sticker", "document");

  private BotMedia() {}

  /** Whether the member is an attachment of a known kind. */
  static boolean isKnown(String member) {
    return WITH_TEXT.containsKey(member) || PLAIN.containsKey(member) || FILES.contains(member);
  }

  /** The placeholder of the attachment, or null when there is none. */
  static @Nullable String placeholder(LenientJson object) {
    String told = placeholderWithText(object);
    String file = told == null ? file(object) : told;
    return file == null ? placeholderWithoutText(object) : file;
  }

  private static @Nullable String file(LenientJson object) {
    if (object.object("voice") != null) {
      return PlaceholderText.of("Voice message", length(object.object("voice")));
    }
    if (object.object("video_note") != null) {
      return PlaceholderText.of("Video message", length(object.object("video_note")));
    }
    if (object.object("video") != null) {
      return PlaceholderText.of("Video", length(object.object("video")));
    }
    if (object.object("audio") != null) {
      return PlaceholderText.of("Audio", object.object("audio").nonBlank("title"));
    }
    return object.object("sticker") != null ? PlaceholderText.of("Sticker", object.object("sticker").text("emoji")) : document(object);
  }

  private static @Nullable String document(LenientJson object) {
    // An animation includes a document of the same file, for old clients.
    return object.object("document") != null && !object.has("animation")
        ? PlaceholderText.of("File", PlaceholderText.fileName(object.object("document").nonBlank("file_name")))
        : null;
  }

  private static @Nullable String length(LenientJson object) {
    return PlaceholderText.duration(object.number("duration"));
  }

  /** The placeholder of an attachment that contains text. */
  private static @Nullable String placeholderWithText(LenientJson object) {
    return WITH_TEXT.entrySet().stream().sorted(Map.Entry.comparingByKey())
        .flatMap(e -> Stream.ofNullable(object.object(e.getKey())).map(e.getValue())).findFirst().orElse(null);
  }

  private static String story(LenientJson story) {
    return PlaceholderText.of("Story", story.object("chat") == null ? null : plainText(story.object("chat"), "title"));
  }

  private static String winners(LenientJson giveaway) {
    return PlaceholderText.of("Giveaway results",
        join(", ", plainText(giveaway, "prize_description"), BotServiceMessage.names(giveaway.objects("winners"))));
  }

  private static @Nullable String placeholderWithoutText(LenientJson object) {
    return PLAIN.entrySet().stream().filter(e -> object.has(e.getKey())).map(Map.Entry::getValue).sorted().findFirst()
        .map(what -> PlaceholderText.of(what, null)).orElse(null);
  }
}
