package tasktracker.scoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the sets of the data folder as they lie there. */
final class EvaluationData {

  /** A line of a meeting: what was said, and whether the scribe marked it as a decision or an action. */
  record Line(String text, boolean marked, boolean noise, String meeting) {}

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern MEETING_LINE = Pattern.compile("^\\[[^\\]]+\\]\\s+<([^>]+)>\\s+(.*)$");
  private static final Pattern MARK = Pattern.compile("(?i)^\\s*(ACTION|RESOLVED|RESOLUTION|PROPOSAL|PROPOSED|PROPOSE)\\s*:\\s*");
  private static final Pattern HEADING = Pattern.compile("(?i)^(topic|subtopic|agenda|scribe|scribenick|chair|chairs)\\b.*:.*");
  private static final Pattern NOISE = Pattern.compile("(?i)^(present\\+.*|q[+\\-?].*|ack .*|regrets\\+.*|[+-]1|zakim.*|rrsagent.*|voip.*)$");
  private static final Pattern IRC = Pattern.compile("^\\[\\d\\d:\\d\\d\\] <[^>]+> (.*)$");

  private final Path folder;

  EvaluationData(Path folder) {
    this.folder = folder;
  }

  boolean has(String set) {
    return Files.isDirectory(folder.resolve(set));
  }

  /** Sentences of mail: whether they ask for something or promise it. */
  List<LabelledExample> mail() {
    return lines(folder.resolve("email-intent/Ask0729-fixed.txt")).stream().filter(l -> l.indexOf('\t') > 0)
        .map(l -> new LabelledExample(List.of(l.substring(l.indexOf('\t') + 1).strip()), l.startsWith("Yes"), ""))
        .filter(l -> !l.texts().getFirst().isEmpty()).toList();
  }

  /** Dialogues of a project: whether they hold a feature request. */
  List<LabelledExample> featureRequests(String project) {
    List<LabelledExample> found = new ArrayList<>();
    for (String kind : List.of("feature", "other")) {
      for (String line : lines(folder.resolve("frminer/" + project + "_target_" + kind + ".txt"))) {
        List<String> texts = line.isBlank() ? List.of() : comments(line);
        if (!texts.isEmpty()) {
          found.add(new LabelledExample(texts, kind.equals("feature"), ""));
        }
      }
    }
    return found;
  }

  private static List<String> comments(String line) {
    List<String> texts = new ArrayList<>();
    for (JsonNode comment : tree(line).get("comments")) {
      texts.add(comment.get("body").asText("").strip());
    }
    texts.removeIf(String::isEmpty);
    return texts;
  }

  private static JsonNode tree(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Messages of a group: whether they are spam. */
  List<LabelledExample> spam() {
    List<LabelledExample> found = new ArrayList<>();
    for (Map.Entry<String, Boolean> file : Map.of("ham", false, "spam", true).entrySet()) {
      lines(folder.resolve("tg-spam/" + file.getKey() + "-samples-odd.txt")).stream().filter(l -> !l.isBlank())
          .forEach(l -> found.add(new LabelledExample(List.of(l.strip()), file.getValue(), "")));
    }
    found.sort(java.util.Comparator.comparing(l -> l.texts().getFirst()));
    return found;
  }

  /** All lines of the meetings in their order, the scribe's marks taken off. */
  List<Line> meetings() {
    List<Line> found = new ArrayList<>();
    for (Path log : files("w3c-minutes", ".log")) {
      for (String line : lines(log)) {
        Matcher said = MEETING_LINE.matcher(line);
        if (said.matches() && !said.group(2).isBlank()) {
          line(said.group(2).strip(), log.getFileName().toString()).ifPresent(found::add);
        }
      }
    }
    return found;
  }

  private static java.util.Optional<Line> line(String text, String meeting) {
    Matcher mark = MARK.matcher(text);
    boolean marked = mark.find();
    String rest = marked ? text.substring(mark.end()).strip() : text;
    return rest.isEmpty() || HEADING.matcher(rest).matches() ? java.util.Optional.empty()
        : java.util.Optional.of(new Line(rest, marked, NOISE.matcher(rest).matches(), meeting));
  }

  /** Unlabelled talk by script, to set the heads against. */
  Map<Script, List<String>> talk(int size) {
    List<String> latin = new ArrayList<>(ScoringModelTrainer.sample(irc(), size / 3));
    latin.addAll(ScoringModelTrainer.sample(meetings().stream().filter(l -> !l.noise).map(Line::text).toList(), size / 3));
    latin.addAll(ScoringModelTrainer.sample(spoken(), size / 3));
    List<String> cyrillic = spam().stream().filter(l -> !l.label()).map(l -> l.texts().getFirst())
        .filter(t -> Script.of(t) == Script.CYRILLIC).toList();
    return Map.of(Script.LATIN, latin, Script.CYRILLIC, cyrillic);
  }

  private List<String> irc() {
    List<String> said = new ArrayList<>();
    for (Path log : files("irc-disentanglement", ".ascii.txt")) {
      lines(log).stream().map(IRC::matcher).filter(Matcher::matches).map(m -> m.group(1).strip()).filter(t -> !t.isEmpty())
          .forEach(said::add);
    }
    return said;
  }

  private List<String> spoken() {
    List<String> said = new ArrayList<>();
    for (String meeting : lines(folder.resolve("qmsum/val.jsonl"))) {
      for (JsonNode turn : tree(meeting).get("meeting_transcripts")) {
        String text = turn.get("content").asText("").strip();
        said.add(text.length() > 600 ? text.substring(0, 600) : text);
      }
    }
    said.removeIf(String::isEmpty);
    return said;
  }

  private List<Path> files(String set, String suffix) {
    try (Stream<Path> files = Files.list(folder.resolve(set))) {
      return files.filter(f -> f.toString().endsWith(suffix)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> lines(Path file) {
    try {
      return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Texts without repetition, in their order. */
  static Set<String> distinct(List<LabelledExample> items) {
    Set<String> texts = new HashSet<>();
    items.forEach(item -> texts.addAll(item.texts()));
    return texts;
  }
}
