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
 * Hears every event of every node. The last of them are kept by the bus in memory, a hundred a topic and at most five
 * minutes old; a node that starts fills its own memory from there, so a listener may resume on any node.
 */
@ApplicationScoped
public class NatsEventSubscriber {

  static final String STREAM = "LIVE";
  static final String SUBJECT = "live.";
  /** Numbers of a stream made anew must go on above those of the old one: its birth, in ms, counts thousands. */
  private static final long EVENTS_PER_MILLISECOND = 1000;
  private static final System.Logger LOG = System.getLogger(NatsEventSubscriber.class.getName());

  private @Nullable NatsConnection nats;
  private @Nullable EventHub hub;
  private @Nullable Dispatcher dispatcher;

  protected NatsEventSubscriber() {}

  @Inject
  public NatsEventSubscriber(NatsConnection nats, EventHub hub) {
    this.nats = nats;
    this.hub = hub;
  }

  void start(@Observes Startup event) {
    nats.whenConnected(this::listen);
  }

  private synchronized void listen() {
    try {
      Connection connection = nats.connection().orElseThrow(() -> new IOException("NATS went away again"));
      StreamInfo stream = stream(connection.jetStreamManagement());
      hush(connection);
      long base = stream.getCreateTime().toInstant().toEpochMilli() * EVENTS_PER_MILLISECOND;
      hub.forgotten(Math.max(0, base + stream.getStreamState().getFirstSequence() - 1));
      dispatcher = connection.createDispatcher();
      connection.jetStream().subscribe(SUBJECT + ">", dispatcher, message -> heard(message, base), false, fromTheOldest());
    } catch (IOException | JetStreamApiException e) {
      LOG.log(Level.WARNING, "Cannot hear live events yet: {0}", e.getMessage());
    }
  }

  private void hush(Connection connection) {
    if (dispatcher != null && dispatcher.isActive()) {
      connection.closeDispatcher(dispatcher);
    }
  }

  private static StreamInfo stream(JetStreamManagement management) throws IOException, JetStreamApiException {
    StreamConfiguration wanted = StreamConfiguration.builder().name(STREAM).subjects(SUBJECT + ">")
        .storageType(StorageType.Memory).maxMessagesPerSubject(100).maxAge(Duration.ofMinutes(5)).build();
    try {
      return management.getStreamInfo(STREAM);
    } catch (JetStreamApiException missing) {
      return management.addStream(wanted);
    }
  }

  private static PushSubscribeOptions fromTheOldest() {
    return PushSubscribeOptions.builder().stream(STREAM).ordered(true)
        .configuration(ConsumerConfiguration.builder().deliverPolicy(DeliverPolicy.All).build()).build();
  }

  private void heard(Message message, long base) {
    try {
      long seq = base + message.metaData().streamSequence();
      hub.deliver(LiveEvent.fromTheBus(new String(message.getData(), StandardCharsets.UTF_8), seq));
    } catch (RuntimeException | StackOverflowError e) {
      // An event of a newer release that this node does not know, or one that is no event. The broker bounds its size.
      LOG.log(Level.DEBUG, "Left out an event: {0}", e.getMessage());
    }
  }
}
