package tasktracker.platform.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tasktracker.platform.job.run.Backoff;
import tasktracker.platform.job.run.NodeIdentity;
import tasktracker.platform.job.run.PrefetchEstimator;

class JobKindsTest {

  @Kind("test_delivery")
  record Delivery(UUID toPerson, @Nullable Long weight, List<String> parts, Queue lineOf) implements Job {}

  @Kind("test_job")
  record OtherJob() implements Job {}

  record Nameless() implements Job {}

  private static final TestJobHandler DOING = new TestJobHandler((job, run) -> {});

  @Test
  void theServerStartsWhenEachJobHasOneHandler() {
    assertThatCode(() -> new JobKinds(List.of(DOING)).check(List.of(TestJob.class))).doesNotThrowAnyException();
  }

  @Test
  void aJobWithoutAHandlerPreventsTheStart() {
    assertThatThrownBy(() -> new JobKinds(List.of(DOING)).check(List.of(TestJob.class, Delivery.class)))
        .hasMessageContaining("does not start").hasMessageContaining("Delivery has no handler")
        .hasMessageContaining("implements JobHandler<Delivery>").hasMessageContaining("@ApplicationScoped");
  }

  @Test
  void aKindWithTwoHandlersPreventsTheStart() {
    assertThatThrownBy(() -> new JobKinds(List.of(DOING, new TestJobHandler((job, run) -> {}))).check(List.of(TestJob.class)))
        .hasMessageContaining("test_job has two handlers");
    assertThatThrownBy(() -> new JobKinds(List.of(DOING)).check(List.of(TestJob.class, OtherJob.class)))
        .hasMessageContaining("OtherJob has no handler");
  }

  @Test
  void aJobWithoutAKindIsRefused() {
    assertThatThrownBy(() -> JobKind.nameOf(Nameless.class)).hasMessageContaining("@Kind");
    assertThatThrownBy(() -> new JobKinds(List.of(DOING)).of(new OtherJob())).isNotNull();
  }

  @Test
  void aPayloadIsReadAsItWasWritten() {
    var delivery = new Delivery(UUID.randomUUID(), null, List.of("a", "b"), Queue.BULK);
    String payload = Payloads.write(delivery);
    assertThat(payload).contains("\"to_person\"", "\"line_of\"");
    assertThat(Payloads.read(Delivery.class, payload)).isEqualTo(delivery);
    assertThat(Payloads.read(TestJob.class, "{\"number\":9007199254740993,\"of_a_newer_release\":1}"))
        .isEqualTo(new TestJob(9007199254740993L));
    assertThatThrownBy(() -> Payloads.read(TestJob.class, "{}")).hasMessageContaining("number");
  }

  @Test
  void theBackoffDoublesUpToAMinuteWithJitter() {
    var chance = new Random(7);
    long[] usual = {2, 4, 8, 16, 32, 60, 60, 60};
    for (int failures = 1; failures <= usual.length; failures++) {
      long seconds = usual[failures - 1];
      for (int i = 0; i < 100; i++) {
        assertThat(Backoff.after(failures, chance)).isBetween(Duration.ofMillis(seconds * 750), Duration.ofMillis(seconds * 1250));
      }
    }
    assertThat(Backoff.after(1, chance)).isNotEqualTo(Backoff.after(1, chance));
  }

  @Test
  void onlyFastJobsArePrefetched() {
    var estimator = new PrefetchEstimator();
    assertThat(estimator.prefetchCount(4)).isZero();
    for (int i = 0; i < 20; i++) {
      estimator.record(Duration.ofMillis(1).toNanos());
    }
    assertThat(estimator.prefetchCount(4)).isEqualTo(PrefetchEstimator.MAX_PREFETCH);
    estimator.record(Duration.ofMillis(300).toNanos());
    assertThat(estimator.prefetchCount(4)).isBetween(10, 30);
    for (int i = 0; i < 20; i++) {
      estimator.record(Duration.ofSeconds(2).toNanos());
    }
    assertThat(estimator.prefetchCount(4)).isZero();
  }

  @Test
  void unknownRolesAreRefusedWithTheKnownOnes() {
    assertThat(new NodeIdentity(Optional.of("kyiv"), "8000", "worker").isWorker()).isTrue();
    assertThat(new NodeIdentity(Optional.empty(), "8000", "web").isWorker()).isFalse();
    assertThat(new NodeIdentity(Optional.empty(), "8123", "both")).satisfies(node -> {
      assertThat(node.roles()).isEqualTo("web,worker");
      assertThat(node.name()).endsWith(":8123");
    });
    assertThatThrownBy(() -> new NodeIdentity(Optional.empty(), "8000", "boss")).hasMessageContaining("web,worker");
  }
}
