package tasktracker.source.telegram;

import static tasktracker.source.telegram.text.FormattedText.join;
import static tasktracker.source.telegram.text.FormattedText.words;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tasktracker.source.Row;
import tasktracker.source.telegram.text.BotChecklist;

/** What a Bot API message carries beside its text, in words. */
final class BotMedia {

  /** What people put words into. A venue comes with its location, for old clients. */
  private static final Map<String, Function<Row, String>> TELLING = Map.of("poll", BotMedia::poll,
      "checklist", checklist -> BotChecklist.of(checklist).text(), "contact", BotMedia::contact,
      "venue", venue -> StandIn.of("Place", join(", ", words(venue, "title"), words(venue, "address"))),
      "game", game -> titled("Game", game), "invoice", invoice -> titled("Invoice", invoice), "story", BotMedia::story,
      "dice", dice -> StandIn.of("Dice", join(" ", words(dice, "emoji"), words(dice, "value"))),
      "giveaway", giveaway -> StandIn.of("Giveaway", words(giveaway, "prize_description")), "giveaway_winners", BotMedia::winners);
  /** What has no words of its own. */
  private static final Map<String, String> PLAIN = Map.of("photo", "Photo", "live_photo", "Photo", "animation", "Animation",
      "location", "Location", "paid_media", "Paid media");

  private BotMedia() {}

  /** Words for what is attached, or null when nothing is. */
  static @Nullable String standIn(Row row) {
    String told = told(row);
    String file = told == null ? file(row) : told;
    return file == null ? plain(row) : file;
  }

  private static @Nullable String file(Row row) {
    if (row.row("voice") != null) {
      return StandIn.of("Voice message", length(row.row("voice")));
    }
    if (row.row("video_note") != null) {
      return StandIn.of("Video message", length(row.row("video_note")));
    }
    if (row.row("video") != null) {
      return StandIn.of("Video", length(row.row("video")));
    }
    if (row.row("audio") != null) {
      return StandIn.of("Audio", row.row("audio").words("title"));
    }
    return row.row("sticker") != null ? StandIn.of("Sticker", row.row("sticker").text("emoji")) : document(row);
  }

  private static @Nullable String document(Row row) {
    // An animation comes with a document of the same file, for old clients.
    return row.row("document") != null && !row.has("animation")
        ? StandIn.of("File", StandIn.fileName(row.row("document").words("file_name"))) : null;
  }

  private static @Nullable String length(Row row) {
    return StandIn.duration(row.number("duration"));
  }

  /** What has words of people inside, by the member that holds it. */
  private static @Nullable String told(Row row) {
    return TELLING.entrySet().stream().filter(e -> row.row(e.getKey()) != null).sorted(Map.Entry.comparingByKey()).map(e -> e.getValue().apply(row.row(e.getKey())))
        .findFirst().orElse(null);
  }

  private static String poll(Row poll) {
    List<@Nullable String> answers = poll.rows("options").stream().<@Nullable String>map(o -> words(o, "text")).toList();
    String question = join("\n", words(poll, "question"), words(poll, "description"));
    String explanation = words(poll, "explanation");
    return StandIn.poll(question, answers) + (explanation == null ? "" : "\n" + explanation);
  }

  private static String contact(Row contact) {
    return StandIn.of("Contact", join(", ", join(" ", words(contact, "first_name"), words(contact, "last_name")), words(contact, "phone_number")));
  }

  private static String titled(String label, Row described) {
    return StandIn.of(label, join(": ", words(described, "title"), join(", ", words(described, "description"), words(described, "text"))));
  }

  private static String story(Row story) {
    return StandIn.of("Story", story.row("chat") == null ? null : words(story.row("chat"), "title"));
  }

  private static String winners(Row giveaway) {
    return StandIn.of("Giveaway results", join(", ", words(giveaway, "prize_description"), BotService.names(giveaway.rows("winners"))));
  }

  private static @Nullable String plain(Row row) {
    return PLAIN.entrySet().stream().filter(e -> row.has(e.getKey())).map(Map.Entry::getValue).sorted().findFirst()
        .map(what -> StandIn.of(what, null)).orElse(null);
  }
}
