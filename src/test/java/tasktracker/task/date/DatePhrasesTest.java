package tasktracker.task.date;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.task.date.DatePhrase.Bound;

class DatePhrasesTest {

  private static final ZoneId KYIV = ZoneId.of("Europe/Kyiv");
  /** A Wednesday. */
  private static final ZonedDateTime WEDNESDAY = ZonedDateTime.of(2026, 3, 11, 10, 15, 0, 0, KYIV);

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      Please send the report by Friday.            | by Friday               | 2026-03-13T00:00
      Can we meet tomorrow noon?                   | tomorrow noon           | 2026-03-12T12:00
      let's talk next Thursday at 3pm              | next Thursday at 3pm    | 2026-03-19T15:00
      it broke last Monday                         | last Monday             | 2026-03-09T00:00
      the deadline is April 3                      | April 3                 | 2026-04-03T00:00
      due 2026-04-01, not later                    | due 2026-04-01          | 2026-04-01T00:00
      starts at 9:30 tomorrow                      | at 9:30 tomorrow        | 2026-03-12T09:30
      in two weeks we ship                         | in two weeks            | 2026-03-25T00:00
      I will do it in 3 hours                      | in 3 hours              | 2026-03-11T13:15
      It was fixed 2 days ago                      | 2 days ago              | 2026-03-09T10:00
      we move it to the 20th of May 2027           | the 20th of May 2027    | 2027-05-20T00:00
      Finish it by EOD                             | by EOD                  | 2026-03-12T00:00
      by the end of the month, please              | by the end of the month | 2026-04-01T00:00
      let's decide next week                       | next week               | 2026-03-16T00:00
      release on the first Monday of June          | on the first Monday of June | 2026-06-01T00:00
      half past ten tomorrow                       | half past ten tomorrow  | 2026-03-12T10:30
      the last day of February was cold            | the last day of February | 2027-02-28T00:00
      Треба здати звіт до п'ятниці                 | до п'ятниці             | 2026-03-13T00:00
      Зробимо за два тижні                         | за два тижні            | 2026-03-25T00:00
      зустріч завтра о 15:30                       | завтра о 15:30          | 2026-03-12T15:30
      оплатити до 15.12                            | до 15.12                | 2026-12-15T00:00
      оплатити 15.12.2027                          | 15.12.2027              | 2027-12-15T00:00
      наприкінці місяця підіб'ємо підсумки         | наприкінці місяця       | 2026-03-21T00:00
      у середу ввечері                             | у середу ввечері        | 2026-03-18T18:00
      Надішлю в понеділок зранку                   | в понеділок зранку      | 2026-03-16T06:00
      це було позавчора                            | позавчора               | 2026-03-09T00:00
      через пів години буду                        | через пів години        | 2026-03-11T10:45
      через 40 хвилин дзвінок                      | через 40 хвилин         | 2026-03-11T10:55
      двадцять першого квітня                      | двадцять першого квітня | 2026-04-21T00:00
      наступного вівторка о 10                     | наступного вівторка о 10 | 2026-03-17T10:00
      дедлайн 31 березня                           | 31 березня              | 2026-03-31T00:00
      п’ять днів тому                              | п’ять днів тому         | 2026-03-06T10:00
      до кінця дня                                 | до кінця дня            | 2026-03-12T00:00
      до кінця тижня                               | до кінця тижня          | 2026-03-16T00:00
      на наступному тижні                          | на наступному тижні     | 2026-03-16T00:00
      у квітні запускаємо                          | у квітні                | 2026-04-01T00:00
      Сделаю к четвергу                            | к четвергу              | 2026-03-12T00:00
      созвон завтра в 11 утра                      | завтра в 11 утра        | 2026-03-12T11:00
      через три дня                                | через три дня           | 2026-03-14T10:00
      сдать до 5 мая                               | до 5 мая                | 2026-05-05T00:00
      в прошлую пятницу упало                      | в прошлую пятницу       | 2026-03-06T00:00
      неделю назад                                 | неделю назад            | 2026-03-04T00:00
      встреча в субботу в 9 часов                  | в субботу в 9 часов     | 2026-03-14T09:00
      послезавтра в полдень                        | послезавтра в полдень   | 2026-03-13T12:00
      в следующем месяце                           | в следующем месяце      | 2026-04-01T00:00
      пятнадцатого апреля                          | пятнадцатого апреля     | 2026-04-15T00:00
      до конца года                                | до конца года           | 2027-01-01T00:00
      25-го числа платим                           | 25-го числа             | 2026-03-25T00:00
      """)
  void findsTheDateOfASentence(String text, String phrase, LocalDateTime value) {
    List<DatePhrase> found = DatePhrases.find(text, WEDNESDAY, Mode.TASK);
    assertThat(found).hasSize(1);
    assertThat(text.substring(found.getFirst().start(), found.getFirst().end())).isEqualTo(phrase);
    assertThat(found.getFirst().value()).isEqualTo(value.atZone(KYIV));
  }

  @ParameterizedTest
  @ValueSource(strings = {"version 2.15 is out", "call 044-123-4567", "you may ask, he sat in the sun", "5 днів відпустки",
      "Зайняло 3 години", "рахунок 15.2", "Это заняло 10 часов", "the year end party of 1/2 of us", "24/7 support", "ip 10.0.12.1",
      "тому що так", "за 500 гривень", "mon cher", "second thoughts", "a quarter of users", "ветка 2024-feature", "room 1015"})
  void findsNothingWhereNoDateIs(String text) {
    assertThat(DatePhrases.find(text, WEDNESDAY, Mode.TASK)).isEmpty();
  }

  @Test
  void aPastTimeRollsForwardInTasksOnly() {
    assertThat(first("о 9 ранку", WEDNESDAY, Mode.TASK).value()).isEqualTo(WEDNESDAY.plusDays(1).withHour(9).withMinute(0));
    assertThat(first("о 9 ранку", WEDNESDAY, Mode.MENTION).value()).isEqualTo(WEDNESDAY.withHour(9).withMinute(0));
  }

  @Test
  void aPastDayWithoutAYearIsOfTheNext() {
    assertThat(first("до 10 березня", WEDNESDAY, Mode.TASK).value().toLocalDate()).hasToString("2027-03-10");
    assertThat(first("до 11 березня", WEDNESDAY, Mode.TASK).value().toLocalDate()).hasToString("2026-03-11");
  }

  @Test
  void monthsAndYearsEndWhereTheyEnd() {
    ZonedDateTime lastOfJanuary = ZonedDateTime.of(2026, 1, 31, 12, 0, 0, 0, KYIV);
    assertThat(first("через місяць", lastOfJanuary, Mode.TASK).value().toLocalDate()).hasToString("2026-02-28");
    ZonedDateTime newYearsEve = ZonedDateTime.of(2026, 12, 31, 12, 0, 0, 0, KYIV);
    assertThat(first("завтра", newYearsEve, Mode.TASK).value().toLocalDate()).hasToString("2027-01-01");
    assertThat(first("by EOY", newYearsEve, Mode.TASK).value().toLocalDate()).hasToString("2027-01-01");
    assertThat(DatePhrases.find("29 лютого", WEDNESDAY, Mode.TASK)).isEmpty();
  }

  @Test
  void hoursAreExactWhereTheClockChanges() {
    ZonedDateTime beforeSummerTime = ZonedDateTime.of(2026, 3, 29, 1, 30, 0, 0, KYIV);
    assertThat(first("in 3 hours", beforeSummerTime, Mode.TASK).value().toInstant())
        .isEqualTo(beforeSummerTime.toInstant().plusSeconds(10800));
    assertThat(first("tomorrow at 10:00", beforeSummerTime, Mode.TASK).value().getHour()).isEqualTo(10);
    // 3:30 does not exist on that day.
    assertThat(first("сьогодні о 3:30", beforeSummerTime, Mode.TASK).value().getHour()).isEqualTo(4);
  }

  @Test
  void theZoneOfTheAuthorDecides() {
    Instant midnightInLondon = Instant.parse("2026-01-15T00:30:00Z");
    assertThat(first("today", midnightInLondon.atZone(ZoneId.of("America/New_York")), Mode.TASK).value().getDayOfMonth()).isEqualTo(14);
    assertThat(first("today", midnightInLondon.atZone(KYIV), Mode.TASK).value().getDayOfMonth()).isEqualTo(15);
    assertThat(first("tomorrow 16:00 CET", WEDNESDAY, Mode.TASK).value().toInstant()).isEqualTo(Instant.parse("2026-03-12T15:00:00Z"));
  }

  @Test
  void rangesHaveAnEnd() {
    DatePhrase days = first("з 10 по 22 серпня", WEDNESDAY, Mode.TASK);
    assertThat(days.value().toLocalDate()).hasToString("2026-08-10");
    assertThat(days.until()).isEqualTo(ZonedDateTime.of(2026, 8, 23, 0, 0, 0, 0, KYIV));
    DatePhrase hours = first("tomorrow from 3 to 4pm", WEDNESDAY, Mode.TASK);
    assertThat(hours.value().getHour()).isEqualTo(15);
    assertThat(hours.until()).isEqualTo(ZonedDateTime.of(2026, 3, 12, 16, 0, 0, 0, KYIV));
  }

  @Test
  void aPhraseSaysWhatIsCertainAndWhetherItIsOpen() {
    assertThat(first("by Friday", WEDNESDAY, Mode.TASK).certain()).containsExactly(ChronoUnit.DAYS);
    assertThat(first("by Friday", WEDNESDAY, Mode.TASK).bound()).isEqualTo(Bound.BEFORE);
    assertThat(first("після 15:00", WEDNESDAY, Mode.TASK).bound()).isEqualTo(Bound.AFTER);
    assertThat(first("3 May 2027", WEDNESDAY, Mode.TASK).certain())
        .containsExactlyInAnyOrder(ChronoUnit.DAYS, ChronoUnit.MONTHS, ChronoUnit.YEARS);
    assertThat(first("next week", WEDNESDAY, Mode.TASK).grain()).isEqualTo(Grain.WEEK);
  }

  @Test
  void aQuarterIsADueDateOnlyWithItsEnd() {
    assertThat(DatePhrases.find("plans for the next quarter", WEDNESDAY, Mode.TASK)).isEmpty();
    assertThat(first("до кінця кварталу", WEDNESDAY, Mode.TASK).value().toLocalDate()).hasToString("2026-04-01");
  }

  @Test
  void everyWeekdayAndMonthIsKnownInEachLanguage() {
    for (String name : List.of("monday tuesday wednesday thursday friday saturday sunday",
        "понеділок вівторок середа четвер п'ятниця субота неділя", "понедельник вторник среда четверг пятница суббота воскресенье")) {
      String[] days = name.split(" ");
      IntStream.range(0, 7).forEach(day -> assertThat(first(days[day], WEDNESDAY, Mode.TASK).value().getDayOfWeek().getValue())
          .isEqualTo(day + 1));
    }
    for (String name : List.of("january february march april may june july august september october november december",
        "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
        "января февраля марта апреля мая июня июля августа сентября октября ноября декабря")) {
      String[] months = name.split(" ");
      IntStream.range(0, 12).forEach(month -> assertThat(first("7 " + months[month], WEDNESDAY, Mode.TASK).value().getMonthValue())
          .isEqualTo(month + 1));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.", "1", "12:", "9-", "в ", "next last ", "13 - ", "two ", "п'ятниця, ", "5 days ", "end of ", "half past ",
      "from 1 to ", "of the ", "Jan ", "a_", "'", "\u0000", "½", "\uD83D", "in the early hours of the "})
  void theCostIsLinearInTheLength(String piece) {
    String quarter = piece.repeat((1 << 15) / piece.length());
    long cost = DatePhrases.cost(quarter, WEDNESDAY);
    assertThat(DatePhrases.cost(quarter + quarter + quarter + quarter, WEDNESDAY)).isLessThan(5 * cost + 1000);
    assertThat(cost).isLessThan(4000L * quarter.length());
  }

  @Test
  void aMebibyteOfDigitsAndDotsCostsAsMuchPerPiece() {
    long cost = DatePhrases.cost("1.".repeat(1 << 15), WEDNESDAY);
    assertThat(DatePhrases.cost("1.".repeat(1 << 19), WEDNESDAY)).isLessThan(17 * cost);
    assertThat(DatePhrases.find("1".repeat(1 << 20), WEDNESDAY, Mode.TASK)).isEmpty();
  }

  @Test
  void numbersOutOfRangeAreNoDates() {
    for (String text : List.of("in 9999 years", "9999 years ago", "in 99999999999999999999 days", "in 999999999 years",
        "in 2147483647 weeks", "in 9999999 months", "0 января", "99:99", "25:00",
        "0000-00-00",
        "2026-02-30", "31.02.2026", "at 24:30", "00/00/0000", "Q9")) {
      assertThat(DatePhrases.find(text, WEDNESDAY, Mode.TASK)).as(text).isEmpty();
      assertThat(DatePhrases.find(text, WEDNESDAY, Mode.MENTION)).as(text).isEmpty();
    }
  }

  /** The month is said all the same. */
  @Test
  void daysThatAMonthDoesNotHaveAreNoDays() {
    for (String text : List.of("the 0th of May", "32nd of May")) {
      assertThat(DatePhrases.find(text, WEDNESDAY, Mode.TASK)).as(text).noneMatch(phrase -> phrase.grain() == Grain.DAY);
      assertThat(DatePhrases.find(text, WEDNESDAY, Mode.MENTION)).as(text).noneMatch(phrase -> phrase.grain() == Grain.DAY);
    }
  }

  private static DatePhrase first(String text, ZonedDateTime reference, Mode mode) {
    List<DatePhrase> found = DatePhrases.find(text, reference, mode);
    assertThat(found).as(text).isNotEmpty();
    return found.getFirst();
  }
}
