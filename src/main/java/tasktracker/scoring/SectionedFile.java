package tasktracker.scoring;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads the hand-written lists: lines under {@code [section]} heads, {@code #} before a remark. */
final class SectionedFile {

  private SectionedFile() {}

  /** The lines of each section, in their order; lines before the first head stand under the empty name. */
  static Map<String, List<String>> read(String resource) {
    try (BufferedReader reader = new BufferedReader(new InputStreamReader(open(resource), StandardCharsets.UTF_8))) {
      Map<String, List<String>> sections = new LinkedHashMap<>();
      List<String> current = sections.computeIfAbsent("", s -> new ArrayList<>());
      for (String line : reader.lines().map(String::strip).filter(l -> !l.isEmpty() && !l.startsWith("# ")).toList()) {
        if (line.startsWith("[") && line.endsWith("]")) {
          current = sections.computeIfAbsent(line.substring(1, line.length() - 1), s -> new ArrayList<>());
        } else {
          current.add(line);
        }
      }
      sections.values().removeIf(List::isEmpty);
      return sections;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static InputStream open(String resource) {
    return Objects.requireNonNull(SectionedFile.class.getClassLoader().getResourceAsStream(resource), resource);
  }
}
