package tasktracker.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tasktracker.source.format.ImportFormat;
import tasktracker.source.format.Transcript;
import tasktracker.source.format.TranscriptEntry;
import tasktracker.source.format.UnreadableFile;

/**
 * A file that somebody imports and what must come of it.
 *
 * @param name of the file
 * @param said the messages, each as "person: text" with line ends as {@code \n}, in any order
 * @param unreadable what is told of parts that are left out, in their order
 * @param refusal how the file is refused; null when it is not
 */
public record ImportCase(String name, String format, byte[] file, List<String> said, List<String> unreadable, @Nullable String refusal) {

  private static final String FOLDER = "/source/faults/";

  /** The inputs of public fault reports, with the right results as {@code expected.txt} tells them. */
  public static Stream<ImportCase> reported() {
    return Stream.of(new String(resource("expected.txt"), StandardCharsets.UTF_8).split("(?m)^== ")).filter(s -> !s.isBlank())
        .map(ImportCase::reported);
  }

  private static ImportCase reported(String section) {
    List<String> lines = section.lines().toList();
    String[] heading = lines.getFirst().split(" ");
    List<String> results = lines.subList(1, lines.size());
    return new ImportCase(heading[0], heading[1], resource(heading[0]), results.stream().filter(line -> !line.matches("[?!] .*")).toList(),
        of(results, "? "), of(results, "! ").stream().findFirst().orElse(null));
  }

  private static List<String> of(List<String> results, String mark) {
    return results.stream().filter(line -> line.startsWith(mark)).map(line -> line.substring(2)).toList();
  }

  /** The bytes of a reported input. */
  public static byte[] resource(String name) {
    try (InputStream in = ImportCase.class.getResourceAsStream(FOLDER + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ImportCase says(String... messages) {
    return new ImportCase(name, format, file, List.of(messages), unreadable, refusal);
  }

  ImportCase leavesOut(String... parts) {
    return new ImportCase(name, format, file, said, List.of(parts), refusal);
  }

  ImportCase isRefused(String reason) {
    return new ImportCase(name, format, file, said, unreadable, reason);
  }

  /** What a reader makes of the file. */
  public static ImportCase read(ImportFormat source, String name, InputStream file) {
    return read(source, name, file, InputStream::nullInputStream);
  }

  /** As {@link #read(ImportFormat, String, InputStream)}, of a file that can be read again. */
  public static ImportCase read(ImportFormat source, String name, InputStream file, Supplier<InputStream> again) {
    List<String> said = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    String refusal = null;
    try (Transcript transcript = source.open(file, again)) {
      for (TranscriptEntry line = transcript.next(); line != null; line = transcript.next()) {
        switch (line) {
          case TranscriptEntry.Parsed s -> said.add(shown(s.message().author().firstName(), s.message().text()));
          case TranscriptEntry.Unreadable part -> unreadable.add(part.name() + " | " + part.why().getMessage());
          case TranscriptEntry.Skipped skipped -> {
          }
        }
      }
    } catch (UnreadableFile e) {
      refusal = e.getMessage();
    }
    return new ImportCase(name, source.format(), new byte[0], said, unreadable, refusal);
  }

  /** A message as it is told here. */
  public static String shown(String person, String text) {
    return person + ": " + text.replace("\n", "\\n");
  }

  @Override
  public String toString() {
    return name;
  }
}
