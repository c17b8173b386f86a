package tasktracker.search;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tasktracker.embedding.TestMessages;
import tasktracker.message.MessageFilter;
import tasktracker.platform.data.TestDatabase;

/**
 * Asks the product people's questions about meetings and looks whether the first ten answers hold a turn that people
 * marked as answering. Same code, same database, same model as in the server.
 *
 * <p>Arguments: files in QMSum's format, one meeting a line.
 */
public final class SearchEvaluation {

  private static final int FIRST = 10;
  private static final PrintStream OUT = System.out;

  private record Asked(String question, UUID chat, Set<UUID> answers) {}

  /** The passage of an answer is the turn and its two neighbours, which are shown with it. */
  private record Outcome(boolean hit, double precision, boolean passage) {}

  private SearchEvaluation() {}

  public static void main(String[] files) throws IOException {
    try (var schema = TestDatabase.create(); var product = SearchFixture.over(schema)) {
      // One chat of a meeting is read through, not walked to: its index would only take time.
      schema.database().run(sql -> sql.execute("drop index message_embedding_near_1"));
      for (String file : files) {
        List<Asked> asked = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(file))) {
          if (!line.isBlank()) {
            asked.addAll(meeting(product, parse(line)));
          }
        }
        schema.database().run(sql -> sql.execute("analyze search_document"));
        report(file, asked, asked.stream().map(a -> outcome(product, a)).toList());
      }
    }
  }

  private static JsonObject parse(String line) {
    try (JsonReader reader = Json.createReader(new StringReader(line))) {
      return reader.readObject();
    }
  }

  /** Lets the meeting's people say its turns in a chat of its own. */
  private static List<Asked> meeting(SearchFixture product, JsonObject meeting) {
    TestMessages talk = product.talk();
    UUID chat = talk.chat("Meeting");
    Map<String, UUID> people = new HashMap<>();
    List<TestMessages.Line> said = new ArrayList<>();
    Instant start = Instant.parse("2026-03-02T09:00:00Z");
    for (JsonObject turn : meeting.getJsonArray("meeting_transcripts").getValuesAs(JsonObject.class)) {
      UUID speaker = people.computeIfAbsent(turn.getString("speaker"), talk::person);
      said.add(new TestMessages.Line(speaker, chat, start.plusSeconds(5L * said.size()), turn.getString("content")));
    }
    List<UUID> turns = talk.say(said);
    product.learn(turns);
    return meeting.getJsonArray("specific_query_list").getValuesAs(JsonObject.class).stream()
        .map(q -> new Asked(q.getString("query"), chat, answers(q.getJsonArray("relevant_text_span"), turns))).toList();
  }

  private static Set<UUID> answers(JsonArray spans, List<UUID> turns) {
    Set<UUID> answers = new HashSet<>();
    for (JsonArray span : spans.getValuesAs(JsonArray.class)) {
      int to = Math.min(Integer.parseInt(span.getString(1)) + 1, turns.size());
      answers.addAll(turns.subList(Math.min(Integer.parseInt(span.getString(0)), to), to));
    }
    return answers;
  }

  private static Outcome outcome(SearchFixture product, Asked asked) {
    MessageFilter chat = new MessageFilter(null, null, null, null, asked.chat(), Set.of(), null, null, null, null, null);
    List<UUID> found = product.search().rank(ParsedQuery.of(asked.question()), chat, FIRST).best().stream().map(ReciprocalRankFusion.Fused::message).toList();
    long right = found.stream().filter(asked.answers()::contains).count();
    boolean beside = product.neighbours().of(found).values().stream().flatMap(n -> Stream.of(n.before(), n.after()))
        .anyMatch(said -> said != null && asked.answers().contains(said.id()));
    return new Outcome(right > 0, right / (double) FIRST, right > 0 || beside);
  }

  private static void report(String file, List<Asked> asked, List<Outcome> outcomes) {
    double[] hits = outcomes.stream().mapToDouble(o -> o.hit() ? 1 : 0).toArray();
    double[] precisions = outcomes.stream().mapToDouble(Outcome::precision).toArray();
    OUT.printf("%s: %d questions, %d turns answer them%n", Path.of(file).getFileName(), asked.size(),
        asked.stream().mapToInt(a -> a.answers().size()).sum());
    OUT.printf("  hit@10        %.3f  (95 %% interval %s)%n", mean(hits), interval(hits));
    OUT.printf("  with the turns shown beside them %.3f%n", outcomes.stream().mapToDouble(o -> o.passage() ? 1 : 0).average().orElse(0));
    OUT.printf("  precision@10  %.3f  (95 %% interval %s)%n", mean(precisions), interval(precisions));
  }

  private static double mean(double[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).average().orElse(Double.NaN);
  }

  /** By drawing the questions again, a thousand times, always the same way. */
  private static String interval(double[] values) {
    Random random = new Random(7);
    double[] means = IntStream.range(0, 1000).mapToDouble(round ->
        IntStream.range(0, values.length).mapToDouble(i -> values[random.nextInt(values.length)]).average().orElse(0)).sorted().toArray();
    return "%.3f to %.3f".formatted(means[25], means[974]);
  }
}
