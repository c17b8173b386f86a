package tasktracker.scoring.model;

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

/** Reads files of lines under {@code [section]} headings. Lines that start with {@code #} and a space are comments. */
public final class SectionedFile {

  private SectionedFile() {}

  /** Reads the lines of each section in their order. Lines before the first heading belong to the empty name. */
  public static Map<String, List<String>> read(String resource) {
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
