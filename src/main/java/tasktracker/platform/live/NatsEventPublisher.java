package tasktracker.platform.live;

import io.nats.client.Connection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.AfterCommit;
import tasktracker.platform.data.NatsConnection;
import tasktracker.platform.web.Json;

/** Puts events on the bus; while the bus is away this node's own listeners hear them all the same. */
@ApplicationScoped
public class NatsEventPublisher implements EventPublisher {

  private @Nullable NatsConnection nats;
  private @Nullable AfterCommit afterCommit;
  private @Nullable EventHub hub;

  protected NatsEventPublisher() {}

  @Inject
  public NatsEventPublisher(NatsConnection nats, AfterCommit afterCommit, EventHub hub) {
    this.nats = nats;
    this.afterCommit = afterCommit;
    this.hub = hub;
  }

  @Override
  public void publish(LiveTopic.Event event, Object data) {
    LiveEvent happened = new LiveEvent(event, 0, Instant.now(), LiveEvent.object(Json.jsonb().toJson(data)));
    afterCommit.run(() -> nats.connection().ifPresentOrElse(bus -> send(bus, happened), () -> hub.deliver(happened)));
  }

  private static void send(Connection bus, LiveEvent happened) {
    bus.publish(NatsEventSubscriber.SUBJECT + happened.event().topic().wire(), happened.onTheBus().getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
