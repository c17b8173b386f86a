package tasktracker.source;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tasktracker.source.format.Transcript;
import tasktracker.source.format.TranscriptBatch;
import tasktracker.source.format.TranscriptEntry;
import tasktracker.source.format.UnreadableFile;
import tasktracker.source.telegram.export.TelegramExportFormat;

/**
 * Exports that are made to harm, made while they are read. As a program: {@code HostileExportFile NAME} reads one as a
 * rehearsal does and prints how many lines it tells, or why it is refused; start it with a small heap.
 */
public final class HostileExportFile {

  private static final String HEAD = "{\"name\": \"Team\", \"type\": \"private_supergroup\", \"id\": 7, \"messages\": [";
  private static final String FIRST = "{\"id\": 1, \"type\": \"message\", \"date_unixtime\": \"1700000000\", \"from_id\": \"user1\", \"text\": \"first\"}";

  private HostileExportFile() {}

  public static InputStream of(String name) {
    return switch (name) {
      case "entities" ->
        message(Stream.of("\"text_entities\": ["), repeated("{\"type\": \"bold\", \"text\": \"a\"},", 100_000), Stream.of("\"\"]"));
      case "values" -> message(Stream.of("\"x\": ["), repeated("[],", 5_000_000), Stream.of("[]]"));
      case "text" -> message(Stream.of("\"text\": \""), repeated("a".repeat(1_000), 150_000), Stream.of("\""));
      case "skipped text" -> pieces(Stream.concat(Stream.concat(Stream.of("{\"about\": \""), repeated("a".repeat(1_000), 150_000)),
          Stream.of("\", " + HEAD.substring(1) + FIRST + "]}")));
      case "number" -> message(Stream.of("\"x\": "), repeated("1234567890", 1_000_000), Stream.of(""));
      case "depth" -> message(Stream.of("\"x\": "), repeated("[", 1_000_000), Stream.of(""));
      case "chats" ->
        pieces(Stream.concat(Stream.of("{\"chats\": {\"list\": ["), IntStream.range(0, 1_000_000).mapToObj(i -> (i == 0 ? "" : ",")
            + HEAD.replace("7", String.valueOf(i + 1)) + FIRST + "]}")));
      case "topics" ->
        pieces(Stream.concat(Stream.of(HEAD, topic(1)), IntStream.range(2, 1_000_000).mapToObj(i -> "," + answer(i, i - 1))), "]}");
      case "titles" -> pieces(Stream.concat(Stream.of(HEAD, topic(1)), IntStream.range(2, 300_000).mapToObj(i -> "," + topic(i))), "]}");
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static String topic(int id) {
    return "{\"id\": " + id + ", \"type\": \"service\", \"action\": \"topic_created\", \"title\": \"" + "title ".repeat(10) + id
        + "\", \"date_unixtime\": \"1700000000\"}";
  }

  private static String answer(int id, int to) {
    return "{\"id\": " + id + ", \"type\": \"message\", \"date_unixtime\": \"1700000000\", \"text\": \"a\", \"reply_to_message_id\": " + to
        + "}";
  }

  private static InputStream message(Stream<String> before, Stream<String> body, Stream<String> after) {
    Stream<String> odd = Stream.concat(Stream.concat(Stream.of(HEAD, FIRST, ", {\"id\": 2, \"date_unixtime\": \"1700000001\", "), before),
        body);
    return pieces(Stream.concat(Stream.concat(odd, after), Stream.of("}, ", FIRST.replace("\"id\": 1", "\"id\": 3"))), "]}");
  }

  private static Stream<String> repeated(String piece, int times) {
    return IntStream.range(0, times).mapToObj(i -> piece);
  }

  private static InputStream pieces(Stream<String> pieces, String end) {
    return pieces(Stream.concat(pieces, Stream.of(end)));
  }

  private static InputStream pieces(Stream<String> pieces) {
    Iterator<String> each = pieces.iterator();
    return new SequenceInputStream(new Enumeration<InputStream>() {
      @Override
      public boolean hasMoreElements() {
        return each.hasNext();
      }

      @Override
      public InputStream nextElement() {
        return new ByteArrayInputStream(each.next().getBytes(StandardCharsets.UTF_8));
      }
    });
  }

  public static void main(String[] arguments) {
    try (Transcript transcript = new TelegramExportFormat().open(of(arguments[0]))) {
      DryRunCounter count = new DryRunCounter();
      for (List<TranscriptEntry> batch = TranscriptBatch.next(transcript, 1_000); !batch.isEmpty(); batch = TranscriptBatch.next(transcript,
          1_000)) {
        batch.forEach(line -> count(line, count));
      }
      System.out.println(count.result().lines() + " lines, left out: " + count.result().skipped());
    } catch (UnreadableFile e) {
      System.out.println("Refused: " + e.getMessage());
    }
  }

  private static void count(TranscriptEntry line, DryRunCounter count) {
    switch (line) {
      case TranscriptEntry.Parsed said -> count.count(List.of(said.message()), Set.of());
      case TranscriptEntry.Skipped skipped -> count.skip(skipped);
      case TranscriptEntry.Unreadable part -> count.skip(part);
    }
  }
}
