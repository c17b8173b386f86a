package tasktracker.scoring;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import tasktracker.scoring.model.Aspect;
import tasktracker.scoring.model.CorrectionClassifier;
import tasktracker.scoring.model.FollowUpSignals;
import tasktracker.scoring.model.LogisticRegression;
import tasktracker.scoring.model.MessageClassifier;
import tasktracker.scoring.model.Prediction;
import tasktracker.scoring.model.ScoringModel;
import tasktracker.scoring.model.ScoringModelFile;
import tasktracker.scoring.model.Script;
import tasktracker.scoring.model.Tokenizer;

/**
 * Evaluates the classifier on labelled data sets and prints a table. Called by {@code bin/evaluate}; with {@code --train}
 * it trains the model first. All splits and samples are fixed, so the same data give the same table.
 */
public final class ScoringEvaluation {

  private static final int SAMPLES = 5;
  /** The number of unlabelled messages for training. */
  private static final int UNLABELLED_SIZE = 3000;
  /** The z-score of messages that a low-content rule matches. */
  private static final double LOW_CONTENT_Z_SCORE = -2;

  /** Messages that a reader classified who saw only the texts. They are not for tuning. */
  private static final Path BLIND_READING = Path.of("src/test/resources/evaluation/blind-labels.jsonl");

  private final VectorCache vectors;
  private final MessageClassifier classifier;

  private ScoringEvaluation(VectorCache vectors, MessageClassifier classifier) {
    this.vectors = vectors;
    this.classifier = classifier;
  }

  public static void main(String[] args) throws IOException {
    Map<String, String> options = parseOptions(args);
    Path cache = Path.of(options.getOrDefault("cache", "target/evaluate-vectors.bin"));
    try (VectorCache vectors = new VectorCache(cache)) {
      EvaluationData data = new EvaluationData(Path.of(options.getOrDefault("data", "../shared/data")));
      if (options.containsKey("train")) {
        train(vectors, data, Path.of(options.get("train")));
      }
      ScoringEvaluation evaluation = new ScoringEvaluation(vectors, new MessageClassifier());
      if (options.containsKey("labelled")) {
        evaluation.printDirectory(Path.of(options.get("labelled")));
      }
      evaluation.printAll(data);
      if (Files.exists(BLIND_READING)) {
        new ClassAgreement(vectors, evaluation.classifier).print(BLIND_READING);
      }
    }
  }

  private static Map<String, String> parseOptions(String[] args) {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i + 1 < args.length; i += 2) {
      options.put(args[i].substring(2), args[i + 1]);
    }
    return options;
  }

  private static void train(VectorCache vectors, EvaluationData data, Path root) throws IOException {
    Map<Script, List<String>> unlabelled = data.unlabelled(UNLABELLED_SIZE);
    unlabelled.values().forEach(vectors::prepare);
    LogisticRegression spamHead = SpamHeadTrainer.train(data.spam(), data.chats().values());
    ScoringModel model = new ScoringModelTrainer(vectors::of, unlabelled).train(spamHead);
    for (String tree : List.of("src/main/resources", "target/classes")) {
      try (OutputStream out = Files.newOutputStream(root.resolve(tree).resolve(ScoringModel.RESOURCE))) {
        ScoringModelFile.write(model, out);
      }
    }
  }

  private void printAll(EvaluationData data) {
    System.out.printf(Locale.ROOT, "%-58s %6s %5s  %-15s %-14s %s%n", "set (aspect)", "n", "pos.", "AUC +- 95 %",
        "similar length", "");
    if (data.has("email-intent")) {
      List<LabelledExample> emails = data.emails();
      print("email-intent (ask_or_promise, no labels)", emails, of(Aspect.ASK_OR_PROMISE), "");
      for (int corrections : List.of(50, 200, 500)) {
        printLearningCurve(emails, Aspect.ASK_OR_PROMISE, corrections);
      }
    }
    for (String project : data.has("frminer") ? List.of("angular", "bootstrap") : List.<String>of()) {
      List<LabelledExample> dialogues = data.featureRequests(project);
      print("frminer " + project + " (wish, whole dialogue, no labels)", dialogues, of(Aspect.WISH), "");
      print("frminer " + project + " (wish, first message alone)", firstMessages(dialogues), of(Aspect.WISH), "");
      String other = project.equals("angular") ? "bootstrap" : "angular";
      print("  the same trained on frminer " + other, evaluateTraining(data.featureRequests(other), dialogues, Aspect.WISH), "");
    }
    if (data.has("w3c-minutes")) {
      new MeetingEvaluation(vectors, classifier, data).printTo(this);
    }
    if (data.has("tg-spam")) {
      List<String> emails = data.emails().stream().map(email -> email.texts().getFirst()).toList();
      new FormEvaluation(classifier, data).printTo(System.out);
      new SpamEvaluation(data.spam(), data.chats(), Map.of("email-intent (has newsletters)", emails)).printTo(this);
    }
  }

  private static List<LabelledExample> firstMessages(List<LabelledExample> dialogues) {
    return dialogues.stream().map(d -> new LabelledExample(d.texts().subList(0, 1), d.label(), d.group())).toList();
  }

  /** The score of a thread for an aspect, see {@link ThreadScore}. */
  ToDoubleFunction<LabelledExample> of(Aspect aspect) {
    return item -> ThreadScore.compute(item.texts().stream()
        .map(text -> classifier.hasLowContent(text) ? LOW_CONTENT_Z_SCORE : classifier.aspectZScores(text, vectors.of(text)).get(aspect))
        .toList());
  }

  ToDoubleFunction<LabelledExample> of(ToDoubleFunction<Prediction> part) {
    return item -> ThreadScore.compute(item.texts().stream()
        .map(text -> part.applyAsDouble(classifier.predict(text, vectors.of(text), FollowUpSignals.NONE))).toList());
  }

  void print(String name, List<LabelledExample> items, ToDoubleFunction<LabelledExample> score, String note) {
    vectors.prepare(EvaluationData.distinctTexts(items));
    print(name, ranking(items, items.stream().mapToDouble(score).toArray()), note);
  }

  static RankingMetrics ranking(List<LabelledExample> items, double[] scores) {
    boolean[] labels = new boolean[scores.length];
    IntStream.range(0, scores.length).forEach(i -> labels[i] = items.get(i).label());
    return new RankingMetrics(scores, labels, items.stream().mapToInt(LabelledExample::length).toArray());
  }

  void print(String name, RankingMetrics ranking, String note) {
    System.out.printf(Locale.ROOT, "%-58s %6d %5d  %.3f +- %.3f  %-14s %s%n", name, ranking.scores().length,
        ranking.positives(), ranking.auc(), ranking.confidenceHalfWidth(), ranking.lengthMatchedAuc(), note);
  }

  /** Trains on a random sample of corrections and evaluates on the rest. Of five samples, the first is printed in full. */
  private void printLearningCurve(List<LabelledExample> items, Aspect aspect, int corrections) {
    List<RankingMetrics> samples = IntStream.range(0, SAMPLES)
        .mapToObj(sampleIndex -> evaluateCorrections(items, aspect, corrections, sampleIndex)).toList();
    print("  the same after " + corrections + " corrections (first of " + SAMPLES + " samples)", samples.getFirst(),
        String.format(Locale.ROOT, "mean AUC of the samples %.3f",
            samples.stream().mapToDouble(RankingMetrics::auc).average().orElseThrow()));
  }

  private RankingMetrics evaluateCorrections(List<LabelledExample> items, Aspect aspect, int corrections, int sampleIndex) {
    List<LabelledExample> order = new ArrayList<>(items);
    java.util.Collections.shuffle(order, new java.util.Random(100 + sampleIndex));
    return evaluateTraining(order.subList(0, corrections), order.subList(corrections, order.size()), aspect);
  }

  /** Trains on corrections of the first messages of these items and evaluates on others. */
  private RankingMetrics evaluateTraining(List<LabelledExample> training, List<LabelledExample> tested, Aspect aspect) {
    vectors.prepare(EvaluationData.distinctTexts(firstMessages(training)));
    vectors.prepare(EvaluationData.distinctTexts(firstMessages(tested)));
    CorrectionClassifier trained = CorrectionClassifier.train(training.stream().map(this::sample).toList());
    return ranking(tested, tested.stream().mapToDouble(item -> zScore(item, aspect) + trained.predictAdjustment(sample(item))).toArray());
  }

  private double zScore(LabelledExample item, Aspect aspect) {
    String text = item.texts().getFirst();
    return classifier.aspectZScores(text, vectors.of(text)).get(aspect);
  }

  private CorrectionClassifier.Sample sample(LabelledExample item) {
    String text = item.texts().getFirst();
    return CorrectionClassifier.Sample.of(Tokenizer.tokenize(text), vectors.of(text), classifier.aspectZScores(text, vectors.of(text)), 0,
        item.label());
  }

  /** Evaluates other labelled sets, one JSONL file each; docs/scoring.md describes the format. */
  private void printDirectory(Path folder) throws IOException {
    Set<Path> files = new HashSet<>();
    try (var list = Files.list(folder)) {
      list.filter(f -> f.toString().endsWith(".jsonl")).forEach(files::add);
    }
    Map<Path, Map<String, List<LabelledExample>>> sets = new LinkedHashMap<>();
    for (Path file : files.stream().sorted().toList()) {
      if (ClassAgreement.isFor(file)) {
        new ClassAgreement(vectors, classifier).print(file);
      } else {
        sets.put(file, LabelledFile.read(file));
      }
    }
    sets.forEach((file, byAspect) -> byAspect.forEach((aspect, items) -> printLabelled(file, aspect, items, sets)));
  }

  /** Prints the set without training, after corrections, and after training on each other set of the aspect. */
  private void printLabelled(Path file, String aspect, List<LabelledExample> items,
      Map<Path, Map<String, List<LabelledExample>>> sets) {
    String name = file.getFileName() + " (" + aspect + ")";
    if (aspect.equals("content") || aspect.equals("spam")) {
      print(name, items, of(aspect.equals("spam") ? Prediction::spam : Prediction::content), "");
      return;
    }
    Aspect head = Aspect.of(aspect).orElseThrow(() -> new IllegalArgumentException(file + ": no aspect " + aspect));
    print(name, items, of(head), "");
    List.of(50, 200, 500).stream().filter(corrections -> 2 * corrections <= items.size())
        .forEach(corrections -> printLearningCurve(items, head, corrections));
    sets.forEach((other, byAspect) -> {
      List<LabelledExample> training = byAspect.getOrDefault(aspect, List.of());
      if (!other.equals(file) && training.stream().anyMatch(LabelledExample::label)
          && !training.stream().allMatch(LabelledExample::label)) {
        print("  the same trained on " + other.getFileName(), evaluateTraining(training, items, head), "");
      }
    });
  }
}
