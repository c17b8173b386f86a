package tasktracker.scoring;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Measures the judge on labelled talk and prints a table. Called by {@code bin/evaluate}; with {@code --train} it makes
 * the heads anew first. All splits and samples are fixed, so the same data give the same table.
 */
public final class ScoringEvaluation {

  private static final int DRAFTS = 5;
  /** How many unlabelled messages the heads are set against. */
  private static final int TALK = 3000;
  /** Deviations of what a floor rule holds down. */
  private static final double HELD = -2;

  private final VectorCache vectors;
  private final MessageClassifier judge;

  private ScoringEvaluation(VectorCache vectors, MessageClassifier judge) {
    this.vectors = vectors;
    this.judge = judge;
  }

  public static void main(String[] args) throws IOException {
    Map<String, String> options = options(args);
    Path cache = Path.of(options.getOrDefault("cache", "target/evaluate-vectors.bin"));
    try (VectorCache vectors = new VectorCache(cache)) {
      EvaluationData data = new EvaluationData(Path.of(options.getOrDefault("data", "../shared/data")));
      if (options.containsKey("train")) {
        train(vectors, data, Path.of(options.get("train")));
      }
      ScoringEvaluation evaluate = new ScoringEvaluation(vectors, new MessageClassifier());
      if (options.containsKey("labelled")) {
        evaluate.printFolder(Path.of(options.get("labelled")));
      }
      evaluate.printAll(data);
    }
  }

  private static Map<String, String> options(String[] args) {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i + 1 < args.length; i += 2) {
      options.put(args[i].substring(2), args[i + 1]);
    }
    return options;
  }

  private static void train(VectorCache vectors, EvaluationData data, Path root) throws IOException {
    Map<Script, List<String>> talk = data.talk(TALK);
    talk.values().forEach(vectors::prepare);
    List<ScoringModelTrainer.SpamExample> spam = data.spam().stream()
        .map(l -> new ScoringModelTrainer.SpamExample(l.texts().getFirst(), l.label())).toList();
    ScoringModel heads = new ScoringModelTrainer(vectors::of, talk).run(spam);
    for (String tree : List.of("src/main/resources", "target/classes")) {
      try (OutputStream out = Files.newOutputStream(root.resolve(tree).resolve(ScoringModel.RESOURCE))) {
        ScoringModelFile.write(heads, out);
      }
    }
  }

  private void printAll(EvaluationData data) {
    System.out.printf(Locale.ROOT, "%-58s %6s %5s  %-15s %-14s %s%n", "set (what is judged)", "n", "pos.", "AUC +- 95 %",
        "like length", "");
    if (data.has("email-intent")) {
      List<LabelledExample> mail = data.mail();
      print("email-intent (ask_or_promise, no labels)", mail, of(Aspect.ASK_OR_PROMISE), "");
      for (int corrections : List.of(50, 200, 500)) {
        learningCurve(mail, corrections);
      }
    }
    for (String project : data.has("frminer") ? List.of("angular", "bootstrap") : List.<String>of()) {
      List<LabelledExample> dialogues = data.featureRequests(project);
      print("frminer " + project + " (wish, whole dialogue, no labels)", dialogues, of(Aspect.WISH), "");
      print("frminer " + project + " (wish, first message alone)", firsts(dialogues), of(Aspect.WISH), "");
    }
    if (data.has("w3c-minutes")) {
      new MeetingEvaluation(vectors, judge, data).print(this);
    }
    if (data.has("tg-spam")) {
      List<String> talk = data.talk(TALK).get(Script.LATIN);
      Set<String> seen = new HashSet<>(talk);
      List<EvaluationData.Line> lines = data.meetings();
      new SpamEvaluation(data.spam(), talk, IntStream.range(0, lines.size()).filter(i -> i % 20 == 0).mapToObj(lines::get)
          .filter(l -> !l.noise()).map(EvaluationData.Line::text).filter(t -> !seen.contains(t)).toList()).print(this);
    }
  }

  private static List<LabelledExample> firsts(List<LabelledExample> dialogues) {
    return dialogues.stream().map(d -> new LabelledExample(d.texts().subList(0, 1), d.label(), d.group())).toList();
  }

  /** Strength of an aspect in a thread: the best of its first three messages, half the mean and half the best of all. */
  ToDoubleFunction<LabelledExample> of(Aspect aspect) {
    return item -> ThreadScore.strength(item.texts().stream()
        .map(text -> judge.isHeld(text) ? HELD : judge.deviations(text, vectors.of(text)).get(aspect)).toList());
  }

  ToDoubleFunction<LabelledExample> of(ToDoubleFunction<Prediction> part) {
    return item -> ThreadScore.strength(item.texts().stream()
        .map(text -> part.applyAsDouble(judge.judge(text, vectors.of(text), FollowUpSignals.NONE))).toList());
  }

  void print(String name, List<LabelledExample> items, ToDoubleFunction<LabelledExample> score, String more) {
    vectors.prepare(EvaluationData.distinct(items));
    print(name, ranking(items, items.stream().mapToDouble(score).toArray()), more);
  }

  static RankingMetrics ranking(List<LabelledExample> items, double[] scores) {
    boolean[] labels = new boolean[scores.length];
    IntStream.range(0, scores.length).forEach(i -> labels[i] = items.get(i).label());
    return new RankingMetrics(scores, labels, items.stream().mapToInt(LabelledExample::length).toArray());
  }

  void print(String name, RankingMetrics ranking, String more) {
    System.out.printf(Locale.ROOT, "%-58s %6d %5d  %.3f +- %.3f  %-14s %s%n", name, ranking.scores().length,
        ranking.positives(), ranking.auc(), ranking.halfInterval(), ranking.ofLikeLength(), more);
  }

  /** Learns from so many corrections and measures on the rest; five drafts, the first of them in full. */
  private void learningCurve(List<LabelledExample> items, int corrections) {
    List<RankingMetrics> drafts = IntStream.range(0, DRAFTS).mapToObj(draft -> learnt(items, corrections, draft)).toList();
    print("  the same after " + corrections + " corrections (first of " + DRAFTS + " drafts)", drafts.getFirst(),
        String.format(Locale.ROOT, "mean AUC of the drafts %.3f", drafts.stream().mapToDouble(RankingMetrics::auc).average().orElseThrow()));
  }

  private RankingMetrics learnt(List<LabelledExample> items, int corrections, int draft) {
    List<LabelledExample> order = new ArrayList<>(items);
    java.util.Collections.shuffle(order, new java.util.Random(100 + draft));
    CorrectionClassifier learned = CorrectionClassifier.from(order.subList(0, corrections).stream().map(this::correction).toList());
    List<LabelledExample> rest = order.subList(corrections, order.size());
    return ranking(rest, rest.stream().mapToDouble(item -> deviation(item) + learned.lift(correction(item))).toArray());
  }

  private double deviation(LabelledExample item) {
    String text = item.texts().getFirst();
    return judge.deviations(text, vectors.of(text)).get(Aspect.ASK_OR_PROMISE);
  }

  private CorrectionClassifier.Case correction(LabelledExample item) {
    String text = item.texts().getFirst();
    return CorrectionClassifier.Case.of(Tokenizer.of(text), vectors.of(text), judge.deviations(text, vectors.of(text)), 0, item.label());
  }

  /** A folder of other labelled sets, one JSONL file each: see docs/scoring.md. */
  private void printFolder(Path folder) throws IOException {
    Set<Path> files = new HashSet<>();
    try (var list = Files.list(folder)) {
      list.filter(f -> f.toString().endsWith(".jsonl")).forEach(files::add);
    }
    for (Path file : files.stream().sorted().toList()) {
      LabelledFile.read(file).forEach((aspect, items) -> {
        String name = file.getFileName() + " (" + aspect + ")";
        print(name, items, switch (aspect) {
          case "content" -> of(Prediction::content);
          case "spam" -> of(Prediction::spam);
          default -> of(Aspect.of(aspect).orElseThrow(() -> new IllegalArgumentException(file + ": no aspect " + aspect)));
        }, "");
      });
    }
  }
}
