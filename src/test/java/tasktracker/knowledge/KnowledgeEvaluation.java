package tasktracker.knowledge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import tasktracker.knowledge.analyst.AnalystInput;
import tasktracker.knowledge.analyst.AnalystMessage;
import tasktracker.knowledge.analyst.AtomCandidate;
import tasktracker.knowledge.analyst.AtomType;
import tasktracker.knowledge.analyst.DecidedAtom;
import tasktracker.knowledge.builtin.BuiltInAnalyst;
import tasktracker.knowledge.builtin.BuiltInScores;
import tasktracker.knowledge.builtin.TypeModel;
import tasktracker.scoring.RankingMetrics;
import tasktracker.scoring.VectorCache;

/**
 * Evaluates the built-in analyst on labelled sets and prints a table. Called by {@code bin/evaluate --knowledge}. Of the
 * sets that were used for tuning, the meetings and days that were tuned on are reported apart from the others.
 */
public final class KnowledgeEvaluation {

  private static final int PARTS = 5;
  /** Every tenth unmarked line of other meetings is used for training. */
  private static final int UNMARKED_STEP = 10;
  private static final int RESAMPLES = 1000;
  /** The maximum number of atoms per hundred messages in the product. */
  private static final int CAP_PERCENT = 30;
  /** The number of made-up chats whose words were looked at when the cue phrases were written. */
  private static final int TUNED_CHATS = 5;
  private static final Path SAMPLE = Path.of("src/main/resources/demo/chat.json");
  private static final Path REFERENCE = Path.of("src/test/resources/evaluation/sample-chat-knowledge.json");
  private static final Path MADE_UP = Path.of("src/test/resources/evaluation/made-up-chats.txt");

  private final EvaluationMessages factory;

  private KnowledgeEvaluation(EvaluationMessages factory) {
    this.factory = factory;
  }

  public static void main(String[] args) throws IOException {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i + 1 < args.length; i += 2) {
      options.put(args[i].substring(2), args[i + 1]);
    }
    Path data = Path.of(options.getOrDefault("data", "../shared/data"));
    try (VectorCache vectors = new VectorCache(Path.of(options.getOrDefault("cache", "target/evaluate-vectors.bin")))) {
      KnowledgeEvaluation evaluation = new KnowledgeEvaluation(new EvaluationMessages(vectors));
      if (options.containsKey("train")) {
        evaluation.train(Path.of(options.get("train")));
      }
      evaluation.print(data, options);
    }
  }

  private void train(Path root) throws IOException {
    TypeModel model = TypeModelTrainer.train(TypeModelTrainer.examples(LabelledChat.readAll(MADE_UP), factory));
    for (String tree : List.of("src/main/resources", "target/classes")) {
      TypeModelTrainer.write(model, root.resolve(tree).resolve(TypeModel.RESOURCE));
    }
  }

  private void print(Path data, Map<String, String> options) throws IOException {
    System.out.printf(Locale.ROOT, "%-58s %7s %6s  %s%n", "set", "n", "pos.", "figures (95 % interval)");
    if (options.containsKey("minutes")) {
      printMinutes("minutes", MeetingMinutes.readAll(Path.of(options.get("minutes"))));
    } else if (Files.isDirectory(data.resolve("w3c-minutes"))) {
      List<MeetingMinutes> meetings = MeetingMinutes.readAll(data.resolve("w3c-minutes"));
      printMinutes("w3c-minutes, not tuned on", meetings.stream().filter(m -> !isTunedOn(m.name())).toList());
      printMinutes("w3c-minutes, tuned on", meetings.stream().filter(m -> isTunedOn(m.name())).toList());
    }
    if (!options.containsKey("minutes") && !options.containsKey("irc")) {
      printReference("sample chat", TelegramChat.read(SAMPLE, factory), LabelledChat.readReference(REFERENCE, TelegramChat::id));
      List<LabelledChat> madeUp = LabelledChat.readAll(MADE_UP);
      printLeftOut("made-up chats, words tuned on", madeUp, c -> c < TUNED_CHATS);
      printLeftOut("made-up chats, words not tuned on", madeUp, c -> c >= TUNED_CHATS);
    }
    if (options.containsKey("irc")) {
      printChats("irc", IrcLog.readAll(Path.of(options.get("irc"))));
    } else if (Files.isDirectory(data.resolve("irc-disentanglement"))) {
      List<IrcLog> days = IrcLog.readAll(data.resolve("irc-disentanglement"));
      printChats("irc-disentanglement, not tuned on", IntStream.range(0, days.size()).filter(i -> i % 2 == 1).mapToObj(days::get).toList());
      printChats("irc-disentanglement, tuned on", IntStream.range(0, days.size()).filter(i -> i % 2 == 0).mapToObj(days::get).toList());
    }
  }

  /** How many atoms of a reference list are found, and how many found ones are on it; with and without the product's cap. */
  private void printReference(String name, List<AnalystMessage> messages, List<LabelledChat.LabelledAtom> reference) {
    int candidates = (int) messages.stream().filter(AnalystMessage::isCandidate).count();
    for (int cap : new int[]{candidates * CAP_PERCENT / 100, Integer.MAX_VALUE}) {
      List<AtomCandidate> atoms = new BuiltInAnalyst().analyze(new AnalystInput(messages, List.of(), List.of(), cap)).atoms();
      System.out.printf(Locale.ROOT, "%-58s %7d %6d  %s%n",
          name + (cap < Integer.MAX_VALUE ? ", at most " + cap + " atoms" : ", all atoms"),
          candidates, reference.size(), new AtomMatches(atoms, reference));
    }
  }

  /** The precision of the most likely type by its probability: each made-up chat with a model of the others. */
  private void printLeftOut(String name, List<LabelledChat> chats, IntPredicate isReported) {
    List<TypeModelTrainer.Example> examples = TypeModelTrainer.examples(chats, factory);
    Map<UUID, double[]> best = new LinkedHashMap<>();
    Map<UUID, Integer> labels = new HashMap<>();
    for (int left : IntStream.range(0, chats.size()).filter(isReported).toArray()) {
      TypeModel model = TypeModelTrainer.train(examples.stream().filter(e -> e.chat() != left).toList());
      for (TypeModelTrainer.Example example : examples.stream().filter(e -> e.chat() == left).toList()) {
        double[] probabilities = TypeModelTrainer.probabilities(model, example.features());
        int type = IntStream.range(0, TypeModel.CLASSES - 1).boxed().max(Comparator.comparingDouble(k -> probabilities[k])).orElseThrow();
        labels.put(example.message(), example.label());
        best.merge(example.message(), new double[]{probabilities[type], type}, (a, b) -> b[0] > a[0] ? b : a);
      }
    }
    int atoms = (int) labels.values().stream().filter(label -> label < TypeModel.CLASSES - 1).count();
    double[] bounds = {0.2, 0.3, 0.4, 0.6, 0.8, 1};
    for (int b = 0; b + 1 < bounds.length; b++) {
      double low = bounds[b];
      double high = bounds[b + 1];
      List<UUID> from = best.keySet().stream().filter(id -> best.get(id)[0] >= low).toList();
      List<UUID> between = from.stream().filter(id -> best.get(id)[0] < high).toList();
      System.out.printf(Locale.ROOT, "%-58s %7d %6d  precision here %.2f (n %d); from here: recall %.2f, precision %.2f%n",
          name + ", probability from " + low, labels.size(), atoms, share(between, best, labels), between.size(),
          right(from, best, labels) / (double) atoms, share(from, best, labels));
    }
  }

  private static long right(List<UUID> ids, Map<UUID, double[]> best, Map<UUID, Integer> labels) {
    return ids.stream().filter(id -> (int) best.get(id)[1] == labels.get(id)).count();
  }

  private static double share(List<UUID> ids, Map<UUID, double[]> best, Map<UUID, Integer> labels) {
    return right(ids, best, labels) / (double) Math.max(1, ids.size());
  }

  /** Half of the meetings, chosen by their names. */
  private static boolean isTunedOn(String name) {
    java.util.zip.CRC32 crc = new java.util.zip.CRC32();
    crc.update(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return crc.getValue() % 2 == 0;
  }

  // Decisions and actions.

  /** A line with content, its label, and its scores without and with what other meetings teach. */
  private record Rated(AnalystMessage message, boolean label, int meeting, double alone, double[] trained) {}

  private void printMinutes(String name, List<MeetingMinutes> meetings) {
    List<Rated> lines = new ArrayList<>();
    for (int m = 0; m < meetings.size(); m++) {
      List<MeetingMinutes.Line> all = meetings.get(m).lines();
      List<AnalystMessage> messages = all.stream().map(line -> factory.of(line.source())).toList();
      double[] scores = new BuiltInScores(messages).meetingDecisions();
      for (int i = 0; i < all.size(); i++) {
        if (!all.get(i).isNoise()) {
          lines.add(new Rated(messages.get(i), all.get(i).isMarked(), m, Math.max(-20, scores[i]), new double[1]));
        }
      }
    }
    train(lines);
    printRanking(name + ": decisions and actions, no labels", lines, Rated::alone);
    printPrecision(name, lines);
    printRanking(name + ": the same, learned from other meetings", lines, line -> line.trained[0]);
    printCutting(name + ": items of the agenda", meetings);
  }

  /** The precision at each score without labels, for the table of confidences. */
  private static void printPrecision(String name, List<Rated> lines) {
    double[] bounds = {3, 3.5, 4, 4.5, 5, 6, Double.POSITIVE_INFINITY};
    for (int b = 0; b + 1 < bounds.length; b++) {
      double low = bounds[b];
      double high = bounds[b + 1];
      List<Rated> between = lines.stream().filter(line -> line.alone >= low && line.alone < high).toList();
      System.out.printf(Locale.ROOT, "%-58s %7d %6d  precision here %.2f%n", name + ": score from " + low, between.size(),
          between.stream().filter(Rated::label).count(),
          between.stream().filter(Rated::label).count() / (double) Math.max(1, between.size()));
    }
  }

  private static void train(List<Rated> lines) {
    for (int part = 0; part < PARTS; part++) {
      int tested = part;
      List<DecidedAtom> decided = IntStream.range(0, lines.size()).filter(i -> lines.get(i).meeting % PARTS != tested)
          .filter(i -> lines.get(i).label || i % UNMARKED_STEP == 0).mapToObj(lines::get)
          .map(line -> new DecidedAtom(AtomType.DECISION, line.message.text(), line.message.vector(), line.label)).toList();
      List<Rated> rest = lines.stream().filter(line -> line.meeting % PARTS == tested).toList();
      double[] adjustments = BuiltInScores.adjustments(decided, rest.stream().map(Rated::message).toList());
      for (int i = 0; i < adjustments.length; i++) {
        rest.get(i).trained[0] = rest.get(i).alone + adjustments[i];
      }
    }
  }

  private static void printRanking(String name, List<Rated> lines, ToDoubleFunction<Rated> score) {
    RankingMetrics metrics = metrics(lines, score);
    if (metrics.positives() == 0) {
      return;
    }
    int[][] byMeeting = groups(lines.stream().mapToInt(Rated::meeting).toArray());
    double[] interval = interval(byMeeting.length, sample -> {
      List<Rated> drawn = Arrays.stream(sample).boxed().flatMap(g -> Arrays.stream(byMeeting[g]).mapToObj(lines::get)).toList();
      RankingMetrics resampled = metrics(drawn, score);
      return resampled.positives() == 0 ? Double.NaN : resampled.rPrecision();
    });
    System.out.printf(Locale.ROOT, "%-58s %7d %6d  AUC %.3f +- %.3f (similar length %s), R-precision %.3f (%.3f to %.3f)%n", name,
        lines.size(),
        metrics.positives(), metrics.auc(), metrics.confidenceHalfWidth(), metrics.lengthMatchedAuc(), metrics.rPrecision(), interval[0],
        interval[1]);
  }

  private static RankingMetrics metrics(List<Rated> lines, ToDoubleFunction<Rated> score) {
    boolean[] labels = new boolean[lines.size()];
    IntStream.range(0, labels.length).forEach(i -> labels[i] = lines.get(i).label);
    return new RankingMetrics(lines.stream().mapToDouble(score).toArray(), labels,
        lines.stream().mapToInt(line -> line.message.text().length()).toArray());
  }

  private static int[][] groups(int[] groupOf) {
    int count = Arrays.stream(groupOf).max().orElse(-1) + 1;
    return IntStream.range(0, count).mapToObj(g -> IntStream.range(0, groupOf.length).filter(i -> groupOf[i] == g).toArray())
        .toArray(int[][]::new);
  }

  /** The 95 % interval of a figure by the bootstrap over groups. */
  private static double[] interval(int groups, ToDoubleFunction<int[]> figure) {
    Random random = new Random(16);
    int resamples = groups > 50 ? RESAMPLES / 5 : RESAMPLES;
    double[] figures = IntStream.range(0, resamples)
        .mapToDouble(r -> figure.applyAsDouble(IntStream.range(0, groups).map(g -> random.nextInt(groups)).toArray()))
        .filter(f -> !Double.isNaN(f)).sorted().toArray();
    return new double[]{figures[(int) (0.025 * figures.length)], figures[(int) (0.975 * figures.length)]};
  }

  // Cutting meetings and grouping free chat.

  /** Pairs of messages: those together in both, in what was found, and in the labels; and Pk where there is an order. */
  private record Agreement(long both, long found, long labelled, double pk, int size) {

    static Agreement of(int[] found, int[] labels) {
      return new Agreement(pairs(IntStream.range(0, found.length).mapToObj(i -> found[i] + " " + labels[i]).toList()),
          pairs(Arrays.stream(found).boxed().toList()), pairs(Arrays.stream(labels).boxed().toList()), pk(found, labels), found.length);
    }

    private static long pairs(List<?> groups) {
      Map<Object, Long> counts = new HashMap<>();
      groups.forEach(group -> counts.merge(group, 1L, Long::sum));
      return counts.values().stream().mapToLong(n -> n * (n - 1) / 2).sum();
    }

    /** Beeferman, Berger and Lafferty (1999), with half of the mean length of an item. */
    private static double pk(int[] found, int[] labels) {
      long items = Arrays.stream(labels).distinct().count();
      int k = Math.max(2, (int) Math.round(labels.length / (2.0 * items)));
      return IntStream.range(0, labels.length - k)
          .mapToDouble(i -> (labels[i] == labels[i + k]) == (found[i] == found[i + k]) ? 0 : 1).average().orElse(Double.NaN);
    }
  }

  private static double f1(List<Agreement> agreements) {
    double both = agreements.stream().mapToLong(Agreement::both).sum();
    return 2 * both / agreements.stream().mapToLong(a -> a.found + a.labelled).sum();
  }

  private static double meanPk(List<Agreement> agreements) {
    return agreements.stream().mapToDouble(Agreement::pk).filter(pk -> !Double.isNaN(pk)).average().orElse(Double.NaN);
  }

  private void printCutting(String name, List<MeetingMinutes> meetings) {
    List<Agreement> found = new ArrayList<>();
    List<Agreement> uncut = new ArrayList<>();
    for (MeetingMinutes meeting : meetings.stream().filter(m -> m.items() > 1).toList()) {
      int[] labels = meeting.lines().stream().mapToInt(MeetingMinutes.Line::item).toArray();
      found.add(Agreement.of(new BuiltInScores(meeting.lines().stream().map(line -> factory.of(line.source())).toList()).items(), labels));
      uncut.add(Agreement.of(new int[labels.length], labels));
    }
    print(name, found, true);
    print(name + ", no cut", uncut, true);
  }

  private void printChats(String name, List<IrcLog> days) {
    List<Agreement> found = new ArrayList<>();
    for (IrcLog day : days) {
      int[] conversations = new BuiltInScores(day.messages().stream().map(factory::of).toList()).conversations();
      int[] annotated = IntStream.range(0, conversations.length).filter(i -> day.annotated().contains(day.lines().get(i))).toArray();
      found.add(Agreement.of(Arrays.stream(annotated).map(i -> conversations[i]).toArray(),
          Arrays.stream(annotated).map(i -> day.conversationOf().get(day.lines().get(i))).toArray()));
    }
    print(name + ": conversations", found, false);
  }

  private static void print(String name, List<Agreement> agreements, boolean isOrdered) {
    double[] f1 = interval(agreements.size(), sample -> f1(Arrays.stream(sample).mapToObj(agreements::get).toList()));
    String pk = "";
    if (isOrdered) {
      double[] interval = interval(agreements.size(), sample -> meanPk(Arrays.stream(sample).mapToObj(agreements::get).toList()));
      pk = String.format(Locale.ROOT, "Pk %.3f (%.3f to %.3f), ", meanPk(agreements), interval[0], interval[1]);
    }
    System.out.printf(Locale.ROOT, "%-58s %7d %6d  %spair F1 %.3f (%.3f to %.3f)%n", name,
        agreements.stream().mapToInt(Agreement::size).sum(),
        agreements.size(), pk, f1(agreements), f1[0], f1[1]);
  }
}
