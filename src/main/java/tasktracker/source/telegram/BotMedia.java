package tasktracker.source.telegram;

import static tasktracker.source.telegram.text.FormattedText.join;
import static tasktracker.source.telegram.text.FormattedText.words;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tasktracker.source.LenientJson;
import tasktracker.source.telegram.text.BotChecklist;

/** What a Bot API message carries beside its text, in words. */
final class BotMedia {

  /** What people put words into. A venue comes with its location, for old clients. */
  private static final Map<String, Function<LenientJson, String>> TELLING = Map.of("poll", BotMedia::poll,
      "checklist", checklist -> BotChecklist.of(checklist).text(), "contact", BotMedia::contact,
      "venue", venue -> PlaceholderText.of("Place", join(", ", words(venue, "title"), words(venue, "address"))),
      "game", game -> titled("Game", game), "invoice", invoice -> titled("Invoice", invoice), "story", BotMedia::story,
      "dice", dice -> PlaceholderText.of("Dice", join(" ", words(dice, "emoji"), words(dice, "value"))),
      "giveaway", giveaway -> PlaceholderText.of("Giveaway", words(giveaway, "prize_description")), "giveaway_winners", BotMedia::winners);
  /** What has no words of its own. */
  private static final Map<String, String> PLAIN = Map.of("photo", "Photo", "live_photo", "Photo", "animation", "Animation",
      "location", "Location", "paid_media", "Paid media");

  private BotMedia() {}

  /** Words for what is attached, or null when nothing is. */
  static @Nullable String standIn(LenientJson row) {
    String told = told(row);
    String file = told == null ? file(row) : told;
    return file == null ? plain(row) : file;
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
    return row.row("sticker") != null ? PlaceholderText.of("Sticker", row.row("sticker").text("emoji")) : document(row);
  }

  private static @Nullable String document(LenientJson row) {
    // An animation comes with a document of the same file, for old clients.
    return row.row("document") != null && !row.has("animation")
        ? PlaceholderText.of("File", PlaceholderText.fileName(row.row("document").words("file_name"))) : null;
  }

  private static @Nullable String length(LenientJson row) {
    return PlaceholderText.duration(row.number("duration"));
  }

  /** What has words of people inside, by the member that holds it. */
  private static @Nullable String told(LenientJson row) {
    return TELLING.entrySet().stream().filter(e -> row.row(e.getKey()) != null).sorted(Map.Entry.comparingByKey()).map(e -> e.getValue().apply(row.row(e.getKey())))
        .findFirst().orElse(null);
  }

  private static String poll(LenientJson poll) {
    List<@Nullable String> answers = poll.rows("options").stream().<@Nullable String>map(o -> words(o, "text")).toList();
    String question = join("\n", words(poll, "question"), words(poll, "description"));
    String explanation = words(poll, "explanation");
    return PlaceholderText.poll(question, answers) + (explanation == null ? "" : "\n" + explanation);
  }

  private static String contact(LenientJson contact) {
    return PlaceholderText.of("Contact", join(", ", join(" ", words(contact, "first_name"), words(contact, "last_name")), words(contact, "phone_number")));
  }

  private static String titled(String label, LenientJson described) {
    return PlaceholderText.of(label, join(": ", words(described, "title"), join(", ", words(described, "description"), words(described, "text"))));
  }

  private static String story(LenientJson story) {
    return PlaceholderText.of("Story", story.row("chat") == null ? null : words(story.row("chat"), "title"));
  }

  private static String winners(LenientJson giveaway) {
    return PlaceholderText.of("Giveaway results", join(", ", words(giveaway, "prize_description"), BotServiceMessage.names(giveaway.rows("winners"))));
  }

  private static @Nullable String plain(LenientJson row) {
    return PLAIN.entrySet().stream().filter(e -> row.has(e.getKey())).map(Map.Entry::getValue).sorted().findFirst()
        .map(what -> PlaceholderText.of(what, null)).orElse(null);
  }
}
