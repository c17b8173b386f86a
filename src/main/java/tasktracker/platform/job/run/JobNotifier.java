package tasktracker.platform.job.run;

import io.nats.client.Connection;
import io.nats.client.ConsumerContext;
import io.nats.client.FetchConsumeOptions;
import io.nats.client.FetchConsumer;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamStatusCheckedException;
import io.nats.client.Message;
import io.nats.client.PublishOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.NatsConnection;
import tasktracker.platform.job.Queue;

/**
 * Publishes and fetches notifications on JetStream. A notification has the id of a job that may be due and is only a hint:
 * a lost one delays a job by up to two seconds, and a duplicate costs one query.
 */
@ApplicationScoped
public class JobNotifier {

  static final String STREAM = "JOBS";
  private static final String SUBJECT = "jobs.";
  private static final System.Logger LOG = System.getLogger(JobNotifier.class.getName());
  private static final long LONG_POLL_MS = 1_000;
  private static final int STREAM_NOT_FOUND = 404;
  /** Characters of a UUID as text. */
  private static final int ID_LENGTH = 36;

  private final NatsConnection nats;
  private final Map<Queue, ConsumerContext> consumers = new ConcurrentHashMap<>(new EnumMap<>(Queue.class));
  private volatile @Nullable Connection consumersConnection;

  @Inject
  public JobNotifier(NatsConnection nats) {
    this.nats = nats;
  }

  boolean isReachable() {
    return nats.connection().isPresent();
  }

  /**
   * Publishes a notification without waiting for the acknowledgement of the broker.
   *
   * @return false when the broker is not connected
   */
  public boolean publish(JobTableMaintenance.Notification notification) {
    return nats.connection().map(connection -> publish(connection, notification)).orElse(false);
  }

  private static boolean publish(Connection connection, JobTableMaintenance.Notification notification) {
    try {
      JetStream stream = connection.jetStream();
      stream.publishAsync(SUBJECT + notification.queue(), notification.id().toString().getBytes(StandardCharsets.US_ASCII),
          PublishOptions.builder().messageId(notification.id() + ":" + notification.attempt()).build())
          .whenComplete((ack, failure) -> logFailure(failure));
      return true;
    } catch (IOException | RuntimeException e) {
      logFailure(e);
      return false;
    }
  }

  private static void logFailure(@Nullable Throwable failure) {
    if (failure != null) {
      LOG.log(Level.DEBUG, "NATS did not accept a notification: {0}", failure.getMessage());
    }
  }

  /** Notifications that were fetched; they are acknowledged once the claim has committed. */
  record Fetched(List<Message> messages) {
    static final Fetched NONE = new Fetched(List.of());

    /** The ids of the jobs. Content that is no id is skipped, and acknowledged with the others. */
    List<UUID> jobIds() {
      return messages.stream().map(Message::getData).flatMap(data -> job(data).stream()).toList();
    }

    private static Optional<UUID> job(byte[] data) {
      try {
        return data.length == ID_LENGTH ? Optional.of(UUID.fromString(new String(data, StandardCharsets.US_ASCII))) : Optional.empty();
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }

    /** Acknowledges all. From the claim on, the lease protects the job. */
    void acknowledge() {
      messages.forEach(Message::ack);
    }
  }

  /**
   * Fetches notifications.
   *
   * @param limit the most to fetch
   * @param wait whether to wait up to a second for the first one
   */
  Fetched fetch(Queue queue, int limit, boolean wait) throws InterruptedException {
    try {
      ConsumerContext consumer = consumerOf(queue);
      return consumer == null ? Fetched.NONE : new Fetched(fetch(consumer, limit, wait));
    } catch (IOException | JetStreamApiException | JetStreamStatusCheckedException | IllegalStateException e) {
      LOG.log(Level.DEBUG, "Notifications of queue {0} could not be fetched: {1}", queue.wire(), e.getMessage());
      consumers.clear();
      Thread.sleep(Duration.ofMillis(200));
      return Fetched.NONE;
    }
  }

  private @Nullable ConsumerContext consumerOf(Queue queue) throws IOException, JetStreamApiException {
    Connection connection = nats.connection().orElse(null);
    if (connection == null) {
      return null;
    }
    if (connection != consumersConnection) {
      consumers.clear();
      consumersConnection = connection;
    }
    ConsumerContext consumer = consumers.get(queue);
    if (consumer == null) {
      consumer = connection.getStreamContext(STREAM).getConsumerContext(queue.wire());
      consumers.put(queue, consumer);
    }
    return consumer;
  }

  private static List<Message> fetch(ConsumerContext consumer, int limit, boolean wait)
      throws IOException, JetStreamApiException, JetStreamStatusCheckedException, InterruptedException {
    var options = FetchConsumeOptions.builder().maxMessages(limit);
    List<Message> fetched = new ArrayList<>();
    try (FetchConsumer fetch = consumer.fetch((wait ? options.noWaitExpiresIn(LONG_POLL_MS) : options.noWait()).build())) {
      for (Message m = fetch.nextMessage(); m != null; m = fetch.nextMessage()) {
        fetched.add(m);
      }
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (JetStreamStatusCheckedException | InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
    return fetched;
  }

  /**
   * Creates the stream and its consumers when they are missing.
   *
   * @return true when the stream was missing, so that all notifications are lost
   */
  boolean ensureStream() throws IOException, JetStreamApiException {
    Connection connection = nats.connection().orElse(null);
    if (connection == null) {
      return false;
    }
    JetStreamManagement management = connection.jetStreamManagement();
    boolean missing = isStreamMissing(management);
    if (missing) {
      management.addStream(streamConfiguration());
      LOG.log(Level.INFO, "Created the stream {0}; waiting jobs are notified again from the job table", STREAM);
    }
    for (Queue queue : Queue.values()) {
      management.addOrUpdateConsumer(STREAM, consumerConfiguration(queue));
    }
    return missing;
  }

  private static boolean isStreamMissing(JetStreamManagement management) throws IOException, JetStreamApiException {
    try {
      management.getStreamInfo(STREAM);
      return false;
    } catch (JetStreamApiException e) {
      if (e.getErrorCode() == STREAM_NOT_FOUND) {
        return true;
      }
      throw e;
    }
  }

  private static StreamConfiguration streamConfiguration() {
    return StreamConfiguration.builder().name(STREAM).subjects(SUBJECT + ">").retentionPolicy(RetentionPolicy.WorkQueue)
        .storageType(StorageType.File).duplicateWindow(Duration.ofMinutes(2)).build();
  }

  private static ConsumerConfiguration consumerConfiguration(Queue queue) {
    return ConsumerConfiguration.builder().durable(queue.wire()).filterSubject(SUBJECT + queue.wire())
        .ackPolicy(AckPolicy.Explicit).ackWait(Leases.DURATION).maxDeliver(-1).maxAckPending(10_000).build();
  }
}
