package tasktracker.platform.log;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tasktracker.harness.ProjectPaths;

/** Log files of a test server. */
record ServerLogs(String server) {

  /** Records of that type, such as {@code liberty_message}, of a console that is written as JSON. */
  List<JsonObject> records(String type) {
    return console().lines().filter(line -> line.startsWith("{\"type\":\"" + type + "\"")).map(ServerLogs::read).toList();
  }

  private static JsonObject read(String line) {
    try (var reader = Json.createReader(new StringReader(line))) {
      return reader.readObject();
    }
  }

  /** Whether a console that is written as JSON has these words. */
  boolean contains(String words) {
    return console().contains(words.replace("/", "\\/"));
  }

  String console() {
    return ProjectPaths.text(ProjectPaths.target("server", server, "console.log"));
  }

  /** The text of each file. */
  Map<Path, String> all() {
    try (var files = Files.walk(ProjectPaths.target("server", server))) {
      var logs = new TreeMap<Path, String>();
      files.filter(f -> f.toString().endsWith(".log")).forEach(f -> logs.put(f, ProjectPaths.text(f)));
      return logs;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
