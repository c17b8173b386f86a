package tasktracker.message;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Ids;
import tasktracker.platform.web.json.Json;

/** A message that is to be inserted; its components have the names of the columns. */
public record MessageRow(
    UUID id,
    UUID sourceId,
    UUID chatId,
    String externalId,
    UUID authorId,
    String kind,
    String content,
    String entities,
    Instant sentAt,
    @Nullable Instant editedAt,
    @Nullable String threadId,
    @Nullable String threadTitle,
    @Nullable String replyTo,
    @Nullable String forwardedFrom,
    @Nullable String mediaGroup,
    String reactions,
    @Nullable UUID importId) {

  MessageText text() {
    return new MessageText(kind, content, entities, editedAt);
  }

  static MessageRow of(IncomingMessage in, UUID source, UUID chat, UUID author, @Nullable UUID importId) {
    return new MessageRow(Ids.next(), source, chat, in.externalId(), author,
        in.kind().name().toLowerCase(Locale.ROOT), in.text(), Json.jsonb().toJson(in.entities()),
        in.sentAt(), in.editedAt(), in.threadId(), in.threadTitle(), in.replyTo(), in.forwardedFrom(), in.mediaGroup(),
        Json.jsonb().toJson(in.reactions()), importId);
  }
}
