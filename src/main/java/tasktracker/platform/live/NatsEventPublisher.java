package tasktracker.platform.live;

import io.nats.client.Connection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import tasktracker.platform.data.AfterCommit;
import tasktracker.platform.data.NatsConnection;
import tasktracker.platform.web.json.Json;

/** Publishes events on NATS. While NATS is unavailable it delivers them to the subscribers of this node only. */
@ApplicationScoped
public class NatsEventPublisher implements EventPublisher {

  private final NatsConnection nats;
  private final AfterCommit afterCommit;
  private final EventHub hub;

  @Inject
  public NatsEventPublisher(NatsConnection nats, AfterCommit afterCommit, EventHub hub) {
    this.nats = nats;
    this.afterCommit = afterCommit;
    this.hub = hub;
  }

  @Override
  public void publish(LiveTopic.Event event, Object data) {
    LiveEvent message = new LiveEvent(event, 0, Instant.now(), LiveEvent.parseObject(Json.jsonb().toJson(data)));
    afterCommit.run(() -> nats.connection().ifPresentOrElse(connection -> send(connection, message), () -> hub.deliver(message)));
  }

  private static void send(Connection connection, LiveEvent event) {
    connection.publish(NatsEventSubscriber.SUBJECT + event.event().topic().wire(),
        event.toBusMessage().getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
