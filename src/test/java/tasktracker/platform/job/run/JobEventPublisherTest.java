package tasktracker.platform.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tasktracker.harness.Await;

/** Events about many short jobs are throttled. */
class JobEventPublisherTest {

  private final List<Object> published = new CopyOnWriteArrayList<>();
  private final JobEventPublisher events = new JobEventPublisher((event, data) -> published.add(data));

  @Test
  void theFirstAndTheLastChangeOfABurstArePublished() {
    List<JobEventPublisher.JobChanged> burst = IntStream.range(0, 50).mapToObj(i -> completed()).toList();
    burst.forEach(events::changed);
    assertThat(published).first().isEqualTo(burst.getFirst());
    assertThat(published.size()).as("events of 50 changes").isLessThan(25);
    Await.until("the last one", Duration.ofSeconds(10), () -> published.getLast().equals(burst.getLast()));
    events.stop();
  }

  @Test
  void rareChangesAreAlwaysPublished() {
    IntStream.range(0, 5)
        .forEach(i -> events.changed(new JobEventPublisher.JobChanged(UUID.randomUUID(), "digest", "bulk", "dead", 3, 3, "no model")));
    assertThat(published).hasSize(5);
    events.stop();
  }

  private static JobEventPublisher.JobChanged completed() {
    return new JobEventPublisher.JobChanged(UUID.randomUUID(), "digest", "bulk", "completed", 1, 3, null);
  }
}
