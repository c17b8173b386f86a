package tasktracker.platform.job;

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

/**
 * Hands tickets to JetStream and takes them from there. A ticket is the id of a job that may be due; it wakes a
 * worker and proves nothing. Losing one costs a second or two, having one twice costs a look at the ledger.
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
  private final Map<Queue, ConsumerContext> lines = new ConcurrentHashMap<>(new EnumMap<>(Queue.class));
  private volatile @Nullable Connection of;

  @SuppressWarnings("NullAway")
  protected JobNotifier() {
    this.nats = null; // for the container's proxy
  }

  @Inject
  public JobNotifier(NatsConnection nats) {
    this.nats = nats;
  }

  boolean isReachable() {
    return nats.connection().isPresent();
  }

  /**
   * Hands out a ticket without waiting for the broker's answer; while it is away, nothing is handed out.
   *
   * @return false when the broker is away
   */
  boolean publish(LedgerMaintenance.Ticket ticket) {
    return nats.connection().map(connection -> publish(connection, ticket)).orElse(false);
  }

  private static boolean publish(Connection connection, LedgerMaintenance.Ticket ticket) {
    try {
      JetStream stream = connection.jetStream();
      stream.publishAsync(SUBJECT + ticket.queue(), ticket.id().toString().getBytes(StandardCharsets.US_ASCII),
          PublishOptions.builder().messageId(ticket.id() + ":" + ticket.attempt()).build())
          .whenComplete((ack, failure) -> logFailure(failure));
      return true;
    } catch (IOException | RuntimeException e) {
      logFailure(e);
      return false;
    }
  }

  private static void logFailure(@Nullable Throwable failure) {
    if (failure != null) {
      LOG.log(Level.DEBUG, "A ticket was not taken by NATS: {0}", failure.getMessage());
    }
  }

  /** Tickets that were taken; to be given back as used once the claim has been made. */
  record Taken(List<Message> messages) {
    static final Taken NONE = new Taken(List.of());

    /** What is no id of a job is left out: one bad ticket fails none of the others, and is used up with them. */
    List<UUID> jobs() {
      return messages.stream().map(Message::getData).flatMap(data -> job(data).stream()).toList();
    }

    private static Optional<UUID> job(byte[] data) {
      try {
        return data.length == ID_LENGTH ? Optional.of(UUID.fromString(new String(data, StandardCharsets.US_ASCII))) : Optional.empty();
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }

    /** From the claim on, the lease in the ledger guards the work, and the ticket has done its part. */
    void use() {
      messages.forEach(Message::ack);
    }
  }

  /**
   * Takes up to that many tickets.
   *
   * @param wait whether to wait a second for the first one when there is none
   */
  Taken take(Queue queue, int most, boolean wait) throws InterruptedException {
    try {
      ConsumerContext line = line(queue);
      return line == null ? Taken.NONE : new Taken(fetch(line, most, wait));
    } catch (IOException | JetStreamApiException | JetStreamStatusCheckedException | IllegalStateException e) {
      LOG.log(Level.DEBUG, "No tickets from {0}: {1}", queue.wire(), e.getMessage());
      lines.clear();
      Thread.sleep(Duration.ofMillis(200));
      return Taken.NONE;
    }
  }

  private @Nullable ConsumerContext line(Queue queue) throws IOException, JetStreamApiException {
    Connection connection = nats.connection().orElse(null);
    if (connection == null) {
      return null;
    }
    if (connection != of) {
      lines.clear();
      of = connection;
    }
    ConsumerContext line = lines.get(queue);
    if (line == null) {
      line = connection.getStreamContext(STREAM).getConsumerContext(queue.wire());
      lines.put(queue, line);
    }
    return line;
  }

  private static List<Message> fetch(ConsumerContext line, int most, boolean wait)
      throws IOException, JetStreamApiException, JetStreamStatusCheckedException, InterruptedException {
    var options = FetchConsumeOptions.builder().maxMessages(most);
    List<Message> taken = new ArrayList<>();
    try (FetchConsumer fetch = line.fetch((wait ? options.noWaitExpiresIn(LONG_POLL_MS) : options.noWait()).build())) {
      for (Message m = fetch.nextMessage(); m != null; m = fetch.nextMessage()) {
        taken.add(m);
      }
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (JetStreamStatusCheckedException | InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
    return taken;
  }

  /**
   * Makes the stream and its consumers when they are missing.
   *
   * @return true when the stream was missing, and every ticket with it
   */
  boolean ensure() throws IOException, JetStreamApiException {
    Connection connection = nats.connection().orElse(null);
    if (connection == null) {
      return false;
    }
    JetStreamManagement management = connection.jetStreamManagement();
    boolean missing = isMissing(management);
    if (missing) {
      management.addStream(stream());
      LOG.log(Level.INFO, "Made the stream {0}; tickets are handed out anew from the ledger", STREAM);
    }
    for (Queue queue : Queue.values()) {
      management.addOrUpdateConsumer(STREAM, consumer(queue));
    }
    return missing;
  }

  private static boolean isMissing(JetStreamManagement management) throws IOException, JetStreamApiException {
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

  private static StreamConfiguration stream() {
    return StreamConfiguration.builder().name(STREAM).subjects(SUBJECT + ">").retentionPolicy(RetentionPolicy.WorkQueue)
        .storageType(StorageType.File).duplicateWindow(Duration.ofMinutes(2)).build();
  }

  private static ConsumerConfiguration consumer(Queue queue) {
    return ConsumerConfiguration.builder().durable(queue.wire()).filterSubject(SUBJECT + queue.wire())
        .ackPolicy(AckPolicy.Explicit).ackWait(Leases.LENGTH).maxDeliver(-1).maxAckPending(10_000).build();
  }
}
