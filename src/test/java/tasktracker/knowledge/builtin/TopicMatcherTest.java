package tasktracker.knowledge.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tasktracker.knowledge.analyst.KnownTopic;

/** A new topic is compared with those that exist. */
class TopicMatcherTest {

  private static final KnownTopic OVENS = new KnownTopic(new UUID(0, 1), "Bread ovens", List.of("Baking machines"), "", new float[]{1, 0});
  private static final KnownTopic ORDERS = new KnownTopic(new UUID(0, 2), "Orders", List.of(), "", new float[]{0, 1});
  private static final TopicMatcher MATCHER = new TopicMatcher(List.of(OVENS, ORDERS));

  @Test
  void nearlyTheSameNameIsTheSameTopic() {
    TopicMatcher.Match match = MATCHER.match("Bread oven", null);
    assertThat(match.topic()).isEqualTo(OVENS);
    assertThat(match.isSame()).isTrue();
  }

  @Test
  void aFormerNameIsFoundToo() {
    assertThat(MATCHER.match("Baking machine", null).topic()).isEqualTo(OVENS);
  }

  @Test
  void similarVectorsOnlySuggest() {
    TopicMatcher.Match match = MATCHER.match("Weekend customers", new float[]{0, 1});
    assertThat(match.topic()).isEqualTo(ORDERS);
    assertThat(match.isSame()).isFalse();
    assertThat(match.reason().code()).isEqualTo("similar_topic");
  }

  @Test
  void anotherTopicIsNotSuggested() {
    assertThat(MATCHER.match("Holiday plans", new float[]{-1, 0}).reason()).isNull();
  }
}
