package tasktracker.platform.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class JobStateTest {

  @Test
  void aJobIsEitherFinishedOrNot() {
    assertThat(JobState.values())
        .allSatisfy(state -> assertThat(JobState.FINISHED.contains(state)).isNotEqualTo(JobState.UNFINISHED.contains(state)));
    assertThat(JobState.UNFINISHED).containsAll(JobState.WAITING).contains(JobState.RUNNING).hasSize(JobState.WAITING.size() + 1);
  }

  @Test
  void wireNamesAreThoseOfTheApiAndTheDatabase() {
    assertThat(Arrays.stream(JobState.values()).map(JobState::wire)).containsExactly(
        "queued", "running", "retryable", "snoozed", "completed", "dead", "discarded", "cancelled");
    assertThat(JobState.values()).allSatisfy(state -> assertThat(JobState.of(state.wire())).isEqualTo(state));
    assertThat(JobState.WAITING_SQL).isEqualTo("('queued', 'retryable', 'snoozed')");
  }
}
