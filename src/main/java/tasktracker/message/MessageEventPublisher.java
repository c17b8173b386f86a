package tasktracker.message;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.StorableText;
import tasktracker.platform.live.EventPublisher;
import tasktracker.platform.live.LiveTopic.Event;

/** Publishes events about single messages that are received or change. Imports publish their own events. */
@ApplicationScoped
public class MessageEventPublisher {

  /** Maximum characters of a text in an event; a longer payload would exceed the message size of NATS. */
  private static final int MAX_TEXT = 20_000;

  /**
   * Payload of the event about a new message.
   *
   * @param content its text; of a long text the beginning
   */
  public record NewMessagePayload(UUID id, String externalMessageId, String content, UUID authorId, String authorName,
      String author, Instant sentAt, UUID sourceId, String sourceName, UUID chatId, @Nullable String chatTitle, boolean persisted) {}

  /** Payload of the event about an edit. */
  public record EditPayload(UUID id, int revision, boolean persisted) {}

  /** Payload of the event about changed reaction counts. */
  public record ReactionPayload(UUID id, boolean persisted) {}

  /**
   * Payload of the event about a new score or a corrected class.
   *
   * @param importanceScore 0 to 1
   * @param strength 0 to 100, or null for spam
   */
  public record MessageScored(UUID messageId, double importanceScore, @Nullable Integer strength, String classification) {}

  private final EventPublisher live;

  @Inject
  public MessageEventPublisher(EventPublisher live) {
    this.live = live;
  }

  void on(@Observes MessageReceived m) {
    live.publish(Event.MESSAGE_NEW,
        new NewMessagePayload(m.messageId(), m.externalId(), StorableText.truncate(m.content(), MAX_TEXT), m.authorId(),
            m.authorName(), m.authorName(), m.sentAt(), m.sourceId(), m.sourceName(), m.chatId(), m.chatTitle(), true));
  }

  void on(@Observes MessageReacted m) {
    live.publish(Event.MESSAGE_UPDATED, new ReactionPayload(m.messageId(), true));
  }

  void on(@Observes MessageRevised m) {
    live.publish(Event.MESSAGE_UPDATED, new EditPayload(m.messageId(), m.revision(), true));
  }

  /** Publishes that one message was scored or corrected. Scores of batches are published as one event by scoring. */
  public void publishScored(UUID message, double importance, String classification) {
    live.publish(Event.MESSAGE_SCORED, new MessageScored(message, importance, Strength.of(classification, importance), classification));
  }
}
