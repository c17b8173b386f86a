package tasktracker.platform.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.event.Startup;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tasktracker.harness.Await;

/** Events about many short jobs are throttled. */
class JobEventPublisherTest {

  private final List<Object> published = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
  private final JobEventPublisher events = new JobEventPublisher((event, data) -> published.add(data), scheduler);

  @BeforeEach
  void start() {
    events.start(new Startup());
  }

  @AfterEach
  void stop() {
    events.stop();
    scheduler.shutdownNow();
  }

  @Test
  void theFirstAndTheLastChangeOfABurstArePublished() {
    List<JobEventPublisher.JobChanged> burst = IntStream.range(0, 50).mapToObj(i -> completed()).toList();
    burst.forEach(events::changed);
    assertThat(published).first().isEqualTo(burst.getFirst());
    assertThat(published.size()).as("events of 50 changes").isLessThan(25);
    Await.until("the last one", Duration.ofSeconds(10), () -> published.getLast().equals(burst.getLast()));
  }

  @Test
  void rareChangesAreAlwaysPublished() {
    IntStream.range(0, 5)
        .forEach(i -> events.changed(new JobEventPublisher.JobChanged(UUID.randomUUID(), "digest", "bulk", "dead", 3, 3, "no model")));
    assertThat(published).hasSize(5);
  }

  private static JobEventPublisher.JobChanged completed() {
    return new JobEventPublisher.JobChanged(UUID.randomUUID(), "digest", "bulk", "completed", 1, 3, null);
  }
}
