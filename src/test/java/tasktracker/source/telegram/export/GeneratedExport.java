package tasktracker.source.telegram.export;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import tasktracker.source.format.Transcript;

/**
 * An export of any length, made while it is read. As a program: {@code GeneratedExport MEGABYTES} reads one and prints how
 * many messages it told, how long that took and how much memory was in use at most; start it with a small heap.
 */
public final class GeneratedExport extends InputStream {

  private final long length;
  private byte[] piece = "{\"name\": \"Endless\", \"type\": \"private_supergroup\", \"id\": 42, \"messages\": ["
      .getBytes(StandardCharsets.UTF_8);
  private int at;
  private long told;
  private int number;
  private boolean ended;

  public GeneratedExport(long length) {
    this.length = length;
  }

  @Override
  public int read() {
    if (at == piece.length && !refill()) {
      return -1;
    }
    return piece[at++] & 0xFF;
  }

  @Override
  public int read(byte[] into, int from, int wanted) {
    if (at == piece.length && !refill()) {
      return -1;
    }
    int count = Math.min(wanted, piece.length - at);
    System.arraycopy(piece, at, into, from, count);
    at += count;
    return count;
  }

  private boolean refill() {
    told += piece.length;
    at = 0;
    piece = (told < length ? message() : ended ? "" : "]}").getBytes(StandardCharsets.UTF_8);
    ended = told >= length;
    return piece.length > 0;
  }

  /** Every message answers the one before, so that topics are remembered for all of them: the worst case. */
  private String message() {
    number++;
    String head = (number == 1 ? "" : ",\n") + "{\"id\": " + number + ", \"date_unixtime\": \"" + (1_600_000_000 + number)
        + "\", \"from\": \"Person " + number % 50 + "\", \"from_id\": \"user" + number % 50 + "\", ";
    return head + (number == 1
        ? "\"type\": \"service\", \"action\": \"topic_created\", \"title\": \"All\"}"
        : "\"type\": \"message\", \"reply_to_message_id\": " + (number - 1) + ", \"text\": \"" + "слово ".repeat(40)
            + "\\x1b\", \"text_entities\": [{\"type\": \"plain\", \"text\": \"" + "слово ".repeat(40) + "\"}]}");
  }

  public static void main(String[] arguments) {
    long began = System.nanoTime();
    long bytes = Long.parseLong(arguments[0]) << 20;
    long messages = 0;
    try (Transcript transcript = new TelegramExportFormat().open(new GeneratedExport(bytes))) {
      while (transcript.next() != null) {
        messages++;
      }
    }
    System.out.printf("%d messages of %d MB in %.1f s, heap at most %d MB%n", messages, bytes >> 20,
        (System.nanoTime() - began) / 1e9, Runtime.getRuntime().maxMemory() >> 20);
  }
}
