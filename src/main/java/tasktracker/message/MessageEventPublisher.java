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

/** Tells listeners about single messages as they come and change; an import tells of itself. */
@ApplicationScoped
public class MessageEventPublisher {

  /** Characters of a text that listeners hear; more would not fit into one message of NATS. */
  private static final int MOST_TEXT = 20_000;

  /**
   * What listeners hear of a new message.
   *
   * @param content its text, or the beginning of a long one
   */
  public record NewMessageHeard(UUID id, String externalMessageId, String content, UUID authorId, String authorName,
      String author, Instant sentAt, UUID sourceId, String sourceName, UUID chatId, @Nullable String chatTitle, boolean persisted) {}

  /** What listeners hear of an edit. */
  public record EditHeard(UUID id, int revision, boolean persisted) {}

  /** What listeners hear when the counts of reactions changed. */
  public record ReactionHeard(UUID id, boolean persisted) {}

  private @Nullable EventPublisher live;

  protected MessageEventPublisher() {}

  @Inject
  public MessageEventPublisher(EventPublisher live) {
    this.live = live;
  }

  void on(@Observes MessageReceived m) {
    live.publish(Event.MESSAGE_NEW, new NewMessageHeard(m.messageId(), m.externalId(), StorableText.truncate(m.content(), MOST_TEXT), m.authorId(),
        m.authorName(), m.authorName(), m.sentAt(), m.sourceId(), m.sourceName(), m.chatId(), m.chatTitle(), true));
  }

  void on(@Observes MessageReacted m) {
    live.publish(Event.MESSAGE_UPDATED, new ReactionHeard(m.messageId(), true));
  }

  void on(@Observes MessageRevised m) {
    live.publish(Event.MESSAGE_UPDATED, new EditHeard(m.messageId(), m.revision(), true));
  }
}
