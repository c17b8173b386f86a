package tasktracker.knowledge.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Messages that answer each other are one conversation. */
class ConversationFinderTest {

  private static int[] conversations(ChatBuilder chat) {
    return new BuiltInScores(chat.messages()).conversations();
  }

  @Test
  void aReplyJoinsItsMessageAcrossOthers() {
    assertThat(conversations(new ChatBuilder().says("Nadia", "The oven is cold again.").says("Omar", "Who ordered the flour?")
        .replies("Lena", 1, "I will look at it."))).containsExactly(0, 1, 0);
  }

  @Test
  void aMessageThatAddressesSomebodyJoinsTheirs() {
    assertThat(conversations(new ChatBuilder().says("nadia", "my oven is cold again").says("omar", "who ordered the flour?")
        .says("lena", "nadia: is it plugged in?"))).containsExactly(0, 1, 0);
  }

  @Test
  void forumTopicsAreBoundaries() {
    assertThat(
        conversations(new ChatBuilder().in("Ovens").says("Nadia", "The oven is cold.").in("Orders").says("Nadia", "The oven is cold.")))
        .containsExactly(0, 1);
  }

  @Test
  void aLongChatIsReadInLinearTime() {
    ChatBuilder chat = new ChatBuilder();
    IntStream.range(0, 5000).forEach(i -> chat.says("author" + i % 7, "message number " + i + " about the bread of tomorrow"));
    assertThat(Arrays.stream(conversations(chat)).max().orElse(0)).isLessThan(5000);
  }
}
