package tasktracker.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import tasktracker.knowledge.EvaluationMessages;
import tasktracker.knowledge.LabelledChat;
import tasktracker.knowledge.MeetingMinutes;
import tasktracker.knowledge.TelegramChat;
import tasktracker.knowledge.analyst.AnalystMessage;
import tasktracker.scoring.RankingMetrics;
import tasktracker.scoring.VectorCache;
import tasktracker.task.TaskMatches.ListedTask;
import tasktracker.task.analyst.DecidedTask;
import tasktracker.task.analyst.TaskAnalystInput;
import tasktracker.task.analyst.TaskCandidate;
import tasktracker.task.analyst.TaskValidator;
import tasktracker.task.builtin.BuiltInTaskAnalyst;
import tasktracker.task.builtin.TaskScores;

/** Evaluates the built-in task analyst and prints a table. Called by {@code bin/evaluate-tasks}; see docs/tasks.md. */
public final class TaskEvaluation {

  private static final ZoneId ZONE = ZoneId.of("Europe/Kyiv");
  private static final Path SAMPLE = Path.of("src/main/resources/demo/chat.json");
  private static final Path SAMPLE_TASKS = Path.of("src/test/resources/evaluation/sample-chat-knowledge.json");
  private static final Path MADE_UP = Path.of("src/test/resources/evaluation/made-up-chats.txt");
  private static final Path MADE_UP_TASKS = Path.of("src/test/resources/evaluation/made-up-chats-tasks.txt");
  private static final double[] BOUNDS = {0.6, 1, 1.2, 1.4, 1.8, 2.2, 2.6, 3, 3.5, Double.POSITIVE_INFINITY};
  private static final int PARTS = 5;
  private static final int UNMARKED_STEP = 10;

  private final EvaluationMessages factory;
  private final boolean prints;
  private final int[] right = new int[BOUNDS.length];
  private final int[] all = new int[BOUNDS.length];

  private TaskEvaluation(EvaluationMessages factory, boolean prints) {
    this.factory = factory;
    this.prints = prints;
  }

  public static void main(String[] args) throws IOException {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i + 1 < args.length; i += 2) {
      options.put(args[i].substring(2), args[i + 1]);
    }
    try (VectorCache vectors = new VectorCache(Path.of(options.getOrDefault("cache", "target/evaluate-vectors.bin")))) {
      new TaskEvaluation(new EvaluationMessages(vectors), "yes".equals(options.get("print"))).print(Path.of(options.getOrDefault("data",
          "../shared/data")), options);
    }
  }

  private void print(Path data, Map<String, String> options) throws IOException {
    System.out.printf(Locale.ROOT, "%-52s %7s %6s  %s%n", "set", "n", "pos.", "figures");
    printChat("sample chat", TelegramChat.read(SAMPLE, factory), sampleTasks());
    printMadeUp();
    Path emails = data.resolve("email-intent/Ask0729-fixed.txt");
    if (Files.exists(emails)) {
      printEmails(emails);
    }
    Path minutes = Path.of(options.getOrDefault("minutes", data.resolve("w3c-minutes").toString()));
    if (Files.isDirectory(minutes)) {
      List<MeetingMinutes> meetings = MeetingMinutes.readAll(minutes);
      printMinutes("minutes, actions", meetings, true);
      printMinutes("minutes, actions, decisions and proposals", meetings, false);
    }
  }

  // Reference lists of chats.

  private static List<ListedTask> sampleTasks() throws IOException {
    List<ListedTask> tasks = new ArrayList<>();
    for (JsonNode task : new ObjectMapper().readTree(SAMPLE_TASKS.toFile()).get("tasks")) {
      List<UUID> evidence = new ArrayList<>();
      task.get("evidence").forEach(number -> evidence.add(TelegramChat.id(number.asLong())));
      tasks.add(new ListedTask(evidence, task.get("assignee").isNull() ? null : task.get("assignee").asText(),
          task.get("due").isNull() ? null : task.get("due").asText()));
    }
    return tasks;
  }

  private static List<List<ListedTask>> madeUpTasks() throws IOException {
    List<List<ListedTask>> chats = new ArrayList<>();
    for (String line : Files.readAllLines(MADE_UP_TASKS)) {
      if (line.startsWith("== ")) {
        chats.add(new ArrayList<>());
      } else if (!line.isBlank() && !line.startsWith("# ")) {
        String[] fields = line.split(" \\| ", 3);
        int chat = chats.size();
        List<UUID> evidence = Arrays.stream(fields[0].split(" ")).map(number -> LabelledChat.id(chat, number)).toList();
        chats.getLast().add(new ListedTask(evidence, fields[1].equals("-") ? null : fields[1], fields[2].equals("-") ? null : fields[2]));
      }
    }
    return chats;
  }

  private void printMadeUp() throws IOException {
    List<LabelledChat> chats = LabelledChat.readAll(MADE_UP);
    List<List<ListedTask>> tasks = madeUpTasks();
    List<TaskCandidate> found = new ArrayList<>();
    List<ListedTask> listed = new ArrayList<>();
    Map<UUID, String> texts = new HashMap<>();
    int messages = 0;
    for (int c = 0; c < chats.size(); c++) {
      List<AnalystMessage> read = chats.get(c).messages().stream().map(factory::of).toList();
      messages += read.size();
      TaskMatches matches = analyze(read, tasks.get(c));
      found.addAll(matches.found());
      listed.addAll(matches.listed());
      read.forEach(message -> texts.put(message.id(), message.text()));
    }
    printMatches("made-up chats", messages, new TaskMatches(found, listed, texts::get));
    for (int b = 0; b + 1 < BOUNDS.length; b++) {
      System.out.printf(Locale.ROOT, "%-52s %7d %6d  precision here %.2f%n", "both: score from " + BOUNDS[b], all[b], right[b],
          right[b] / (double) Math.max(1, all[b]));
    }
  }

  private void printChat(String name, List<AnalystMessage> messages, List<ListedTask> listed) {
    printMatches(name, messages.size(), analyze(messages, listed));
  }

  private TaskMatches analyze(List<AnalystMessage> messages, List<ListedTask> listed) {
    Map<UUID, String> texts = new HashMap<>();
    messages.forEach(message -> texts.put(message.id(), message.text()));
    TaskAnalystInput input = TaskAnalystInput.of(messages, List.of(), ZONE);
    List<TaskCandidate> found = new BuiltInTaskAnalyst().analyze(input);
    TaskMatches matches = new TaskMatches(found, listed, texts::get);
    List<Double> scores = TaskScores.ofCandidates(input);
    for (int i = 0; i < found.size(); i++) {
      double score = scores.get(i);
      int bin = IntStream.range(0, BOUNDS.length - 1).filter(b -> score >= BOUNDS[b] && score < BOUNDS[b + 1]).findFirst().orElse(0);
      all[bin]++;
      right[bin] += matches.pairs().containsKey(found.get(i)) ? 1 : 0;
      if (prints) {
        TaskCandidate task = found.get(i);
        String due = task.due() == null
            ? "-"
            : texts.get(task.due().quote().messageId()).substring(task.due().quote().start(),
                task.due().quote().end()) + " " + task.due().phrase().value().toLocalDateTime();
        System.out.printf(Locale.ROOT, "%s %4d %.2f %s | %s | %s | %s %s %s%n", matches.pairs().containsKey(task) ? "+" : "-",
            TelegramChat.number(task.quotes().getFirst().messageId()), score, task.title(), task.assigneeName(), due, task.reason().code(),
            task.category(), task.priority());
      }
    }
    if (prints) {
      matches.missed().forEach(task -> System.out.printf(Locale.ROOT, "missed %d %s | %s | %s%n",
          TelegramChat.number(task.evidence().getFirst()), texts.get(task.evidence().getFirst()), task.assignee(), task.due()));
      TaskValidator.validate(input, found).refused().forEach(refusal -> System.out.println("refused " + refusal));
    }
    return matches;
  }

  private static void printMatches(String name, int messages, TaskMatches matches) {
    System.out.printf(Locale.ROOT, "%-52s %7d %6d  %s%n", name, messages, matches.listed().size(), matches);
  }

  // Sentences of mail.

  private void printEmails(Path file) throws IOException {
    List<String[]> lines = new ArrayList<>();
    for (String line : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList()) {
      if (line.indexOf('\t') > 0) {
        lines.add(line.split("\t", 2));
      }
    }
    double[] scores = new double[lines.size()];
    for (int i = 0; i < scores.length; i++) {
      EvaluationMessages.Source source = EvaluationMessages.Source.of(new UUID(5, i), "Sender", java.time.Instant.EPOCH, lines.get(i)[1]);
      scores[i] = TaskScores.of(TaskAnalystInput.of(List.of(factory.of(source)), List.of(), ZONE))[0];
    }
    for (boolean isTunedOn : new boolean[]{true, false}) {
      int[] part = IntStream.range(0, scores.length).filter(i -> isTunedOn(lines.get(i)[1]) == isTunedOn).toArray();
      boolean[] labels = new boolean[part.length];
      IntStream.range(0, part.length).forEach(i -> labels[i] = lines.get(part[i])[0].equalsIgnoreCase("yes"));
      print("email-intent, " + (isTunedOn ? "tuned on" : "not tuned on"), new RankingMetrics(
          Arrays.stream(part).mapToDouble(i -> scores[i]).toArray(), labels,
          Arrays.stream(part).map(i -> lines.get(i)[1].length()).toArray()));
      if (prints && isTunedOn) {
        Arrays.stream(part).limit(2500).filter(i -> scores[i] > 1.5 != lines.get(i)[0].equalsIgnoreCase("yes"))
            .forEach(i -> System.out.printf(Locale.ROOT, "%s %.2f %s%n", lines.get(i)[0], scores[i], lines.get(i)[1]));
      }
    }
  }

  private static void print(String name, RankingMetrics metrics) {
    System.out.printf(Locale.ROOT, "%-52s %7d %6d  AUC %.3f +- %.3f (similar length %s), R-precision %.3f%n", name, metrics.labels().length,
        metrics.positives(), metrics.auc(), metrics.confidenceHalfWidth(), metrics.lengthMatchedAuc(), metrics.rPrecision());
  }

  // Minutes of meetings.

  private record Rated(AnalystMessage message, boolean label, int meeting, double alone, double raw) {}

  private void printMinutes(String name, List<MeetingMinutes> meetings, boolean onlyActions) {
    for (boolean isTunedOn : new boolean[]{true, false}) {
      List<Rated> lines = new ArrayList<>();
      List<MeetingMinutes> part = meetings.stream().filter(m -> isTunedOn(m.name()) == isTunedOn).toList();
      for (int m = 0; m < part.size(); m++) {
        List<MeetingMinutes.Line> read = part.get(m).lines();
        List<AnalystMessage> messages = read.stream().map(line -> factory.of(line.source())).toList();
        double[] scores = TaskScores.confidences(TaskAnalystInput.of(messages, List.of(), ZONE));
        double[] raw = TaskScores.of(TaskAnalystInput.of(messages, List.of(), ZONE));
        for (int i = 0; i < scores.length; i++) {
          if (!read.get(i).isNoise()) {
            lines.add(new Rated(messages.get(i), onlyActions ? read.get(i).isAction() : read.get(i).isMarked(), m, scores[i], raw[i]));
          }
        }
      }
      String set = name + (isTunedOn ? ", tuned on" : ", not tuned on");
      print(set, metrics(lines, lines.stream().mapToDouble(Rated::alone).toArray()));
      print(set + ", learned", metrics(lines, learned(lines)));
      printBins(set, lines);
      if (prints && isTunedOn && onlyActions) {
        lines.stream().filter(line -> line.label || line.alone > 0)
            .forEach(line -> System.out.printf(Locale.ROOT, "%s %.2f %.2f %s%n", line.label ? "+" : "-", line.alone, line.raw,
                line.message.text()));
      }
    }
  }

  /** The precision at each score, for the table of confidences. */
  private static void printBins(String set, List<Rated> lines) {
    double[] bounds = {1.2, 2, 3, 3.5, 4, 4.5, 5, 6, Double.POSITIVE_INFINITY};
    for (int b = 0; b + 1 < bounds.length; b++) {
      double low = bounds[b];
      double high = bounds[b + 1];
      List<Rated> between = lines.stream().filter(line -> line.raw >= low && line.raw < high).toList();
      System.out.printf(Locale.ROOT, "%-52s %7d %6d%n", set + ": score from " + low, between.size(),
          between.stream().filter(Rated::label).count());
    }
  }

  private static RankingMetrics metrics(List<Rated> lines, double[] scores) {
    boolean[] labels = new boolean[lines.size()];
    IntStream.range(0, labels.length).forEach(i -> labels[i] = lines.get(i).label);
    return new RankingMetrics(scores, labels, lines.stream().mapToInt(line -> line.message.text().length()).toArray());
  }

  /** The scores with what the other meetings teach. */
  private static double[] learned(List<Rated> lines) {
    double[] scores = new double[lines.size()];
    for (int p = 0; p < PARTS; p++) {
      int tested = p;
      List<DecidedTask> decided = IntStream.range(0, lines.size()).filter(i -> lines.get(i).meeting % PARTS != tested)
          .filter(i -> lines.get(i).label || i % UNMARKED_STEP == 0).mapToObj(lines::get)
          .map(line -> new DecidedTask(line.message.text(), line.message.vector(), line.label)).toList();
      int[] rest = IntStream.range(0, lines.size()).filter(i -> lines.get(i).meeting % PARTS == tested).toArray();
      double[] adjustments = TaskScores.adjustments(decided, Arrays.stream(rest).mapToObj(i -> lines.get(i).message).toList());
      for (int i = 0; i < rest.length; i++) {
        scores[rest[i]] = lines.get(rest[i]).raw + adjustments[i];
      }
    }
    return scores;
  }

  /** Half of the texts or meetings, chosen by their names. */
  private static boolean isTunedOn(String name) {
    CRC32 crc = new CRC32();
    crc.update(name.getBytes(StandardCharsets.UTF_8));
    return crc.getValue() % 2 == 0;
  }
}
