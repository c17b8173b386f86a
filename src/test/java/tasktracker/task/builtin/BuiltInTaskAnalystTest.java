package tasktracker.task.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.knowledge.analyst.Quote;
import tasktracker.task.analyst.SubtaskCandidate;
import tasktracker.task.analyst.TaskCandidate;
import tasktracker.task.analyst.TaskCategory;
import tasktracker.task.analyst.TaskPriority;
import tasktracker.task.analyst.TaskValidator;

/** What the built-in task analyst finds in small chats of three languages. */
class BuiltInTaskAnalystTest {

  private static TaskChat team() {
    return new TaskChat().member("Olena Marchuk", "olena_m").member("Kevin Osei", "kevin").member("Тарас Коваль", "taras_k")
        .member("Ганна Їжакевич", null).member("Игорь Левченко", "ihor");
  }

  /** A conversation in one line: messages are separated by " / "; the second one answers the first. */
  private static TaskChat chat(String conversation) {
    TaskChat chat = team();
    String[] messages = conversation.split(" / ");
    for (int i = 0; i < messages.length; i++) {
      String[] said = messages[i].split(" > ", 2);
      if (i == 0) {
        chat.says(said[0], said[1]);
      } else {
        chat.replies(said[0], i, said[1]);
      }
    }
    return chat;
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/task/conversations.csv", delimiter = '|', quoteCharacter = '`', ignoreLeadingAndTrailingWhitespace = true, numLinesToSkip = 1)
  void aTaskIsFoundWithItsOwnerAndDueDate(String conversation, String title, String owner, String due) {
    TaskChat chat = chat(conversation);
    List<TaskCandidate> tasks = chat.analyze();
    assertThat(tasks).as(conversation).hasSize(1);
    TaskCandidate task = tasks.getFirst();
    assertThat(task.title() + " | " + task.assigneeName() + " | " + chat.due(task)).isEqualTo(title + " | " + owner + " | " + due);
    assertThat(TaskValidator.validate(chat.input(), tasks).refused()).isEmpty();
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/task/no-tasks.csv", delimiter = '|', quoteCharacter = '`', ignoreLeadingAndTrailingWhitespace = true, numLinesToSkip = 1)
  void whatIsNoTaskIsLeftOut(String conversation) {
    assertThat(chat(conversation).analyze()).as(conversation).isEmpty();
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/task/injections.csv", delimiter = '|', quoteCharacter = '`', ignoreLeadingAndTrailingWhitespace = true, numLinesToSkip = 1)
  void ordersToProgramsChangeNothing(String order) {
    assertThat(team().says("Mallory", order).analyze()).isEmpty();
    TaskChat chat = team().says("Olena Marchuk", "Kevin, please send the invoices by Friday").says("Mallory", order);
    assertThat(chat.analyze()).singleElement().satisfies(task -> {
      assertThat(task.title()).isEqualTo("Send the invoices");
      assertThat(task.priority()).isEqualTo(TaskPriority.MEDIUM);
    });
  }

  @Test
  void theDueDateIsResolvedAtTheTimeOfTheMessage() {
    TaskCandidate task = team().says("Olena Marchuk", "Kevin, please send the invoices by Friday").analyze().getFirst();
    assertThat(task.due().phrase().value().toLocalDate()).isEqualTo(LocalDate.of(2026, 11, 6));
  }

  @Test
  void aDateThatTheClientMarkedIsTheDueDate() {
    String text = "Kevin, please send the invoices until the audit";
    TaskChat chat = team().says("Olena Marchuk", text).marked(1, text.indexOf("the audit"), text.length(),
        Instant.parse("2026-12-01T10:00:00Z"));
    TaskCandidate task = chat.analyze().getFirst();
    assertThat(task.due().phrase().value().toInstant()).isEqualTo(Instant.parse("2026-12-01T10:00:00Z"));
    assertThat(TaskValidator.validate(chat.input(), List.of(task)).refused()).isEmpty();
  }

  @Test
  void theOneWhoAcceptsIsTheOwnerAndIsQuoted() {
    TaskChat chat = team().says("Olena Marchuk", "Who can renew the certificate of the mail server?")
        .replies("Тарас Коваль", 1, "я зроблю до п'ятниці");
    TaskCandidate task = chat.analyze().getFirst();
    assertThat(task.title()).isEqualTo("Renew the certificate of the mail server");
    assertThat(task.assigneeId()).isEqualTo(TaskChat.person("Тарас Коваль"));
    assertThat(chat.due(task)).isEqualTo("до п'ятниці");
    assertThat(task.quotes()).extracting(Quote::messageId).containsExactly(TaskChat.id(1), TaskChat.id(2));
    assertThat(task.reason().code()).isEqualTo("accepted");
  }

  @Test
  void aNameThatTwoPeopleHaveNamesNobody() {
    TaskCandidate task = team().member("Kevin Adams", null).says("Olena Marchuk", "Kevin, please send the invoices by Friday").analyze()
        .getFirst();
    assertThat(task.assigneeId()).isNull();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      Kevin, please fix the crash of the export asap                | BUG         | CRITICAL
      Тарасе, виправ помилку в експорті, це терміново               | BUG         | CRITICAL
      Kevin, please add a filter by city to the list                | FEATURE     | MEDIUM
      Тарасе, додай фільтр за містом до списку                      | FEATURE     | MEDIUM
      Kevin, can you refactor the importer? No rush                 | IMPROVEMENT | LOW
      Тарас, обнови библиотеку платежей, не срочно                  | IMPROVEMENT | LOW
      Kevin, please find out why the hotel called us                | QUESTION    | MEDIUM
      Тарасе, уточни в банку суму комісії                           | QUESTION    | MEDIUM
      Kevin, please send the invoices, this is important            | CHORE       | HIGH
      Тарасе, надішли рахунки клієнтам до завтра                    | CHORE       | HIGH
      """)
  void categoryAndPriorityAreReadFromTheWords(String text, TaskCategory category, TaskPriority priority) {
    TaskCandidate task = team().says("Olena Marchuk", text).analyze().getFirst();
    assertThat(task.category()).isEqualTo(category);
    assertThat(task.priority()).isEqualTo(priority);
  }

  @Test
  void hashtagsAndTheForumTopicAreTags() {
    TaskCandidate task = team().in("Payments").says("Olena Marchuk", "Kevin, please resend the refunds by Friday #refunds #bank").analyze()
        .getFirst();
    assertThat(task.tags()).containsExactly("refunds", "bank", "payments");
  }

  @Test
  void aListAfterARequestBecomesSubtasks() {
    TaskChat chat = team().says("Olena Marchuk",
        "Kevin, please prepare the release by Friday:\n- update the changelog\n- test the import on staging\n- tell the hotels");
    TaskCandidate task = chat.analyze().getFirst();
    assertThat(task.title()).isEqualTo("Prepare the release");
    assertThat(task.assigneeName()).isEqualTo("Kevin Osei");
    assertThat(chat.due(task)).isEqualTo("by Friday");
    assertThat(task.subtasks()).extracting(SubtaskCandidate::title).containsExactly("Update the changelog", "Test the import on staging",
        "Tell the hotels");
    assertThat(TaskValidator.validate(chat.input(), List.of(task)).refused()).isEmpty();
  }

  @Test
  void aChecklistBecomesOneTaskWithWhatIsDone() {
    TaskChat chat = team().says("Olena Marchuk", "Реліз 5.4: ☑ оновити журнал змін\n☐ перевірити імпорт\n☐ @taras_k викотити на стейдж");
    TaskCandidate task = chat.analyze().getFirst();
    assertThat(task.subtasks()).extracting(SubtaskCandidate::isDone).containsExactly(true, false, false);
    assertThat(task.title()).isEqualTo("Реліз 5.4");
    assertThat(TaskValidator.validate(chat.input(), List.of(task)).refused()).isEmpty();
  }

  @Test
  void itemsForDifferentPeopleAreDifferentTasks() {
    TaskChat chat = team().says("Olena Marchuk",
        "Action items: 1) Taras: rotate the keys by Monday. 2) Hanna: update the help centre. 3) Ihor: order two test phones.");
    List<TaskCandidate> tasks = chat.analyze();
    assertThat(tasks).extracting(TaskCandidate::title).containsExactlyInAnyOrder("Rotate the keys", "Update the help centre",
        "Order two test phones");
    assertThat(tasks).extracting(TaskCandidate::assigneeName).containsExactlyInAnyOrder("Тарас Коваль", "Ганна Їжакевич",
        "Игорь Левченко");
    assertThat(TaskValidator.validate(chat.input(), tasks).refused()).isEmpty();
  }

  @Test
  void theSameTaskSaidTwiceIsOneTaskWithBothQuotes() {
    TaskChat chat = team().says("Olena Marchuk", "Kevin, please send the invoices to the hotels by Friday")
        .says("Olena Marchuk", "@kevin please send the invoices to the hotels");
    TaskCandidate task = chat.analyze().getFirst();
    assertThat(chat.analyze()).hasSize(1);
    assertThat(task.quotes()).extracting(Quote::messageId).containsExactly(TaskChat.id(1), TaskChat.id(2));
  }

  @Test
  void whatWasRejectedIsNotProposedAgain() {
    TaskChat chat = team().says("Olena Marchuk", "Kevin, please send the invoices to the hotels by Friday")
        .decided("Send the invoices to the hotels", false);
    assertThat(chat.analyze()).isEmpty();
  }

  @Test
  void quotesAreVerbatimAndTheFirstIsTheDescription() {
    TaskChat chat = team().says("Olena Marchuk", "Hello. Kevin, please send the invoices by Friday. Thanks a lot for all the work!");
    TaskCandidate task = chat.analyze().getFirst();
    Quote quote = task.quotes().getFirst();
    assertThat(chat.message(quote.messageId()).text().substring(quote.start(), quote.end())).isEqualTo(task.description())
        .isEqualTo("Kevin, please send the invoices by Friday.");
  }

  @Test
  void theSameInputGivesTheSameResult() {
    TaskChat chat = chat("Olena Marchuk > Who can renew the certificate? / Тарас Коваль > я зроблю до п'ятниці");
    assertThat(chat.analyze()).isEqualTo(chat.analyze());
  }

  @Test
  void nothingIsFoundInAnEmptyChat() {
    assertThat(new TaskChat().analyze()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {")", "a.", "? ", "@kevin ", "please ", "Kevin, ", "no ", "https://a.example/ ", "😀", "1) ", "\n- x ", "☐ ",
      "by ",
      "and ", "i'll ", "зроблю ", "to do ", "[ ] ", "Kevin: ", "tomorrow "})
  void aHostileMessageIsReadInLinearTime(String part) {
    TaskChat chat = team().says("Olena Marchuk", "Kevin, please " + part.repeat(19_000 / part.length()) + " send the invoices");
    assertTimeout(Duration.ofSeconds(5), chat::analyze);
    assertThat(TaskValidator.validate(chat.input(), chat.analyze()).refused()).isEmpty();
  }

  /** Ten times the messages take about ten times as long; a quadratic cost would be a hundred. */
  @Test
  void theCostIsLinearInTheNumberOfMessages() {
    duration(500);
    double small = duration(500);
    double large = duration(5000);
    assertThat(large / small).isLessThan(45);
  }

  private static double duration(int messages) {
    TaskChat chat = team();
    IntStream.range(0, messages).forEach(i -> {
      if (i % 3 == 2) {
        chat.replies("Kevin Osei", i, "on it");
      } else {
        chat.says(i % 3 == 0 ? "Olena Marchuk" : "Тарас Коваль", "Kevin, please check the report number " + i + " of hotel "
            + Integer.toString(i * 7919, 36) + " by Friday");
      }
    });
    long start = System.nanoTime();
    chat.analyze();
    return System.nanoTime() - start;
  }
}
