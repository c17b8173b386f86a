package tasktracker.message;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.message.IncomingMessage.ChatKind;
import tasktracker.message.IncomingMessage.ChatRef;
import tasktracker.message.IncomingMessage.MessageKind;
import tasktracker.person.Speaker;
import tasktracker.platform.data.StorableText;
import tasktracker.platform.web.json.SanitizedText;
import tasktracker.platform.web.problem.Problem;
import tasktracker.platform.web.query.DateParser;

/**
 * The request body of a new message.
 *
 * @param externalMessageId its id in the chat; 1 to 200 characters
 * @param content its text; at most 65,536 characters
 * @param sentAt ISO 8601 with a time zone
 * @param source name of the source, {@code api} by default; created when it does not exist
 * @param sourceId id of the source, instead of its name
 * @param chat id of the chat at the source, {@code default} by default
 * @param chatTitle title of the chat
 * @param author display name of the author
 * @param authorExternalId id of the author at the source; the name by default
 * @param authorEmail e-mail address of the author; the same address is the same person in all sources
 * @param editedAt when it was edited, ISO 8601 with a time zone; required for a new text to count as an edit
 * @param replyTo id of the message in the chat to which it replies
 * @param threadId id of the thread it belongs to
 */
@SanitizedText
public record NewMessage(
    @Nullable String externalMessageId,
    @Nullable String content,
    @Nullable String sentAt,
    @Nullable String source,
    @Nullable UUID sourceId,
    @Nullable String chat,
    @Nullable String chatTitle,
    @Nullable String author,
    @Nullable String authorExternalId,
    @Nullable String authorEmail,
    @Nullable String editedAt,
    @Nullable String replyTo,
    @Nullable String threadId) {

  private static final int MAX_CONTENT = 65_536;

  /**
   * Validates the message.
   *
   * @throws Problem 400 without a body, 422 with the name of the invalid field
   */
  public static NewMessage checked(@Nullable NewMessage message) {
    if (message == null) {
      throw Problem.badRequest("The body must be a JSON object.");
    }
    message.require("external_message_id", message.externalMessageId, 200);
    message.require("content", message.content, MAX_CONTENT);
    message.require("author", message.author, 200);
    message.limit("author_external_id", message.authorExternalId);
    message.limit("author_email", message.authorEmail);
    message.limit("source", message.source);
    message.limit("chat", message.chat);
    message.limit("chat_title", message.chatTitle);
    message.limit("reply_to", message.replyTo);
    message.limit("thread_id", message.threadId);
    return message;
  }

  private void require(String field, @Nullable String value, int max) {
    if (value == null || value.isBlank() || value.length() > max) {
      throw Problem.unprocessable("The field " + field + " must be a text of 1 to " + max + " characters.");
    }
  }

  private void limit(String field, @Nullable String value) {
    if (value != null && (value.isBlank() || value.length() > 100)) {
      throw Problem.unprocessable("The field " + field + " must be a text of 1 to 100 characters or be omitted.");
    }
  }

  public String sourceName() {
    return source == null ? "api" : StorableText.of(source);
  }

  public IncomingMessage incoming() {
    ChatRef where = new ChatRef(chat == null ? "default" : chat, ChatKind.OTHER, chatTitle);
    String name = present(author);
    String id = authorExternalId == null ? name : authorExternalId;
    Speaker who = new Speaker(id, name, null, null, authorEmail, null, false, false);
    return new IncomingMessage(where, present(externalMessageId), who, time("sent_at", sentAt), editedAt == null
        ? null
        : time("edited_at", editedAt), MessageKind.TEXT, present(content), List.of(), threadId, null, replyTo, null, null, List.of());
  }

  private static String present(@Nullable String required) {
    return Objects.requireNonNull(required, "The message has not been checked");
  }

  private static Instant time(String field, @Nullable String value) {
    try {
      return DateParser.parseInstant(value == null ? "" : value);
    } catch (DateTimeParseException e) {
      throw Problem
          .unprocessable("The field " + field + " must be a time with its zone, such as 2026-01-31T10:00:00Z, of the years 1970 to 9999.");
    }
  }
}
