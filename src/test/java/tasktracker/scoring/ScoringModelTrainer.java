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

/**
 * Makes {@link ScoringModel} from the hand-written files and unlabelled talk. No label of any data set goes in, except those
 * of ordinary and spam messages for the spam head.
 */
final class ScoringModelTrainer {

  /** A labelled example of the spam head. */
  record SpamExample(String text, boolean spam) {}

  private static final int DIMENSION = 384;
  private static final int STEPS = 200;
  private static final double MEANING_RIDGE = 0.01;
  private static final double GENERAL_RIDGE = 0.01;
  private static final double SPAM_RIDGE = 0.00001;
  /** Thousands of unlabelled messages count as some hundred labelled ones. */
  private static final float TALK_WEIGHT = 0.03f;
  private static final float EXAMPLE_WEIGHT = 0.4f;
  /** Told by their form, not by what they are about: likeness to other sentences of the kind misleads. */
  private static final Set<Aspect> FORMS = EnumSet.of(Aspect.DECISION, Aspect.ASK_OR_PROMISE);
  private static final int[] NO_CELLS = {};

  private final Function<String, float[]> vectors;
  private final Map<Script, List<String>> talk;

  /** @param talk unlabelled messages by script */
  ScoringModelTrainer(Function<String, float[]> vectors, Map<Script, List<String>> talk) {
    this.vectors = vectors;
    this.talk = talk;
  }

  ScoringModel run(List<SpamExample> spamExamples) {
    Map<Script, ScriptModel> sets = new EnumMap<>(Script.class);
    for (Script script : Script.values()) {
      sets.put(script, set(script));
    }
    return new ScoringModel(ScoringModelFile.fingerprint(), sets, spam(spamExamples, talk.get(Script.LATIN)));
  }

  private static List<String> languages(Script script) {
    return script == Script.LATIN ? List.of("en") : List.of("uk", "ru");
  }

  private static Map<String, List<String>> handWritten(String kind, Script script) {
    Map<String, List<String>> all = new LinkedHashMap<>();
    languages(script).forEach(language -> SectionedFile.read("scoring/" + kind + "_" + language + ".txt")
        .forEach((section, lines) -> all.computeIfAbsent(section, s -> new ArrayList<>()).addAll(lines)));
    return all;
  }

  private ScriptModel set(Script script) {
    List<String> background = new ArrayList<>(talk.get(script));
    background.addAll(handWritten("background", script).get(""));
    Map<String, List<String>> sentences = handWritten("sentences", script);
    Map<Aspect, ClassificationHead> heads = new EnumMap<>(Aspect.class);
    for (Aspect aspect : Aspect.values()) {
      heads.put(aspect, bare(aspect, sentences, background));
    }
    return scaled(script, heads, background);
  }

  private ClassificationHead bare(Aspect aspect, Map<String, List<String>> sentences, List<String> background) {
    List<LogisticRegression.Example> examples = new ArrayList<>();
    long others = sentences.values().stream().mapToLong(List::size).sum() - sentences.get(aspect.wire()).size();
    sentences.forEach((section, lines) -> lines.forEach(line -> examples.add(section.equals(aspect.wire())
        ? new LogisticRegression.Example(vectors.apply(line), NO_CELLS, 0, true, 1)
        : new LogisticRegression.Example(vectors.apply(line), NO_CELLS, 0, false, background.size() / (4f * others)))));
    background.forEach(line -> examples.add(new LogisticRegression.Example(vectors.apply(line), NO_CELLS, 0, false, 1)));
    LogisticRegression meaning = LogisticRegression.train(examples, DIMENSION, 0, MEANING_RIDGE, STEPS);
    List<ClassificationHead.Example> kept = sentences.get(aspect.wire()).stream().map(s -> new ClassificationHead.Example(s, vectors.apply(s))).toList();
    FeatureScale unit = new FeatureScale(0, 1);
    return new ClassificationHead(aspect, meaning, kept, unit, unit, unit, 1, FORMS.contains(aspect) ? 0 : EXAMPLE_WEIGHT, unit);
  }

  private ScriptModel scaled(Script script, Map<Aspect, ClassificationHead> bare, List<String> background) {
    CuePhrases cues = CuePhrases.of(script);
    List<Map<Aspect, Double>> strengths = background.stream().map(t -> CuePhrases.strengths(cues.find(Tokenizer.of(t)))).toList();
    List<Map<Aspect, Double>> likeness = background.stream()
        .map(t -> new ScriptModel(bare, new LogisticRegression(new float[0], new float[0], 0), new FeatureScale(0, 1), new FeatureScale(0, 1))
            .likeness(vectors.apply(t))).toList();
    Map<Aspect, ClassificationHead> heads = new EnumMap<>(Aspect.class);
    bare.forEach((aspect, head) -> heads.put(aspect, scaled(script, head, background, strengths, likeness)));
    return withGeneral(script, heads, background, strengths);
  }

  private ClassificationHead scaled(Script script, ClassificationHead head, List<String> background, List<Map<Aspect, Double>> strengths,
      List<Map<Aspect, Double>> likeness) {
    Aspect aspect = head.aspect();
    FeatureScale cueScale = FeatureScale.of(strengths.stream().map(s -> s.getOrDefault(aspect, 0.0)).toList());
    FeatureScale meaningScale = FeatureScale.of(background.stream().map(t -> head.meaning().score(vectors.apply(t), NO_CELLS, 0)).toList());
    FeatureScale exampleScale = FeatureScale.of(likeness.stream().map(l -> ScriptModel.contrast(l, aspect)).toList());
    ClassificationHead half = new ClassificationHead(aspect, head.meaning(), head.examples(), cueScale, meaningScale, exampleScale,
        script == Script.CYRILLIC ? 2 : 1, head.exampleWeight(), new FeatureScale(0, 1));
    List<Double> sums = new ArrayList<>();
    for (int i = 0; i < background.size(); i++) {
      sums.add(half.sum(strengths.get(i).getOrDefault(aspect, 0.0), vectors.apply(background.get(i)),
          ScriptModel.contrast(likeness.get(i), aspect)));
    }
    return new ClassificationHead(aspect, half.meaning(), half.examples(), cueScale, meaningScale, exampleScale, half.cueWeight(),
        half.exampleWeight(), FeatureScale.of(sums));
  }

  private ScriptModel withGeneral(Script script, Map<Aspect, ClassificationHead> heads, List<String> background,
      List<Map<Aspect, Double>> strengths) {
    LogisticRegression general = general(script);
    ScriptModel bare = new ScriptModel(heads, general, new FeatureScale(0, 1), new FeatureScale(0, 1));
    List<Double> generals = new ArrayList<>();
    for (int i = 0; i < background.size(); i++) {
      generals.add(bare.general(strengths.get(i), vectors.apply(background.get(i)), Tokenizer.of(background.get(i))));
    }
    ScriptModel half = new ScriptModel(heads, general, FeatureScale.of(generals), new FeatureScale(0, 1));
    List<Double> together = new ArrayList<>();
    for (int i = 0; i < background.size(); i++) {
      float[] vector = vectors.apply(background.get(i));
      together.add(ScriptModel.together(half.general(strengths.get(i), vector, Tokenizer.of(background.get(i))),
          half.aspects(strengths.get(i), vector)));
    }
    return new ScriptModel(heads, general, half.generalScale(), FeatureScale.of(together));
  }

  private LogisticRegression general(Script script) {
    CuePhrases cues = CuePhrases.of(script);
    List<LogisticRegression.Example> examples = new ArrayList<>();
    handWritten("general", script).forEach((section, lines) -> lines.forEach(line -> examples.add(generalExample(cues, line,
        section.equals("signal")))));
    handWritten("sentences", script).values().forEach(lines -> lines.forEach(line ->
        examples.add(generalExample(cues, line, true))));
    handWritten("background", script).get("").forEach(line -> examples.add(generalExample(cues, line, false)));
    return LogisticRegression.train(examples, DIMENSION + Aspect.values().length, ScriptModel.WORD_CELLS, GENERAL_RIDGE, STEPS);
  }

  private LogisticRegression.Example generalExample(CuePhrases cues, String line, boolean signal) {
    List<String> tokens = Tokenizer.of(line);
    int[] cells = FeatureHasher.ofWords(tokens, ScriptModel.WORD_CELLS);
    return new LogisticRegression.Example(ScriptModel.generalInput(CuePhrases.strengths(cues.find(tokens)), vectors.apply(line)), cells,
        FeatureHasher.value(cells), signal, 1);
  }

  /**
   * The spam head of these examples and the hand-written ones.
   *
   * @param talk unlabelled messages of working groups, taken as ordinary: without them English looks like spam
   */
  static LogisticRegression spam(List<SpamExample> examples, List<String> talk) {
    List<SpamExample> all = new ArrayList<>(examples);
    SectionedFile.read("scoring/spam.txt").forEach((section, lines) ->
        lines.forEach(line -> all.add(new SpamExample(line, section.equals("spam")))));
    for (String language : List.of("en", "uk", "ru")) {
      for (String kind : List.of("sentences_", "general_", "background_")) {
        SectionedFile.read("scoring/" + kind + language + ".txt").values().forEach(lines ->
            lines.forEach(line -> all.add(new SpamExample(line, false))));
      }
    }
    List<LogisticRegression.Example> training = new ArrayList<>(all.stream().map(e -> spamExample(e.text, e.spam, 1)).toList());
    talk.forEach(text -> training.add(spamExample(text, false, TALK_WEIGHT)));
    return LogisticRegression.train(training, StyleFeatures.SIZE, ScoringModel.SPAM_CELLS, SPAM_RIDGE, STEPS);
  }

  private static LogisticRegression.Example spamExample(String text, boolean spam, float weight) {
    int[] cells = FeatureHasher.ofSigns(text, ScoringModel.SPAM_CELLS);
    return new LogisticRegression.Example(StyleFeatures.of(text, Tokenizer.of(text)), cells, FeatureHasher.value(cells), spam, weight);
  }

  /** A sample that is the same every time. */
  static List<String> sample(List<String> lines, int size) {
    List<String> shuffled = new ArrayList<>(lines);
    java.util.Collections.shuffle(shuffled, new Random(5));
    return shuffled.subList(0, Math.min(size, shuffled.size()));
  }
}
