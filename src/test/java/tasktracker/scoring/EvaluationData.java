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
import tasktracker.scoring.model.Script;

/** Reads the data sets for evaluation in their original formats. */
final class EvaluationData {

  /** A line of meeting minutes, and whether the scribe marked it as a decision or an action. */
  record Line(String text, boolean marked, boolean noise, String meeting) {}

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern MEETING_LINE = Pattern.compile("^\\[[^\\]]+\\]\\s+<([^>]+)>\\s+(.*)$");
  private static final Pattern MARK = Pattern.compile("(?i)^\\s*(ACTION|RESOLVED|RESOLUTION|PROPOSAL|PROPOSED|PROPOSE)\\s*:\\s*");
  private static final Pattern HEADING = Pattern.compile("(?i)^(topic|subtopic|agenda|scribe|scribenick|chair|chairs)\\b.*:.*");
  private static final Pattern NOISE = Pattern
      .compile("(?i)^(present\\+.*|q[+\\-?].*|ack .*|regrets\\+.*|[+-]1|zakim.*|rrsagent.*|voip.*)$");
  private static final Pattern DECLARED = Pattern.compile("(?i)^(ACTION|RESOLVED|RESOLUTION)\\s*:");
  private static final Pattern IRC_AUTHOR = Pattern.compile("^\\[\\d\\d:\\d\\d\\] <([^>]+)> (.*)$");
  private static final Pattern IRC = Pattern.compile("^\\[\\d\\d:\\d\\d\\] <[^>]+> (.*)$");

  private final Path folder;

  EvaluationData(Path folder) {
    this.folder = folder;
  }

  boolean has(String set) {
    return Files.isDirectory(folder.resolve(set));
  }

  /** Sentences of emails, labelled as requests and promises or other. */
  List<LabelledExample> emails() {
    return readLines(folder.resolve("email-intent/Ask0729-fixed.txt")).stream().filter(l -> l.indexOf('\t') > 0)
        .map(l -> new LabelledExample(List.of(l.substring(l.indexOf('\t') + 1).strip()), l.startsWith("Yes"), ""))
        .filter(l -> !l.texts().getFirst().isEmpty()).toList();
  }

  /** Dialogues of a project, labelled as feature requests or other. */
  List<LabelledExample> featureRequests(String project) {
    List<LabelledExample> found = new ArrayList<>();
    for (String kind : List.of("feature", "other")) {
      for (String line : readLines(folder.resolve("frminer/" + project + "_target_" + kind + ".txt"))) {
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
    for (JsonNode comment : parse(line).get("comments")) {
      texts.add(comment.get("body").asText("").strip());
    }
    texts.removeIf(String::isEmpty);
    return texts;
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Messages of a group chat, labelled as spam or not. */
  List<LabelledExample> spam() {
    List<LabelledExample> found = new ArrayList<>();
    for (Map.Entry<String, Boolean> file : Map.of("ham", false, "spam", true).entrySet()) {
      readLines(folder.resolve("tg-spam/" + file.getKey() + "-samples-odd.txt")).stream().filter(l -> !l.isBlank())
          .forEach(l -> found.add(new LabelledExample(List.of(l.strip()), file.getValue(), "")));
    }
    found.sort(java.util.Comparator.comparing(l -> l.texts().getFirst()));
    return found;
  }

  /** All lines of the meetings in their order, without the scribe's marks. */
  List<Line> meetings() {
    List<Line> found = new ArrayList<>();
    for (Path log : listFiles("w3c-minutes", ".log")) {
      for (String line : readLines(log)) {
        Matcher matcher = MEETING_LINE.matcher(line);
        if (matcher.matches() && !matcher.group(2).isBlank()) {
          parseLine(matcher.group(2).strip(), log.getFileName().toString()).ifPresent(found::add);
        }
      }
    }
    return found;
  }

  private static java.util.Optional<Line> parseLine(String text, String meeting) {
    Matcher mark = MARK.matcher(text);
    boolean marked = mark.find();
    String rest = marked ? text.substring(mark.end()).strip() : text;
    return rest.isEmpty() || HEADING.matcher(rest).matches()
        ? java.util.Optional.empty()
        : java.util.Optional.of(new Line(rest, marked, NOISE.matcher(rest).matches(), meeting));
  }

  /** Unlabelled messages by script. */
  Map<Script, List<String>> unlabelled(int size) {
    List<String> latin = new ArrayList<>(ScoringModelTrainer.sample(readIrc(), size / 3));
    latin.addAll(ScoringModelTrainer.sample(meetings().stream().filter(l -> !l.noise).map(Line::text).toList(), size / 3));
    latin.addAll(ScoringModelTrainer.sample(readSpoken(), size / 3));
    List<String> cyrillic = spam().stream().filter(l -> !l.label()).map(l -> l.texts().getFirst())
        .filter(t -> Script.of(t) == Script.CYRILLIC).toList();
    return Map.of(Script.LATIN, latin, Script.CYRILLIC, cyrillic);
  }

  /** The lines that scribes marked as actions or decisions, with their marks. */
  List<String> markedLines() {
    return listFiles("w3c-minutes", ".log").stream().flatMap(log -> readLines(log).stream()).map(MEETING_LINE::matcher)
        .filter(Matcher::matches).map(line -> line.group(2).strip()).filter(line -> DECLARED.matcher(line).find()).toList();
  }

  /** Messages of a chat by author. */
  Map<String, List<String>> ircByAuthor() {
    Map<String, List<String>> authors = new java.util.TreeMap<>();
    listFiles("irc-disentanglement", ".ascii.txt").stream().flatMap(log -> readLines(log).stream()).map(IRC_AUTHOR::matcher)
        .filter(Matcher::matches)
        .forEach(line -> authors.computeIfAbsent(line.group(1), name -> new ArrayList<>()).add(line.group(2).strip()));
    return authors;
  }

  /** Ordinary messages of several kinds by the name of the data set. */
  Map<String, List<String>> chats() {
    Map<String, List<String>> chats = new java.util.LinkedHashMap<>();
    chats.put("irc-disentanglement", readIrc());
    for (String project : List.of("angular", "bootstrap")) {
      chats.put("frminer " + project, featureRequests(project).stream().flatMap(dialogue -> dialogue.texts().stream()).toList());
    }
    chats.put("w3c-minutes", meetings().stream().filter(l -> !l.noise).map(Line::text).toList());
    chats.put("qmsum", readSpoken());
    chats.put("dates", Stream.of("no-date", "phrases").flatMap(file -> readLines(folder.resolve("dates/" + file + ".jsonl")).stream())
        .map(line -> parse(line).path("text").asText().strip()).filter(text -> !text.isEmpty()).toList());
    return chats;
  }

  private List<String> readIrc() {
    List<String> texts = new ArrayList<>();
    for (Path log : listFiles("irc-disentanglement", ".ascii.txt")) {
      readLines(log).stream().map(IRC::matcher).filter(Matcher::matches).map(m -> m.group(1).strip()).filter(t -> !t.isEmpty())
          .forEach(texts::add);
    }
    return texts;
  }

  private List<String> readSpoken() {
    List<String> texts = new ArrayList<>();
    for (String meeting : readLines(folder.resolve("qmsum/val.jsonl"))) {
      for (JsonNode turn : parse(meeting).get("meeting_transcripts")) {
        String text = turn.get("content").asText("").strip();
        texts.add(text.length() > 600 ? text.substring(0, 600) : text);
      }
    }
    texts.removeIf(String::isEmpty);
    return texts;
  }

  private List<Path> listFiles(String set, String suffix) {
    try (Stream<Path> files = Files.list(folder.resolve(set))) {
      return files.filter(f -> f.toString().endsWith(suffix)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> readLines(Path file) {
    try {
      return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The distinct texts of the examples. */
  static Set<String> distinctTexts(List<LabelledExample> items) {
    Set<String> texts = new HashSet<>();
    items.forEach(item -> texts.addAll(item.texts()));
    return texts;
  }
}
