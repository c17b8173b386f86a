package tasktracker.source;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.live.EventPublisher;
import tasktracker.platform.live.LiveTopic.Event;

/** Publishes the progress of imports. */
@ApplicationScoped
public class ImportEventPublisher {

  /** Payload of the events. {@code jobId} is the id of the import, as the API specification names it. */
  public record ImportPayload(UUID jobId, String status, List<String> chatIds, long messagesFetched, long messagesTotal,
      long messagesStored, long messagesSkipped, long errorsCount, int currentChat, int totalChats, @Nullable String error) {}

  private final EventPublisher live;

  @Inject
  public ImportEventPublisher(EventPublisher live) {
    this.live = live;
  }

  /** Publishes after the caller's commit. */
  void publish(ImportView view) {
    live.publish(event(view), payload(view));
  }

  private static Event event(ImportView view) {
    return switch (ImportStatus.of(view.status())) {
      case RUNNING -> view.messagesFetched() == 0 ? Event.INGESTION_STARTED : Event.INGESTION_PROGRESS;
      case COMPLETED, UNDONE -> Event.INGESTION_COMPLETED;
      case FAILED, CANCELLED -> Event.INGESTION_FAILED;
      default -> Event.INGESTION_PROGRESS;
    };
  }

  private static ImportPayload payload(ImportView view) {
    List<String> chats = view.sourceIdentifiers().getOrDefault("chat_ids", List.of());
    return new ImportPayload(view.id(), view.status(), chats.subList(0, Math.min(50, chats.size())), view.messagesFetched(),
        view.messagesTotal(), view.messagesStored(), view.messagesSkipped(), view.errorsCount(),
        Math.min(1, chats.size()), chats.size(), view.errorLog() == null ? null : view.errorLog().error());
  }
}
