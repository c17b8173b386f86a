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
import tasktracker.message.feed.MessageFilter;
import tasktracker.platform.data.TestDatabase;

/**
 * Evaluates the search with questions about meetings: whether the first ten results contain a turn that annotators marked
 * as relevant. Code, database and model are the same as in the server.
 *
 * <p>Arguments: files in QMSum format, one meeting per line.
 */
public final class SearchEvaluation {

  private static final int CUTOFF = 10;
  private static final PrintStream OUT = System.out;

  private record LabelledQuery(String query, UUID chat, Set<UUID> relevantTurns) {}

  /** The passage of a result is the turn with its two adjacent turns, which are displayed with it. */
  private record Outcome(boolean hit, double precision, boolean passage) {}

  private SearchEvaluation() {}

  public static void main(String[] files) throws IOException {
    try (var schema = TestDatabase.create(); var product = SearchFixture.over(schema)) {
      // The filter by chat leaves few messages, so the vector index is not used and would only take time.
      schema.database().run(sql -> sql.execute("drop index message_embedding_near_1"));
      for (String file : files) {
        List<LabelledQuery> labelledQueries = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(file))) {
          if (!line.isBlank()) {
            labelledQueries.addAll(storeMeeting(product, parse(line)));
          }
        }
        schema.database().run(sql -> sql.execute("analyze search_document"));
        report(file, labelledQueries, labelledQueries.stream().map(a -> evaluate(product, a)).toList());
      }
    }
  }

  private static JsonObject parse(String line) {
    try (JsonReader reader = Json.createReader(new StringReader(line))) {
      return reader.readObject();
    }
  }

  /** Stores the turns of the meeting as messages of a new chat. */
  private static List<LabelledQuery> storeMeeting(SearchFixture product, JsonObject meeting) {
    TestMessages messages = product.messages();
    UUID chat = messages.chat("Meeting");
    Map<String, UUID> people = new HashMap<>();
    List<TestMessages.Line> lines = new ArrayList<>();
    Instant start = Instant.parse("2026-03-02T09:00:00Z");
    for (JsonObject turn : meeting.getJsonArray("meeting_transcripts").getValuesAs(JsonObject.class)) {
      UUID speaker = people.computeIfAbsent(turn.getString("speaker"), messages::person);
      lines.add(new TestMessages.Line(speaker, chat, start.plusSeconds(5L * lines.size()), turn.getString("content")));
    }
    List<UUID> turns = messages.say(lines);
    product.indexAndEmbed(turns);
    return meeting.getJsonArray("specific_query_list").getValuesAs(JsonObject.class).stream()
        .map(q -> new LabelledQuery(q.getString("query"), chat, relevantTurns(q.getJsonArray("relevant_text_span"), turns))).toList();
  }

  private static Set<UUID> relevantTurns(JsonArray spans, List<UUID> turns) {
    Set<UUID> relevantTurns = new HashSet<>();
    for (JsonArray span : spans.getValuesAs(JsonArray.class)) {
      int to = Math.min(Integer.parseInt(span.getString(1)) + 1, turns.size());
      relevantTurns.addAll(turns.subList(Math.min(Integer.parseInt(span.getString(0)), to), to));
    }
    return relevantTurns;
  }

  private static Outcome evaluate(SearchFixture product, LabelledQuery labelledQueries) {
    MessageFilter chat = new MessageFilter(null, null, null, null, labelledQueries.chat(), Set.of(), null, null, null, null, null);
    List<UUID> found = product.search().rank(ParsedQuery.of(labelledQueries.query()), chat, CUTOFF).best().stream()
        .map(ReciprocalRankFusion.Fused::message).toList();
    long relevant = found.stream().filter(labelledQueries.relevantTurns()::contains).count();
    boolean isAdjacent = product.context().findAdjacent(found).values().stream().flatMap(n -> Stream.of(n.before(), n.after()))
        .anyMatch(turn -> turn != null && labelledQueries.relevantTurns().contains(turn.id()));
    return new Outcome(relevant > 0, relevant / (double) CUTOFF, relevant > 0 || isAdjacent);
  }

  private static void report(String file, List<LabelledQuery> labelledQueries, List<Outcome> outcomes) {
    double[] hits = outcomes.stream().mapToDouble(o -> o.hit() ? 1 : 0).toArray();
    double[] precisions = outcomes.stream().mapToDouble(Outcome::precision).toArray();
    OUT.printf("%s: %d questions, %d relevant turns%n", Path.of(file).getFileName(), labelledQueries.size(),
        labelledQueries.stream().mapToInt(a -> a.relevantTurns().size()).sum());
    OUT.printf("  hit@10        %.3f  (95 %% interval %s)%n", mean(hits), confidenceInterval(hits));
    OUT.printf("  hit@10 with adjacent turns %.3f%n", outcomes.stream().mapToDouble(o -> o.passage() ? 1 : 0).average().orElse(0));
    OUT.printf("  precision@10  %.3f  (95 %% interval %s)%n", mean(precisions), confidenceInterval(precisions));
  }

  private static double mean(double[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).average().orElse(Double.NaN);
  }

  /** The 95 % confidence interval of the mean by bootstrapping with a fixed seed. */
  private static String confidenceInterval(double[] values) {
    Random random = new Random(7);
    double[] means = IntStream.range(0, 1000)
        .mapToDouble(round -> IntStream.range(0, values.length).mapToDouble(i -> values[random.nextInt(values.length)]).average().orElse(0))
        .sorted().toArray();
    return "%.3f to %.3f".formatted(means[25], means[974]);
  }
}
