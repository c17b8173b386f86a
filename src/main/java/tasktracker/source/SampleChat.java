package tasktracker.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sample chat of the product. It moves with the clock by whole weeks, so that its latest message is less than a week
 * old, and the days of the week and times of day in its texts stay true. The ids stay, so a message that was imported weeks ago is known.
 */
final class SampleChat {

  private static final String FILE = "/demo/chat.json";
  /** Of the team: its days begin at nine in summer too. */
  private static final ZoneId ZONE = ZoneId.of("Europe/Kyiv");
  // A quotation mark inside of a text is escaped, so texts are not matched.
  private static final Pattern DATE = Pattern.compile("(?<=\"(?:date|edited)\": \")[^\"]+");
  private static final Pattern SECONDS = Pattern.compile("(?<=\"(?:date|edited)_unixtime\": \")\\d+");

  private SampleChat() {}

  /** The file with all messages before this time. */
  static byte[] before(Instant now) {
    String chat = read();
    LocalDateTime latest = DATE.matcher(chat).results().map(found -> LocalDateTime.parse(found.group()))
        .max(LocalDateTime::compareTo).orElseThrow();
    Duration since = Duration.between(latest, LocalDateTime.ofInstant(now, ZONE));
    long weeks = Math.floorDiv(since.toSeconds(), Duration.ofDays(7).toSeconds());
    String dated = replace(chat, DATE, date -> DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(LocalDateTime.parse(date).plusWeeks(weeks)));
    return replace(dated, SECONDS, seconds -> String.valueOf(
        Instant.ofEpochSecond(Long.parseLong(seconds)).atZone(ZONE).plusWeeks(weeks).toEpochSecond()))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String replace(String text, Pattern pattern, UnaryOperator<String> change) {
    return pattern.matcher(text).replaceAll(found -> Matcher.quoteReplacement(change.apply(found.group())));
  }

  private static String read() {
    try (InputStream file = Objects.requireNonNull(SampleChat.class.getResourceAsStream(FILE))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
