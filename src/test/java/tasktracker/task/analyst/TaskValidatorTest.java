package tasktracker.task.analyst;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tasktracker.knowledge.analyst.AnalystMessage;
import tasktracker.knowledge.analyst.AnalystReason;
import tasktracker.knowledge.analyst.Quote;
import tasktracker.task.date.DatePhrase;
import tasktracker.task.date.DatePhrases;
import tasktracker.task.date.Mode;

/** What a task analyst may not claim, whoever it is. */
class TaskValidatorTest {

  private static final ZoneId ZONE = ZoneId.of("Europe/Kyiv");
  private static final String SAID = "Кевіне, please send 14 invoices to Hotel Aurora by Friday. Thanks!";
  private static final UUID OLENA = new UUID(2, 1);
  private static final UUID KEVIN = new UUID(2, 2);
  private static final UUID IHOR = new UUID(2, 3);
  private final AnalystMessage message = new AnalystMessage(new UUID(1, 1), null, null, OLENA, "Olena Marchuk", null,
      Instant.parse("2026-11-04T09:00:00Z"), SAID, null, "signal", Map.of(), 0, true);
  private final TaskAnalystInput input = TaskAnalystInput.of(List.of(message), List.of(new ChatPerson(KEVIN, "Kevin Osei", "kev"),
      new ChatPerson(IHOR, "Игорь Левченко", null)), ZONE);

  private Quote quote() {
    return new Quote(message.id(), 0, SAID.indexOf(" Thanks"));
  }

  private DueDate due() {
    DatePhrase phrase = DatePhrases.find(SAID, message.sentAt().atZone(ZONE), Mode.TASK).getFirst();
    return new DueDate(phrase, new Quote(message.id(), phrase.start(), phrase.end()));
  }

  private static TaskCandidate task(String title, String description, @Nullable UUID assignee, @Nullable String name,
      @Nullable DueDate due, Quote... quotes) {
    return new TaskCandidate("t1", title, description, TaskPriority.MEDIUM, TaskCategory.CHORE, List.of("billing"), assignee, name, due, .7,
        AnalystReason.of("ask", "please"), List.of(quotes), List.of());
  }

  private String verdict(TaskCandidate... tasks) {
    TaskValidator.Result result = TaskValidator.validate(input, List.of(tasks));
    assertThat(result.accepted().size() + result.refused().size()).isEqualTo(tasks.length);
    return result.refused().isEmpty() ? "accepted" : result.refused().getLast().reason();
  }

  @Test
  void aTaskThatRestsOnItsQuoteIsAccepted() {
    assertThat(verdict(task("Send 14 invoices to Hotel Aurora", SAID, KEVIN, "Kevin Osei", due(), quote()))).isEqualTo("accepted");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      Send 15 invoices to Hotel Aurora                                                          | number
      Send the invoices to Hotel Borealis                                                       | name
      Send the invoices to the hotel so that they arrive there well before the holidays begin   | title
      ' '                                                                                       | title
      """)
  void aTitleWithWhatNobodySaidIsRefused(String title, String reason) {
    assertThat(verdict(task(title, "Please send the invoices.", null, null, null, quote()))).isEqualTo(reason);
  }

  @Test
  void everySentenceOfTheDescriptionIsChecked() {
    String description = "Send them. Send them. Send them. Send them. The sum is 900 euros.";
    assertThat(verdict(task("Send the invoices", description, null, null, null, quote()))).isEqualTo("number");
  }

  @Test
  void aTaskWithoutAVerbatimQuoteIsRefused() {
    assertThat(verdict(task("Send the invoices", SAID, null, null, null))).isEqualTo("no_quote");
    assertThat(verdict(task("Send the invoices", SAID, null, null, null, new Quote(new UUID(1, 9), 0, 3)))).isEqualTo("unknown_message");
    assertThat(verdict(task("Send the invoices", SAID, null, null, null, new Quote(message.id(), 5, 500)))).isEqualTo("made_up_quote");
  }

  @Test
  void theAssigneeIsNamedOrWroteOneOfTheQuotes() {
    assertThat(verdict(task("Send the invoices", "Send them.", OLENA, "Olena Marchuk", null, quote()))).isEqualTo("accepted");
    assertThat(verdict(task("Send the invoices", "Send them.", IHOR, "Игорь Левченко", null, quote()))).isEqualTo("name");
    assertThat(verdict(task("Send the invoices", "Send them.", new UUID(7, 7), "Kevin Osei", null, quote()))).isEqualTo("name");
    assertThat(verdict(task("Send the invoices", "Send them.", KEVIN, "Olena Marchuk", null, quote()))).isEqualTo("name");
    assertThat(verdict(task("Send the invoices", "Send them.", null, "Sashko", null, quote()))).isEqualTo("name");
  }

  @Test
  void theDueDateIsWhatTheRulesOfDatesRead() {
    DatePhrase read = due().phrase();
    DatePhrase other = new DatePhrase(read.start(), read.end(), read.value().plusDays(1), null, read.grain(), read.bound(), read.certain());
    assertThat(verdict(task("Send the invoices", "Send them.", null, null, new DueDate(other, due().quote()), quote()))).isEqualTo("date");
    Quote part = new Quote(message.id(), 0, SAID.indexOf(" by Friday"));
    assertThat(verdict(task("Send the invoices", "Send them.", null, null, due(), part))).isEqualTo("date");
  }

  @Test
  void keysAreUniqueAndTagsAreShort() {
    TaskCandidate task = task("Send the invoices", "Send them.", null, null, null, quote());
    assertThat(verdict(task, task)).isEqualTo("duplicate");
    TaskCandidate tagged = new TaskCandidate("t2", task.title(), task.description(), task.priority(), task.category(),
        List.of("x".repeat(41)), null, null, null, .7, task.reason(), task.quotes(), List.of());
    assertThat(verdict(tagged)).isEqualTo("tag");
  }

  @Test
  void noMoreTasksThanAskedFor() {
    List<TaskCandidate> tasks = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      tasks.add(
          new TaskCandidate("t" + i, "Send the invoices", "Send them.", TaskPriority.LOW, TaskCategory.BUG, List.of(), null, null, null,
              .5, AnalystReason.of("ask", "please"), List.of(quote()), List.of()));
    }
    TaskAnalystInput two = new TaskAnalystInput(input.messages(), input.people(), Map.of(), ZONE, List.of(), List.of(), 2);
    assertThat(TaskValidator.validate(two, tasks).accepted()).hasSize(2);
  }

  @Test
  void subtasksAreHeldToTheSameRules() {
    SubtaskCandidate right = new SubtaskCandidate("Send 14 invoices", KEVIN, "Kevin Osei", null, false, quote());
    SubtaskCandidate wrong = new SubtaskCandidate("Send 15 invoices", null, null, null, false, quote());
    TaskCandidate task = task("Send the invoices", "Send them.", null, null, null, quote());
    assertThat(verdict(withSubtasks(task, right))).isEqualTo("accepted");
    assertThat(verdict(withSubtasks(task, wrong))).isEqualTo("number");
  }

  private static TaskCandidate withSubtasks(TaskCandidate task, SubtaskCandidate... subtasks) {
    return new TaskCandidate(task.key(), task.title(), task.description(), task.priority(), task.category(), task.tags(), null, null, null,
        task.confidence(), task.reason(), task.quotes(), List.of(subtasks));
  }
}
