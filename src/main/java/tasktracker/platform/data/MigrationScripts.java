package tasktracker.platform.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flywaydb.core.api.MigrationInfo;

/** The scripts of this release as text: migrations, and how each is undone. Their comments carry what people must know. */
final class MigrationScripts {

  private static final Pattern DROPPED = Pattern.compile("(?im)^\\s*drop\\s+table\\s+(?:if\\s+exists\\s+)?([^;]+);");

  private MigrationScripts() {}

  /** A script by its place, as Flyway tells it: in the classes, a jar, or (tests) a folder. */
  static String read(String place) {
    try {
      Path file = Path.of(place);
      if (java.nio.file.Files.exists(file)) {
        return java.nio.file.Files.readString(file);
      }
      return resource("db/migration/" + file.getFileName()).orElseThrow(() -> new IllegalStateException("No script " + place));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The script that takes this migration back, if this release has it. */
  static Optional<String> undo(MigrationInfo migration) {
    return resource("db/undo/U" + migration.getScript().substring(1));
  }

  /** What empties the messages and keeps the rest. */
  static String clearing() {
    return resource("db/clear.sql").orElseThrow();
  }

  /** Why this migration cannot be taken back, if its script says so: {@code -- irreversible: the reason}. */
  static Optional<String> irreversible(String script) {
    return remarks(script, "irreversible").findFirst();
  }

  /** What goes with an undo, as its script tells: {@code -- loses: what}. */
  static List<String> losses(String undo) {
    return remarks(undo, "loses").toList();
  }

  private static Stream<String> remarks(String script, String word) {
    return Pattern.compile("(?m)^--\\s*" + word + ":\\s*(.+)$").matcher(script).results().map(found -> found.group(1).strip());
  }

  /** Tables that an undo drops. */
  static List<String> droppedTables(String undo) {
    return DROPPED.matcher(undo).results().map(MatchResult::group).map(s -> s.replaceAll("(?is)^\\s*drop\\s+table\\s+(if\\s+exists\\s+)?|;|\\bcascade\\b", ""))
        .flatMap(names -> Stream.of(names.split(","))).map(String::strip).toList();
  }

  private static Optional<String> resource(String name) {
    try (var in = MigrationScripts.class.getClassLoader().getResourceAsStream(name)) {
      return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
