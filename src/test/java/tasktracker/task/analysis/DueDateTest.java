package tasktracker.task.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tasktracker.knowledge.analyst.Quote;
import tasktracker.task.analyst.DueDate;
import tasktracker.task.date.DatePhrases;
import tasktracker.task.date.Mode;

/** The last day on which a task is done in time. */
class DueDateTest {

  private static final ZonedDateTime WEDNESDAY = ZonedDateTime.parse("2026-03-11T10:00+02:00[Europe/Kyiv]");

  @ParameterizedTest
  @CsvSource({"by EOD, 2026-03-11", "до кінця дня, 2026-03-11", "до кінця тижня, 2026-03-15", "by the end of the month, 2026-03-31",
      "до кінця кварталу, 2026-03-31", "до конца года, 2026-12-31", "by Friday, 2026-03-13", "on Friday, 2026-03-13",
      "tomorrow, 2026-03-12", "next week, 2026-03-22", "by July, 2026-07-01", "within two weeks, 2026-03-25"})
  void thePhraseEndsOnThatDay(String phrase, LocalDate day) {
    var found = DatePhrases.find(phrase, WEDNESDAY, Mode.TASK);
    assertThat(found).as(phrase).hasSize(1);
    Quote quote = new Quote(new UUID(0, 1), found.getFirst().start(), found.getFirst().end());
    assertThat(ProposalWriter.dueOn(new DueDate(found.getFirst(), quote))).as(phrase).isEqualTo(day);
  }
}
