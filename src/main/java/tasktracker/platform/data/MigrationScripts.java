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

/** The migration and undo scripts of this release. Their comments contain warnings for the operator. */
final class MigrationScripts {

  private static final Pattern DROPPED = Pattern.compile("(?im)^\\s*drop\\s+table\\s+(?:if\\s+exists\\s+)?([^;]+);");

  private MigrationScripts() {}

  /** Reads a script by its location as Flyway reports it: in the classes, a jar, or (in tests) a folder. */
  static String read(String location) {
    try {
      Path file = Path.of(location);
      if (java.nio.file.Files.exists(file)) {
        return java.nio.file.Files.readString(file);
      }
      return resource("db/migration/" + file.getFileName()).orElseThrow(() -> new IllegalStateException("No script " + location));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The undo script of this migration, if this release has one. */
  static Optional<String> undo(MigrationInfo migration) {
    return resource("db/undo/U" + migration.getScript().substring(1));
  }

  /** The script that deletes all messages. */
  static String clearMessages() {
    return resource("db/clear.sql").orElseThrow();
  }

  /** Why this migration cannot be undone, if its script has a comment {@code -- irreversible: the reason}. */
  static Optional<String> irreversibleReason(String script) {
    return findComments(script, "irreversible").findFirst();
  }

  /** The data that an undo loses, from comments {@code -- loses: what} in its script. */
  static List<String> losses(String undo) {
    return findComments(undo, "loses").toList();
  }

  private static Stream<String> findComments(String script, String label) {
    return Pattern.compile("(?m)^--\\s*" + label + ":\\s*(.+)$").matcher(script).results().map(found -> found.group(1).strip());
  }

  /** Tables that an undo drops. */
  static List<String> droppedTables(String undo) {
    return DROPPED.matcher(undo).results().map(MatchResult::group)
        .map(s -> s.replaceAll("(?is)^\\s*drop\\s+table\\s+(if\\s+exists\\s+)?|;|\\bcascade\\b", ""))
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
