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
 * Makes {@link Heads} from the hand-written files and unlabelled talk. No label of any data set goes in, except those
 * of ordinary and spam messages for the spam head.
 */
final class HeadTraining {

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
  HeadTraining(Function<String, float[]> vectors, Map<Script, List<String>> talk) {
    this.vectors = vectors;
    this.talk = talk;
  }

  Heads run(List<SpamExample> spamExamples) {
    Map<Script, HeadSet> sets = new EnumMap<>(Script.class);
    for (Script script : Script.values()) {
      sets.put(script, set(script));
    }
    return new Heads(HeadFile.fingerprint(), sets, spam(spamExamples, talk.get(Script.LATIN)));
  }

  private static List<String> languages(Script script) {
    return script == Script.LATIN ? List.of("en") : List.of("uk", "ru");
  }

  private static Map<String, List<String>> handWritten(String kind, Script script) {
    Map<String, List<String>> all = new LinkedHashMap<>();
    languages(script).forEach(language -> Sections.read("scoring/" + kind + "_" + language + ".txt")
        .forEach((section, lines) -> all.computeIfAbsent(section, s -> new ArrayList<>()).addAll(lines)));
    return all;
  }

  private HeadSet set(Script script) {
    List<String> background = new ArrayList<>(talk.get(script));
    background.addAll(handWritten("background", script).get(""));
    Map<String, List<String>> sentences = handWritten("sentences", script);
    Map<Aspect, Head> heads = new EnumMap<>(Aspect.class);
    for (Aspect aspect : Aspect.values()) {
      heads.put(aspect, bare(aspect, sentences, background));
    }
    return scaled(script, heads, background);
  }

  private Head bare(Aspect aspect, Map<String, List<String>> sentences, List<String> background) {
    List<Logistic.Example> examples = new ArrayList<>();
    long others = sentences.values().stream().mapToLong(List::size).sum() - sentences.get(aspect.wire()).size();
    sentences.forEach((section, lines) -> lines.forEach(line -> examples.add(section.equals(aspect.wire())
        ? new Logistic.Example(vectors.apply(line), NO_CELLS, 0, true, 1)
        : new Logistic.Example(vectors.apply(line), NO_CELLS, 0, false, background.size() / (4f * others)))));
    background.forEach(line -> examples.add(new Logistic.Example(vectors.apply(line), NO_CELLS, 0, false, 1)));
    Logistic meaning = Logistic.train(examples, DIMENSION, 0, MEANING_RIDGE, STEPS);
    List<Head.Example> kept = sentences.get(aspect.wire()).stream().map(s -> new Head.Example(s, vectors.apply(s))).toList();
    Scale unit = new Scale(0, 1);
    return new Head(aspect, meaning, kept, unit, unit, unit, 1, FORMS.contains(aspect) ? 0 : EXAMPLE_WEIGHT, unit);
  }

  private HeadSet scaled(Script script, Map<Aspect, Head> bare, List<String> background) {
    Cues cues = Cues.of(script);
    List<Map<Aspect, Double>> strengths = background.stream().map(t -> Cues.strengths(cues.find(Tokens.of(t)))).toList();
    List<Map<Aspect, Double>> likeness = background.stream()
        .map(t -> new HeadSet(bare, new Logistic(new float[0], new float[0], 0), new Scale(0, 1), new Scale(0, 1))
            .likeness(vectors.apply(t))).toList();
    Map<Aspect, Head> heads = new EnumMap<>(Aspect.class);
    bare.forEach((aspect, head) -> heads.put(aspect, scaled(script, head, background, strengths, likeness)));
    return withGeneral(script, heads, background, strengths);
  }

  private Head scaled(Script script, Head head, List<String> background, List<Map<Aspect, Double>> strengths,
      List<Map<Aspect, Double>> likeness) {
    Aspect aspect = head.aspect();
    Scale cueScale = Scale.of(strengths.stream().map(s -> s.getOrDefault(aspect, 0.0)).toList());
    Scale meaningScale = Scale.of(background.stream().map(t -> head.meaning().score(vectors.apply(t), NO_CELLS, 0)).toList());
    Scale exampleScale = Scale.of(likeness.stream().map(l -> HeadSet.contrast(l, aspect)).toList());
    Head half = new Head(aspect, head.meaning(), head.examples(), cueScale, meaningScale, exampleScale,
        script == Script.CYRILLIC ? 2 : 1, head.exampleWeight(), new Scale(0, 1));
    List<Double> sums = new ArrayList<>();
    for (int i = 0; i < background.size(); i++) {
      sums.add(half.sum(strengths.get(i).getOrDefault(aspect, 0.0), vectors.apply(background.get(i)),
          HeadSet.contrast(likeness.get(i), aspect)));
    }
    return new Head(aspect, half.meaning(), half.examples(), cueScale, meaningScale, exampleScale, half.cueWeight(),
        half.exampleWeight(), Scale.of(sums));
  }

  private HeadSet withGeneral(Script script, Map<Aspect, Head> heads, List<String> background,
      List<Map<Aspect, Double>> strengths) {
    Logistic general = general(script);
    HeadSet bare = new HeadSet(heads, general, new Scale(0, 1), new Scale(0, 1));
    List<Double> generals = new ArrayList<>();
    for (int i = 0; i < background.size(); i++) {
      generals.add(bare.general(strengths.get(i), vectors.apply(background.get(i)), Tokens.of(background.get(i))));
    }
    HeadSet half = new HeadSet(heads, general, Scale.of(generals), new Scale(0, 1));
    List<Double> together = new ArrayList<>();
    for (int i = 0; i < background.size(); i++) {
      float[] vector = vectors.apply(background.get(i));
      together.add(HeadSet.together(half.general(strengths.get(i), vector, Tokens.of(background.get(i))),
          half.aspects(strengths.get(i), vector)));
    }
    return new HeadSet(heads, general, half.generalScale(), Scale.of(together));
  }

  private Logistic general(Script script) {
    Cues cues = Cues.of(script);
    List<Logistic.Example> examples = new ArrayList<>();
    handWritten("general", script).forEach((section, lines) -> lines.forEach(line -> examples.add(generalExample(cues, line,
        section.equals("signal")))));
    handWritten("sentences", script).values().forEach(lines -> lines.forEach(line ->
        examples.add(generalExample(cues, line, true))));
    handWritten("background", script).get("").forEach(line -> examples.add(generalExample(cues, line, false)));
    return Logistic.train(examples, DIMENSION + Aspect.values().length, HeadSet.WORD_CELLS, GENERAL_RIDGE, STEPS);
  }

  private Logistic.Example generalExample(Cues cues, String line, boolean signal) {
    List<String> tokens = Tokens.of(line);
    int[] cells = Grams.ofWords(tokens, HeadSet.WORD_CELLS);
    return new Logistic.Example(HeadSet.generalInput(Cues.strengths(cues.find(tokens)), vectors.apply(line)), cells,
        Grams.value(cells), signal, 1);
  }

  /**
   * The spam head of these examples and the hand-written ones.
   *
   * @param talk unlabelled messages of working groups, taken as ordinary: without them English looks like spam
   */
  static Logistic spam(List<SpamExample> examples, List<String> talk) {
    List<SpamExample> all = new ArrayList<>(examples);
    Sections.read("scoring/spam.txt").forEach((section, lines) ->
        lines.forEach(line -> all.add(new SpamExample(line, section.equals("spam")))));
    for (String language : List.of("en", "uk", "ru")) {
      for (String kind : List.of("sentences_", "general_", "background_")) {
        Sections.read("scoring/" + kind + language + ".txt").values().forEach(lines ->
            lines.forEach(line -> all.add(new SpamExample(line, false))));
      }
    }
    List<Logistic.Example> training = new ArrayList<>(all.stream().map(e -> spamExample(e.text, e.spam, 1)).toList());
    talk.forEach(text -> training.add(spamExample(text, false, TALK_WEIGHT)));
    return Logistic.train(training, Style.SIZE, Heads.SPAM_CELLS, SPAM_RIDGE, STEPS);
  }

  private static Logistic.Example spamExample(String text, boolean spam, float weight) {
    int[] cells = Grams.ofSigns(text, Heads.SPAM_CELLS);
    return new Logistic.Example(Style.of(text, Tokens.of(text)), cells, Grams.value(cells), spam, weight);
  }

  /** A sample that is the same every time. */
  static List<String> sample(List<String> lines, int size) {
    List<String> shuffled = new ArrayList<>(lines);
    java.util.Collections.shuffle(shuffled, new Random(5));
    return shuffled.subList(0, Math.min(size, shuffled.size()));
  }
}
