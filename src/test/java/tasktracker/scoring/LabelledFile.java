package tasktracker.scoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads a labelled set with one JSON object per line: {@code text} (a string) or {@code texts} (the messages of a thread),
 * {@code label} (0 or 1), and optionally {@code aspect} (the name of an aspect, {@code content} or {@code spam}; the
 * default is {@code content}) and {@code group}.
 */
final class LabelledFile {

  private LabelledFile() {}

  /** The examples by aspect. */
  static Map<String, List<LabelledExample>> read(Path file) throws IOException {
    Map<String, List<LabelledExample>> byAspect = new TreeMap<>();
    int number = 0;
    for (String line : EvaluationData.readLines(file)) {
      number++;
      if (!line.isBlank()) {
        JsonNode node = new ObjectMapper().readTree(line);
        byAspect.computeIfAbsent(node.path("aspect").asText("content"), a -> new ArrayList<>()).add(item(node, file, number));
      }
    }
    return byAspect;
  }

  private static LabelledExample item(JsonNode node, Path file, int number) {
    List<String> texts = new ArrayList<>();
    if (node.has("texts")) {
      node.get("texts").forEach(t -> texts.add(t.asText().strip()));
    } else if (node.has("text")) {
      texts.add(node.get("text").asText().strip());
    }
    if (texts.isEmpty() || !node.has("label")) {
      throw new IllegalArgumentException(file + ", line " + number + ": needs text (or texts) and label");
    }
    return new LabelledExample(texts, node.get("label").asInt() == 1, node.path("group").asText(""));
  }
}
