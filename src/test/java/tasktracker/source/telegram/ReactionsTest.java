package tasktracker.source.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tasktracker.source.telegram.Reactions.Kept;

class ReactionsTest {

  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  @Test
  void whatPeopleChangeIsAddedToWhatWasCountedBefore() {
    assertThat(Reactions.total(List.of(kept("*", Instant.EPOCH, "{}", "{\"👍\": 3}"), kept("user:1", NOON, "{}", "{\"👍\": 1}"),
        kept("user:2", NOON, "{\"👍\": 1}", "{\"🔥\": 1}")))).isEqualTo(Map.of("👍", 3, "🔥", 1));
  }

  @Test
  void newerCountsHoldWhatPeopleDidBeforeThem() {
    assertThat(Reactions.total(List.of(kept("*", NOON.plusSeconds(60), "{}", "{\"👍\": 4}"), kept("user:1", NOON, "{}", "{\"👍\": 1}"))))
        .isEqualTo(Map.of("👍", 4));
  }

  private static Kept kept(String actor, Instant at, String before, String after) {
    return new Kept(actor, at, before, at, after);
  }
}
