package tasktracker.source.format;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.json.JsonLimitExceeded;
import tasktracker.platform.web.json.JsonLimits;
import tasktracker.platform.web.json.JsonScanner;
import tasktracker.platform.web.json.UntrustedJson;

/** A simple format for any other source: one JSON object a line, see {@link JsonLineMessage}. */
@ApplicationScoped
public class JsonLinesFormat implements ImportFormat {

  private static final int MAX_LINE_BYTES = 1 << 20;
  private static final JsonLimits LIMITS = new JsonLimits(200, 10_000, 1_000, MAX_LINE_BYTES);

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
    FileKind.Opened opened = FileKind.detect(file);
    opened.kind().filter(kind -> kind != FileKind.JSON).ifPresent(kind -> {
      throw UnreadableFile.wrongFormat(LocalizedMessage.of("problem.file.lines.kind", kind.description()));
    });
    return new LinesTranscript(opened.file());
  }

  private static final class LinesTranscript implements Transcript {

    private final Utf8InputStream file;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long number;
    private boolean isLast;

    LinesTranscript(InputStream file) {
      this.file = new Utf8InputStream(file, () -> line.size() > 1);
    }

    /** A line that cannot be read is reported, and the following lines are read. */
    @Override
    public @Nullable TranscriptEntry next() {
      while (!isLast) {
        number++;
        boolean isWhole = readLine();
        String text = line.toString(StandardCharsets.UTF_8).strip();
        if (!isWhole || !text.isEmpty()) {
          return isWhole ? entry(text) : unreadable(LocalizedMessage.of("problem.file.line.long", String.valueOf(number)), false);
        }
      }
      return null;
    }

    private TranscriptEntry entry(String text) {
      try {
        return TranscriptEntry.of(new JsonLineMessage(object(text), number).message());
      } catch (JsonLimitExceeded e) {
        return unreadable(LocalizedMessage.of("problem.file.line.beyond", String.valueOf(number), UnreadableFile.limitExceeded(e).reason()),
            false);
      } catch (JsonException | IllegalStateException e) {
        return noObject(text);
      } catch (UnreadableFile e) {
        return new TranscriptEntry.Unreadable(String.valueOf(number), e);
      }
    }

    /** A line that is no JSON is repaired where that is safe. */
    private static JsonObject object(String text) {
      try {
        return UntrustedJson.object(text, LIMITS);
      } catch (JsonException e) {
        if (e instanceof JsonLimitExceeded limit && limit.limit() != JsonLimitExceeded.Limit.ENCODING) {
          throw e;
        }
        return UntrustedJson.object(repaired(text, e), LIMITS);
      }
    }

    private static String repaired(String text, JsonException invalid) {
      try (InputStream in = new JsonRepairInputStream(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      } catch (UnreadableFile e) {
        throw invalid;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private TranscriptEntry noObject(String text) {
      if (number == 1 && (text.equals("{") || text.startsWith("["))) {
        throw UnreadableFile.broken(LocalizedMessage.of("problem.file.lines.document", String.valueOf(number)));
      }
      return unreadable(isLast && text.startsWith("{\"") && isOpen(text)
          ? LocalizedMessage.of("problem.file.line.truncated", String.valueOf(number))
          : LocalizedMessage.of("problem.file.line.object", String.valueOf(number)), true);
    }

    private static boolean isOpen(String text) {
      JsonScanner scanner = new JsonScanner(LIMITS);
      text.chars().forEach(scanner::accept);
      return scanner.isOpen();
    }

    private TranscriptEntry unreadable(LocalizedMessage why, boolean isBroken) {
      return new TranscriptEntry.Unreadable(String.valueOf(number),
          isBroken ? UnreadableFile.broken(why) : UnreadableFile.wrongFormat(why));
    }

    /** Reads to the end of the line. Returns false for a line above the limit, which is skipped without storing it. */
    private boolean readLine() {
      line.reset();
      long length = 0;
      int b = nextByte();
      for (; b >= 0 && b != '\n'; b = nextByte()) {
        if (length++ < MAX_LINE_BYTES) {
          line.write(b);
        }
      }
      isLast = b < 0;
      return length <= MAX_LINE_BYTES;
    }

    private int nextByte() {
      try {
        return file.read();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      try {
        file.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
