package tasktracker.platform.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tasktracker.harness.Await;

/** What pages hear of many short jobs. */
class JobEventPublisherTest {

  private final List<Object> told = new CopyOnWriteArrayList<>();
  private final JobEventPublisher news = new JobEventPublisher((event, data) -> told.add(data));

  @Test
  void ofABurstTheFirstIsToldAtOnceAndTheLastAMomentLater() {
    List<JobEventPublisher.JobChanged> burst = IntStream.range(0, 50).mapToObj(i -> completed()).toList();
    burst.forEach(news::changed);
    assertThat(told).first().isEqualTo(burst.getFirst());
    assertThat(told.size()).as("told of 50").isLessThan(25);
    Await.until("the last one", Duration.ofSeconds(10), () -> told.getLast().equals(burst.getLast()));
    news.stop();
  }

  @Test
  void whatPeopleMustKnowIsToldEachTime() {
    IntStream.range(0, 5).forEach(i -> news.changed(new JobEventPublisher.JobChanged(UUID.randomUUID(), "digest", "bulk", "dead", 3, 3, "no model")));
    assertThat(told).hasSize(5);
    news.stop();
  }

  private static JobEventPublisher.JobChanged completed() {
    return new JobEventPublisher.JobChanged(UUID.randomUUID(), "digest", "bulk", "completed", 1, 3, null);
  }
}
