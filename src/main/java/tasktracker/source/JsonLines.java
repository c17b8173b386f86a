package tasktracker.source;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.JsonLimitExceeded;
import tasktracker.platform.web.JsonLimits;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.UntrustedJson;

/** A plain format for everything that has none of its own: one JSON object a line, see {@link JsonLine}. */
@ApplicationScoped
public class JsonLines implements ChatSource {

  private static final int LONGEST_LINE = 1 << 20;
  private static final JsonLimits LIMITS = new JsonLimits(200, 10_000, 1_000, LONGEST_LINE);

  @Override
  public String format() {
    return "messages-jsonl";
  }

  @Override
  public String sourceName() {
    return "api";
  }

  @Override
  public String sourceType() {
    return "api";
  }

  @Override
  public Transcript open(InputStream file) {
    return new Lines(new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8)));
  }

  private static final class Lines implements Transcript {

    private final BufferedReader reader;
    private long number;

    Lines(BufferedReader reader) {
      this.reader = reader;
    }

    @Override
    public @Nullable TranscriptEntry next() {
      for (String line = read(); line != null; line = read()) {
        if (!line.isBlank()) {
          return TranscriptEntry.of(new JsonLine(object(line), number).message());
        }
      }
      return null;
    }

    private JsonObject object(String line) {
      try {
        return UntrustedJson.object(line, LIMITS);
      } catch (JsonLimitExceeded e) {
        throw UnreadableFile.foreign(LocalizedMessage.of("problem.file.line.beyond", String.valueOf(number), UnreadableFile.beyond(e).saying()));
      } catch (JsonException | IllegalStateException e) {
        throw UnreadableFile.broken(LocalizedMessage.of("problem.file.line.object", String.valueOf(number)));
      }
    }

    /** As {@link BufferedReader#readLine}, but refuses a line without end before it fills the memory. */
    private @Nullable String read() {
      number++;
      StringBuilder line = new StringBuilder();
      int c = character();
      for (; c >= 0 && c != '\n'; c = character()) {
        if (line.length() == LONGEST_LINE) {
          throw UnreadableFile.foreign(LocalizedMessage.of("problem.file.line.long", String.valueOf(number)));
        }
        line.append((char) c);
      }
      return c < 0 && line.isEmpty() ? null : withoutMark(line);
    }

    private String withoutMark(StringBuilder line) {
      return (number == 1 && !line.isEmpty() && line.charAt(0) == '\uFEFF' ? line.substring(1) : line.toString()).strip();
    }

    private int character() {
      try {
        return reader.read();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      try {
        reader.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
