package tasktracker.scoring;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import tasktracker.scoring.model.Aspect;
import tasktracker.scoring.model.ClassificationHead;
import tasktracker.scoring.model.CuePhrases;
import tasktracker.scoring.model.FeatureHasher;
import tasktracker.scoring.model.FeatureScale;
import tasktracker.scoring.model.LogisticRegression;
import tasktracker.scoring.model.ScoringModel;
import tasktracker.scoring.model.ScoringModelFile;
import tasktracker.scoring.model.Script;
import tasktracker.scoring.model.ScriptModel;
import tasktracker.scoring.model.SectionedFile;
import tasktracker.scoring.model.StyleFeatures;
import tasktracker.scoring.model.Tokenizer;

/**
 * Trains {@link ScoringModel} on hand-written files and unlabelled messages. No labels of data sets are used, except those
 * of the spam data set for the spam head.
 */
final class ScoringModelTrainer {

  private static final int DIMENSION = 384;
  private static final int STEPS = 200;
  private static final double MEANING_RIDGE = 0.01;
  private static final double GENERAL_RIDGE = 0.01;
  private static final float EXAMPLE_WEIGHT = 0.4f;
  /** Aspects that depend on form, not on topic: similarity to example sentences misleads. */
  private static final Set<Aspect> FORM_BASED_ASPECTS = EnumSet.of(Aspect.DECISION, Aspect.ASK_OR_PROMISE);
  private static final int[] NO_BUCKETS = {};

  private final Function<String, float[]> vectors;
  private final Map<Script, List<String>> unlabelled;

  /** @param unlabelled unlabelled messages by script */
  ScoringModelTrainer(Function<String, float[]> vectors, Map<Script, List<String>> unlabelled) {
    this.vectors = vectors;
    this.unlabelled = unlabelled;
  }

  ScoringModel train(LogisticRegression spamHead) {
    Map<Script, ScriptModel> sets = new EnumMap<>(Script.class);
    for (Script script : Script.values()) {
      sets.put(script, trainScriptModel(script));
    }
    return new ScoringModel(ScoringModelFile.fingerprint(), sets, spamHead);
  }

  private static List<String> languages(Script script) {
    return script == Script.LATIN ? List.of("en") : List.of("uk", "ru");
  }

  private static Map<String, List<String>> readHandWritten(String kind, Script script) {
    Map<String, List<String>> all = new LinkedHashMap<>();
    languages(script).forEach(language -> SectionedFile.read("scoring/" + kind + "_" + language + ".txt")
        .forEach((section, lines) -> all.computeIfAbsent(section, s -> new ArrayList<>()).addAll(lines)));
    return all;
  }

  private ScriptModel trainScriptModel(Script script) {
    List<String> background = new ArrayList<>(unlabelled.get(script));
    background.addAll(readHandWritten("background", script).get(""));
    Map<String, List<String>> sentences = readHandWritten("sentences", script);
    Map<Aspect, ClassificationHead> heads = new EnumMap<>(Aspect.class);
    for (Aspect aspect : Aspect.values()) {
      heads.put(aspect, trainHead(aspect, sentences, background));
    }
    return scale(script, heads, background);
  }

  private ClassificationHead trainHead(Aspect aspect, Map<String, List<String>> sentences, List<String> background) {
    List<LogisticRegression.Example> examples = new ArrayList<>();
    long others = sentences.values().stream().mapToLong(List::size).sum() - sentences.get(aspect.wire()).size();
    sentences.forEach((section, lines) -> lines.forEach(line -> examples.add(section.equals(aspect.wire())
        ? new LogisticRegression.Example(vectors.apply(line), NO_BUCKETS, 0, true, 1)
        : new LogisticRegression.Example(vectors.apply(line), NO_BUCKETS, 0, false, background.size() / (4f * others)))));
    background.forEach(line -> examples.add(new LogisticRegression.Example(vectors.apply(line), NO_BUCKETS, 0, false, 1)));
    LogisticRegression meaning = LogisticRegression.train(examples, DIMENSION, 0, MEANING_RIDGE, STEPS);
    List<ClassificationHead.Example> headExamples = sentences.get(aspect.wire()).stream()
        .map(s -> new ClassificationHead.Example(s, vectors.apply(s))).toList();
    FeatureScale unit = new FeatureScale(0, 1);
    return new ClassificationHead(aspect, meaning, headExamples, unit, unit, unit, 1,
        FORM_BASED_ASPECTS.contains(aspect) ? 0 : EXAMPLE_WEIGHT, unit);
  }

  private ScriptModel scale(Script script, Map<Aspect, ClassificationHead> unscaledHeads, List<String> background) {
    CuePhrases cues = CuePhrases.load(script);
    List<Map<Aspect, Double>> strengths = background.stream().map(t -> CuePhrases.strengths(cues.find(Tokenizer.tokenize(t)))).toList();
    List<Map<Aspect, Double>> similarity = background.stream()
        .map(t -> new ScriptModel(unscaledHeads, new LogisticRegression(new float[0], new float[0], 0), new FeatureScale(0, 1),
            new FeatureScale(0, 1))
            .similarity(vectors.apply(t)))
        .toList();
    Map<Aspect, ClassificationHead> heads = new EnumMap<>(Aspect.class);
    unscaledHeads.forEach((aspect, head) -> heads.put(aspect, scale(script, head, background, strengths, similarity)));
    return addGeneralHead(script, heads, background, strengths);
  }

  private ClassificationHead scale(Script script, ClassificationHead head, List<String> background, List<Map<Aspect, Double>> strengths,
      List<Map<Aspect, Double>> similarity) {
    Aspect aspect = head.aspect();
    FeatureScale cueScale = FeatureScale.of(strengths.stream().map(s -> s.getOrDefault(aspect, 0.0)).toList());
    FeatureScale meaningScale = FeatureScale
        .of(background.stream().map(t -> head.meaning().score(vectors.apply(t), NO_BUCKETS, 0)).toList());
    FeatureScale exampleScale = FeatureScale.of(similarity.stream().map(l -> ScriptModel.contrast(l, aspect)).toList());
    ClassificationHead unscaled = new ClassificationHead(aspect, head.meaning(), head.examples(), cueScale, meaningScale, exampleScale,
        script == Script.CYRILLIC ? 2 : 1, head.exampleWeight(), new FeatureScale(0, 1));
    List<Double> sums = new ArrayList<>();
    for (int i = 0; i < background.size(); i++) {
      sums.add(unscaled.sum(strengths.get(i).getOrDefault(aspect, 0.0), vectors.apply(background.get(i)),
          ScriptModel.contrast(similarity.get(i), aspect)));
    }
    return new ClassificationHead(aspect, unscaled.meaning(), unscaled.examples(), cueScale, meaningScale, exampleScale,
        unscaled.cueWeight(),
        unscaled.exampleWeight(), FeatureScale.of(sums));
  }

  private ScriptModel addGeneralHead(Script script, Map<Aspect, ClassificationHead> heads, List<String> background,
      List<Map<Aspect, Double>> strengths) {
    LogisticRegression general = trainGeneralHead(script);
    ScriptModel unscaledHeads = new ScriptModel(heads, general, new FeatureScale(0, 1), new FeatureScale(0, 1));
    List<Double> generals = new ArrayList<>();
    for (int i = 0; i < background.size(); i++) {
      generals.add(unscaledHeads.computeGeneral(strengths.get(i), vectors.apply(background.get(i)), Tokenizer.tokenize(background.get(i))));
    }
    ScriptModel unscaled = new ScriptModel(heads, general, FeatureScale.of(generals), new FeatureScale(0, 1));
    List<Double> combined = new ArrayList<>();
    for (int i = 0; i < background.size(); i++) {
      float[] vector = vectors.apply(background.get(i));
      combined.add(ScriptModel.combine(unscaled.computeGeneral(strengths.get(i), vector, Tokenizer.tokenize(background.get(i))),
          unscaled.computeAspects(strengths.get(i), vector)));
    }
    return new ScriptModel(heads, general, unscaled.generalScale(), FeatureScale.of(combined));
  }

  private LogisticRegression trainGeneralHead(Script script) {
    CuePhrases cues = CuePhrases.load(script);
    List<LogisticRegression.Example> examples = new ArrayList<>();
    readHandWritten("general", script).forEach((section, lines) -> lines.forEach(line -> examples.add(generalExample(cues, line,
        section.equals("signal")))));
    readHandWritten("sentences", script).values().forEach(lines -> lines.forEach(line -> examples.add(generalExample(cues, line, true))));
    readHandWritten("background", script).get("").forEach(line -> examples.add(generalExample(cues, line, false)));
    return LogisticRegression.train(examples, DIMENSION + Aspect.values().length, ScriptModel.WORD_BUCKETS, GENERAL_RIDGE, STEPS);
  }

  private LogisticRegression.Example generalExample(CuePhrases cues, String line, boolean signal) {
    List<String> tokens = Tokenizer.tokenize(line);
    int[] buckets = FeatureHasher.hashWords(tokens, ScriptModel.WORD_BUCKETS);
    return new LogisticRegression.Example(ScriptModel.createGeneralInput(CuePhrases.strengths(cues.find(tokens)), vectors.apply(line)),
        buckets,
        FeatureHasher.bucketValue(buckets), signal, 1);
  }

  /** A deterministic random sample. */
  static List<String> sample(List<String> lines, int size) {
    List<String> shuffled = new ArrayList<>(lines);
    java.util.Collections.shuffle(shuffled, new Random(5));
    return shuffled.subList(0, Math.min(size, shuffled.size()));
  }
}
