package tasktracker.source.telegram.export;

import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tasktracker.source.format.LenientJson;
import tasktracker.source.telegram.text.RichMessage;

/** The words of an exported message that are in members of unknown kinds, for a message that has no others. */
final class ExportWords {

  /** Members that exports have and that are read elsewhere or hold no words of the author. */
  private static final Set<String> KNOWN = Set.of("id", "type", "date", "date_unixtime", "edited", "edited_unixtime", "from", "from_id",
      "actor",
      "actor_id", "action", "text", "text_entities", "reply_to_message_id", "reply_to_peer_id", "message_id", "forwarded_from",
      "forwarded_from_id", "saved_from",
      "via_bot", "author", "signature", "reactions", "inline_bot_buttons", "inviter", "members", "photo", "photo_file_size", "file",
      "file_name", "file_size",
      "thumbnail", "thumbnail_file_size", "media_type", "mime_type", "media_spoiler", "duration", "duration_seconds", "width", "height",
      "performer", "title",
      "sticker_emoji", "self_destruct_period_seconds", "location_information", "live_location_period_seconds", "contact_vcard",
      "contact_vcard_file_size",
      "story_id", "story_expires", "paid_stars_amount", "new_title", "score", "discard_reason", "reason", "currency", "amount", "period");

  private ExportWords() {}

  /** The words, each member on its own line; null when there are none. */
  static @Nullable String of(LenientJson message) {
    String words = message.json().entrySet().stream().filter(member -> !KNOWN.contains(member.getKey()))
        .map(member -> RichMessage.words(member.getKey(), member.getValue())).filter(Objects::nonNull).collect(Collectors.joining("\n"));
    return words.isEmpty() ? null : words;
  }
}
