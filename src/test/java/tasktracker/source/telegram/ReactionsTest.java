package tasktracker.source.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tasktracker.source.telegram.Reactions.StoredReactions;

class ReactionsTest {

  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  @Test
  void changesOfPeopleAreAddedToEarlierCounts() {
    assertThat(Reactions.total(List.of(kept("*", Instant.EPOCH, "{}", "{\"👍\": 3}"), kept("user:1", NOON, "{}", "{\"👍\": 1}"),
        kept("user:2", NOON, "{\"👍\": 1}", "{\"🔥\": 1}")))).isEqualTo(Map.of("👍", 3, "🔥", 1));
  }

  @Test
  void newerCountsIncludeEarlierChangesOfPeople() {
    assertThat(Reactions.total(List.of(kept("*", NOON.plusSeconds(60), "{}", "{\"👍\": 4}"), kept("user:1", NOON, "{}", "{\"👍\": 1}"))))
        .isEqualTo(Map.of("👍", 4));
  }

  @Test
  void customEmojiStoredByIdAreCountedAsOne() {
    assertThat(Reactions.total(List.of(kept("*", Instant.EPOCH, "{}", "{\"5368324170671202286\": 2, \"5368324170671202287\": 1}"),
        kept("user:1", NOON, "{\"5368324170671202286\": 1}", "{\"custom emoji\": 2}")))).isEqualTo(Map.of("custom emoji", 4));
  }

  private static StoredReactions kept(String actor, Instant at, String before, String after) {
    return new StoredReactions(actor, at, before, at, after);
  }
}
