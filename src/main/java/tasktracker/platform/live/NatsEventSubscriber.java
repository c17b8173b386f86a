package tasktracker.platform.live;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.Message;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamInfo;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.NatsConnection;

/**
 * Receives the events of all nodes. The stream keeps the latest ones in memory, 100 for each topic and at most five
 * minutes old; a node that starts reads them first, so a client may resume on any node.
 */
@ApplicationScoped
public class NatsEventSubscriber {

  static final String STREAM = "LIVE";
  static final String SUBJECT = "live.";
  /**
   * Sequence numbers of a recreated stream must be greater than those of the old one, so the base of a stream is its
   * creation time in ms times this number.
   */
  private static final long EVENTS_PER_MILLISECOND = 1000;
  private static final System.Logger LOG = System.getLogger(NatsEventSubscriber.class.getName());

  private final NatsConnection nats;
  private final EventHub hub;
  private @Nullable Dispatcher dispatcher;

  @Inject
  public NatsEventSubscriber(NatsConnection nats, EventHub hub) {
    this.nats = nats;
    this.hub = hub;
  }

  void start(@Observes Startup event) {
    nats.whenConnected(this::subscribe);
  }

  private synchronized void subscribe() {
    try {
      Connection connection = nats.connection().orElseThrow(() -> new IOException("NATS is unavailable again"));
      StreamInfo stream = findOrCreateStream(connection.jetStreamManagement());
      closeDispatcher(connection);
      long base = stream.getCreateTime().toInstant().toEpochMilli() * EVENTS_PER_MILLISECOND;
      hub.markDropped(Math.max(0, base + stream.getStreamState().getFirstSequence() - 1));
      dispatcher = connection.createDispatcher();
      connection.jetStream().subscribe(SUBJECT + ">", dispatcher, message -> onMessage(message, base), false, fromOldest());
    } catch (IOException | JetStreamApiException e) {
      LOG.log(Level.WARNING, "Could not subscribe to live events: {0}", e.getMessage());
    }
  }

  private void closeDispatcher(Connection connection) {
    if (dispatcher != null && dispatcher.isActive()) {
      connection.closeDispatcher(dispatcher);
    }
  }

  private static StreamInfo findOrCreateStream(JetStreamManagement management) throws IOException, JetStreamApiException {
    StreamConfiguration configuration = StreamConfiguration.builder().name(STREAM).subjects(SUBJECT + ">")
        .storageType(StorageType.Memory).maxMessagesPerSubject(100).maxAge(Duration.ofMinutes(5)).build();
    try {
      return management.getStreamInfo(STREAM);
    } catch (JetStreamApiException missing) {
      return management.addStream(configuration);
    }
  }

  private static PushSubscribeOptions fromOldest() {
    return PushSubscribeOptions.builder().stream(STREAM).ordered(true)
        .configuration(ConsumerConfiguration.builder().deliverPolicy(DeliverPolicy.All).build()).build();
  }

  private void onMessage(Message message, long base) {
    try {
      long seq = base + message.metaData().streamSequence();
      hub.deliver(LiveEvent.fromBusMessage(new String(message.getData(), StandardCharsets.UTF_8), seq));
    } catch (RuntimeException | StackOverflowError e) {
      // An event of a newer release that this node does not know, or an invalid message. The broker limits its size.
      LOG.log(Level.DEBUG, "Ignored an event: {0}", e.getMessage());
    }
  }
}
