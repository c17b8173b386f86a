package tasktracker.knowledge.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Topics without a title get a name of their frequent words, in the language of their messages. */
class TopicNamesTest {

  private static List<Utterance> read(ChatBuilder chat) {
    return IntStream.range(0, chat.messages().size()).mapToObj(i -> Utterance.of(i, chat.messages().get(i))).toList();
  }

  private static String name(ChatBuilder group, ChatBuilder others) {
    List<Utterance> own = read(group);
    return new TopicNames(Stream.concat(own.stream(), read(others).stream()).toList()).name(own);
  }

  private static final ChatBuilder OTHERS = new ChatBuilder().says("Omar", "The van needs new tyres before the winter.")
      .says("Omar", "Фургон потребує нових шин перед зимою.");

  @Test
  void aPhraseOfSeveralMessagesIsTheName() {
    assertThat(
        name(new ChatBuilder().says("Nadia", "The rye bread is too dry since Monday.").says("Lena", "I think rye bread needs more water.")
            .says("Omar", "Customers ask for rye bread every day."), OTHERS))
        .isEqualTo("Rye bread");
  }

  @Test
  void aUkrainianNameIsInUkrainian() {
    assertThat(
        name(new ChatBuilder().says("Оксана", "Житній хліб засухий з понеділка.").says("Петро", "Для житнього хліба треба більше води."),
            OTHERS))
        .isEqualTo("Житній хліб");
  }

  @Test
  void nothingCommonGivesNoName() {
    assertThat(name(new ChatBuilder().says("Nadia", "Did you see that film?").says("Lena", "Perhaps tomorrow."), OTHERS)).isEmpty();
  }

  @Test
  void aReportOfAMachineDescribesNoTopic() {
    Conversation oven = Conversation.of(read(new ChatBuilder()
        .says("Deploy bot", "oven-worker 2.0.0 of the oven deployed to the bakery (10 %) (commit 9f2c1ab, 2m 41s)")
        .says("Lena", "The oven of the bakery keeps its heat all night.")));
    assertThat(TopicNames.describe(oven)).isEqualTo("The oven of the bakery keeps its heat all night.");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      3. Budget for 2027 | Budget for 2027
      The new oven https://ovens.example/1 | The new oven
      "Delivery times": | Delivery times
      """)
  void headingsLoseNumbersAndLinks(String heading, String name) {
    assertThat(TopicNames.cleanHeading(heading)).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({"Introductions & Reintroductions, true", "Announcements and Reminders, true", "Scribe selection, true",
      "Election updates, false"})
  void theOrderOfAMeetingIsNoTopic(String heading, boolean isAdministrative) {
    assertThat(TopicFinder.isAdministrative(heading)).isEqualTo(isAdministrative);
  }
}
