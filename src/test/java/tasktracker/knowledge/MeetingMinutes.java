package tasktracker.knowledge;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The minutes of a meeting: an IRC log in which the scribe marked topics, decisions and actions. The marks are the labels
 * and are removed; lines such as {@code Topic: …} are left out.
 */
public record MeetingMinutes(String name, List<Line> lines) {

  /**
   * A line without the scribe's mark.
   *
   * @param isMarked whether the scribe marked it as a decision, a proposal or an action
   * @param isAction whether the mark is that of an action
   * @param isNoise whether it is a command to a bot of the meeting
   * @param item the number of the item of the agenda, by the scribe's headings
   */
  public record Line(EvaluationMessages.Source source, boolean isMarked, boolean isAction, boolean isNoise, int item) {}

  private static final Pattern LINE = Pattern.compile("^\\[([^\\]]+)\\]\\s+<([^>]+)>\\s+(.*)$");
  private static final Pattern MARK = Pattern.compile("(?i)^\\s*(ACTION|RESOLVED|RESOLUTION|PROPOSAL|PROPOSED|PROPOSE)\\s*:\\s*");
  private static final Pattern TOPIC = Pattern.compile("(?i)^(sub)?topic\\b.*:.*");
  private static final Pattern HEADING = Pattern.compile("(?i)^(topic|subtopic|agenda|scribe|scribenick|chair|chairs)\\b.*:.*");
  private static final Pattern NOISE = Pattern
      .compile("(?i)^(present\\+.*|q[+\\-?].*|ack .*|regrets\\+.*|[+-]1|zakim.*|rrsagent.*|voip.*)$");
  private static final Instant START = Instant.parse("2020-01-01T00:00:00Z");

  public static List<MeetingMinutes> readAll(Path folder) throws IOException {
    List<MeetingMinutes> meetings = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".log")).sorted().toList()) {
        meetings.add(read(file, meetings.size()));
      }
    }
    meetings.removeIf(meeting -> meeting.lines.isEmpty());
    return meetings;
  }

  private static MeetingMinutes read(Path file, int number) throws IOException {
    List<Line> lines = new ArrayList<>();
    int item = 0;
    Instant time = START;
    for (String text : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList()) {
      Matcher line = LINE.matcher(text);
      if (!line.matches() || line.group(3).isBlank()) {
        continue;
      }
      time = time(line.group(1), time);
      String said = line.group(3).strip();
      item += TOPIC.matcher(said).matches() ? 1 : 0;
      Matcher mark = MARK.matcher(said);
      boolean isMarked = mark.find();
      String rest = isMarked ? said.substring(mark.end()).strip() : said;
      if (!rest.isEmpty() && !HEADING.matcher(rest).matches()) {
        lines.add(new Line(EvaluationMessages.Source.of(new UUID(3L + number, lines.size()), line.group(2), time, rest), isMarked,
            isMarked && mark.group(1).equalsIgnoreCase("action"), NOISE.matcher(rest).matches(), item));
      }
    }
    return new MeetingMinutes(file.getFileName().toString(), lines);
  }

  /** The time of a line; that of the line before when it cannot be read. */
  private static Instant time(String text, Instant before) {
    try {
      Instant time = Instant.parse(text);
      return time.isBefore(before) ? before : time;
    } catch (DateTimeParseException e) {
      return before;
    }
  }

  int items() {
    return (int) lines.stream().mapToInt(Line::item).distinct().count();
  }
}
