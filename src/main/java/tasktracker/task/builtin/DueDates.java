package tasktracker.task.builtin;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.analyst.AnalystMessage;
import tasktracker.knowledge.analyst.Quote;
import tasktracker.task.analyst.DateEntity;
import tasktracker.task.analyst.DueDate;
import tasktracker.task.analyst.TaskAnalystInput;
import tasktracker.task.date.DatePhrase;
import tasktracker.task.date.DatePhrases;
import tasktracker.task.date.Grain;
import tasktracker.task.date.Mode;

/** Finds due dates: phrases of messages, resolved at the time of the message in the zone of its author, and marked dates. */
final class DueDates {

  private static final int MAX_TEXT = 4000;
  private static final int BEFORE = 12;
  private static final Pattern NEGATED = Pattern.compile("(?iu)(?<!\\p{L})(?:not|не|since|з|с|an?) $");
  private static final Pattern RECURRING = Pattern.compile("(?iu)^(?:every|each|daily|weekly|кожн|кажд|щод|щот|щор|щоп|щоп|since)");

  private final TaskAnalystInput input;
  private final Map<UUID, List<DateEntity>> marked = new HashMap<>();
  private final Map<UUID, List<DatePhrase>> phrases = new HashMap<>();

  DueDates(TaskAnalystInput input) {
    this.input = input;
    input.dates().forEach(date -> marked.computeIfAbsent(date.messageId(), id -> new ArrayList<>()).add(date));
  }

  /** The due date in a part of a message: a limit ("by Friday") before a plain date, and the first of them. */
  @Nullable
  DueDate find(AnalystMessage message, int from, int to) {
    return find(message, from, to, from);
  }

  /** The same; what stands after the verb of the work is preferred to what stands before, such as a condition. */
  @Nullable
  DueDate find(AnalystMessage message, int from, int to, int verb) {
    return phrases(message).stream().filter(phrase -> phrase.start() >= from && phrase.end() <= to)
        .filter(phrase -> isAhead(phrase, message) && isOnce(phrase, message.text()))
        .min(Comparator.<DatePhrase>comparingInt(phrase -> phrase.start() >= verb ? 0 : 1)
            .thenComparingInt(phrase -> phrase.bound() == DatePhrase.Bound.BEFORE ? 0 : 1)
            .thenComparingInt(DatePhrase::start))
        .map(phrase -> new DueDate(phrase, new Quote(message.id(), phrase.start(), phrase.end()))).orElse(null);
  }

  private List<DatePhrase> phrases(AnalystMessage message) {
    return phrases.computeIfAbsent(message.id(), id -> read(message));
  }

  private List<DatePhrase> read(AnalystMessage message) {
    ZoneId zone = input.zoneOf(message.authorId());
    String text = message.text().substring(0, Math.min(MAX_TEXT, message.text().length()));
    List<DatePhrase> found = new ArrayList<>(DatePhrases.find(text, message.sentAt().atZone(zone), Mode.TASK));
    for (DateEntity date : marked.getOrDefault(message.id(), List.of())) {
      found.removeIf(phrase -> phrase.start() < date.end() && date.start() < phrase.end());
      if (date.start() >= 0 && date.start() < date.end() && date.end() <= message.text().length()) {
        found.add(phrase(date, zone));
      }
    }
    return found;
  }

  private static DatePhrase phrase(DateEntity date, ZoneId zone) {
    return new DatePhrase(date.start(), date.end(), date.at().atZone(zone), null, Grain.MINUTE, DatePhrase.Bound.AT,
        EnumSet.of(ChronoUnit.YEARS, ChronoUnit.MONTHS, ChronoUnit.DAYS, ChronoUnit.HOURS, ChronoUnit.MINUTES));
  }

  /** Whether it can be when something is due: not over, not the beginning of a time, no year, not "now". */
  private static boolean isAhead(DatePhrase phrase, AnalystMessage message) {
    ZonedDateTime end = Objects.requireNonNullElse(phrase.until(), phrase.value());
    LocalDate said = message.sentAt().atZone(phrase.value().getZone()).toLocalDate();
    boolean isVague = phrase.grain() == Grain.YEAR || phrase.grain() == Grain.SECOND;
    return phrase.bound() != DatePhrase.Bound.AFTER && !isVague && !end.toLocalDate().isBefore(said);
  }

  /** Whether it is neither "not today" nor "every morning". */
  private static boolean isOnce(DatePhrase phrase, String text) {
    String before = text.substring(Math.max(0, phrase.start() - BEFORE), phrase.start());
    return !NEGATED.matcher(before).find() && !RECURRING.matcher(text.substring(phrase.start(), phrase.end())).find()
        && !RECURRING.matcher(before.substring(before.lastIndexOf(' ', Math.max(0, before.length() - 2)) + 1)).find();
  }

  /** Whether something is due within a day. */
  static boolean isSoon(DueDate due, AnalystMessage message) {
    return due.phrase().value().toInstant().isBefore(message.sentAt().plus(1, ChronoUnit.DAYS));
  }

}
