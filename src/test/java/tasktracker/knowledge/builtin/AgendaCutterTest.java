package tasktracker.knowledge.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tasktracker.knowledge.analyst.Analysis;

/** Meetings are cut into the items of their agenda. */
class AgendaCutterTest {

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      Topic: The new oven | The new oven
      TOPIC: 3. Budget | 3. Budget
      ## Delivery times | Delivery times
      Тема: нова піч | нова піч
      the topic was boring | -
      """)
  void headingsAreRecognized(String line, String heading) {
    assertThat(AgendaCutter.headingOf(line)).isEqualTo(heading.equals("-") ? null : heading);
  }

  private static ChatBuilder meeting() {
    ChatBuilder chat = new ChatBuilder();
    IntStream.range(0, 5).forEach(i -> chat.posts("member" + i, "present+"));
    chat.posts("chair", "Topic: Introductions").says("scribe", "member1: I am new here and bake at home.");
    chat.posts("chair", "Topic: 2. The new oven");
    IntStream.range(0, 20).forEach(i -> chat.says("scribe", "member" + i % 5 + ": the oven needs more space in the kitchen " + i));
    chat.posts("chair", "Topic: Delivery times");
    IntStream.range(0, 20).forEach(i -> chat.says("scribe", "member" + i % 5 + ": the van leaves too late for the market " + i));
    return chat;
  }

  @Test
  void headingsOfAMeetingBecomeTopics() {
    Analysis analysis = meeting().analyze();
    assertThat(analysis.topics()).extracting(topic -> topic.name()).containsExactly("The new oven", "Delivery times");
    assertThat(analysis.topics().getFirst().reason().code()).isEqualTo("heading");
  }

  @Test
  void anItemBeginsWithItsHeading() {
    int[] items = new BuiltInScores(meeting().messages()).items();
    assertThat(items[7]).isNotEqualTo(items[6]);
    assertThat(items[8]).isEqualTo(items[7]);
  }
}
