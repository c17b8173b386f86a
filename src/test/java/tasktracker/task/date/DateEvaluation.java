package tasktracker.task.date;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Evaluates the dates in words on phrases with their expected values: right and total by source and language, the first wrong
 * ones, and the texts without a date in which one is found. {@code docs/dates.md} describes how values are compared.
 *
 * <p>Arguments: the folder of the data, and the number of wrong phrases to print for each source (20).
 */
public final class DateEvaluation {

  private static final PrintStream OUT = System.out;
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final class Tally {
    int right;
    int total;
    int excluded;
    final List<String> wrong = new ArrayList<>();
    final Map<String, Integer> reasons = new TreeMap<>();
  }

  private final Map<String, Tally> tallies = new TreeMap<>();
  private final int shown;

  private DateEvaluation(int shown) {
    this.shown = shown;
  }

  public static void main(String[] arguments) throws IOException {
    Path data = Path.of(arguments[0]);
    DateEvaluation evaluation = new DateEvaluation(arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20);
    evaluation.phrases(data.resolve("phrases.jsonl"));
    evaluation.tasks(data.resolve("recognizers-tasks-mode-en.json"));
    evaluation.withoutDate(data.resolve("no-date.jsonl"));
    evaluation.report();
  }

  private Tally tally(String name) {
    return tallies.computeIfAbsent(name, n -> new Tally());
  }

  private void phrases(Path file) throws IOException {
    for (String line : lines(file)) {
      JsonNode row = JSON.readTree(line);
      Tally tally = tally(row.path("from").asText() + " " + row.path("lang").asText());
      String text = row.has("text") ? row.path("text").asText() : row.path("phrase").asText();
      Optional<String> reason = ExcludedPhrases.reason(row, text);
      if (reason.isPresent()) {
        tally.excluded++;
        tally.reasons.merge(reason.get(), 1, Integer::sum);
        continue;
      }
      ZonedDateTime reference = reference(row.path("reference"));
      count(tally, text, DatePhrases.find(text, reference, Mode.MENTION), row,
          row.path("from").asText().equals("duckling")
              ? found -> ExpectedDate.ofDuckling(row, reference, found)
              : found -> ExpectedDate.ofChrono(row, found));
    }
  }

  private static ZonedDateTime reference(JsonNode reference) {
    return reference.isTextual()
        ? OffsetDateTime.parse(reference.asText()).toZonedDateTime()
        : ExpectedDate.time(reference).atZone(ZoneOffset.UTC);
  }

  private interface Comparison {
    boolean isRight(DatePhrase found);
  }

  private void count(Tally tally, String text, List<DatePhrase> found, JsonNode expected, Comparison comparison) {
    Optional<DatePhrase> longest = found.stream().max(Comparator.comparingInt(phrase -> phrase.end() - phrase.start()));
    boolean right = longest.isPresent() && comparison.isRight(longest.get());
    tally.total++;
    tally.right += right ? 1 : 0;
    if (!right) {
      tally.wrong.add(text.replace('\n', ' ') + " | expected " + (expected.has("value") && !expected.path("value").isNull()
          ? expected.path("value") + " " + expected.path("grain").asText()
          : expected.path("fields")) + " | found "
          + longest.map(p -> text.substring(p.start(), p.end()) + " = " + p.value() + " " + p.until() + " " + p.grain() + " " + p.bound())
              .orElse("nothing"));
    }
  }

  private void tasks(Path file) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    for (JsonNode row : JSON.readTree(file.toFile())) {
      Tally tally = tally("recognizers en, task mode");
      String text = row.path("Input").asText();
      ZonedDateTime reference = LocalDateTime.parse(row.path("Context").path("ReferenceDateTime").asText()).atZone(ZoneOffset.UTC);
      List<DatePhrase> found = DatePhrases.find(text, reference, Mode.TASK);
      if (row.path("Results").isEmpty()) {
        tally.total++;
        tally.right += found.isEmpty() ? 1 : 0;
        if (!found.isEmpty()) {
          tally.wrong.add(text + " | expected nothing | found " + text.substring(found.get(0).start(), found.get(0).end()));
        }
      } else {
        JsonNode values = row.path("Results").get(0).path("Resolution").path("values");
        count(tally, text, found, JSON.createObjectNode().set("value", values),
            phrase -> ExpectedDate.ofRecognizers(values, reference, phrase));
      }
    }
  }

  private void withoutDate(Path file) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    for (String line : lines(file)) {
      String text = JSON.readTree(line).path("text").asText();
      Tally tally = tally("no date");
      List<DatePhrase> found = DatePhrases.find(text, ZonedDateTime.of(2013, 2, 12, 4, 30, 0, 0, ZoneOffset.ofHours(-2)), Mode.MENTION);
      tally.total++;
      tally.right += found.isEmpty() ? 1 : 0;
      if (!found.isEmpty()) {
        tally.wrong.add(text + " | found " + text.substring(found.get(0).start(), found.get(0).end()) + " = " + found.get(0).value());
      }
    }
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.exists(file) ? Files.readAllLines(file).stream().filter(line -> !line.isBlank()).toList() : List.of();
  }

  private void report() {
    OUT.printf("%-28s %6s %6s %6s %9s%n", "source", "right", "total", "share", "excluded");
    Map<String, Tally> byLanguage = new HashMap<>();
    tallies.forEach((name, tally) -> {
      print(name, tally);
      if (name.startsWith("duckling ") || name.startsWith("chrono ")) {
        Tally all = byLanguage.computeIfAbsent(name.substring(name.indexOf(' ') + 1), language -> new Tally());
        all.right += tally.right;
        all.total += tally.total;
        all.excluded += tally.excluded;
      }
    });
    byLanguage.forEach((language, tally) -> print("mention mode " + language, tally));
    tallies.forEach((name, tally) -> {
      OUT.println("\n" + name + ": excluded " + tally.reasons + ", first wrong ones:");
      tally.wrong.stream().limit(shown).forEach(OUT::println);
    });
  }

  private static void print(String name, Tally tally) {
    OUT.printf("%-28s %6d %6d   .%03d %9d%n", name, tally.right, tally.total, Math.min(999, 1000 * tally.right / Math.max(1, tally.total)),
        tally.excluded);
  }
}
