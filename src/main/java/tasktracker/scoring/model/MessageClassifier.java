package tasktracker.scoring.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tasktracker.platform.data.StorableText;

/**
 * Classifies one message and gives reasons. It does not use the database or the clock: the same input always gives the
 * same prediction. Thread-safe. The model is loaded on first use, which takes a few milliseconds.
 */
public final class MessageClassifier {

  /**
   * The minimum similarity of an example sentence that is given as a reason. Of messages of unlabelled talk, 1.2 % are as
   * similar to a sentence in Latin script, and 1.9 % in Cyrillic, where they must also share a word.
   */
  private static final Map<Script, Double> MIN_COSINE = Map.of(Script.LATIN, 0.5, Script.CYRILLIC, 0.8);
  /** The probability from which a message is spam. Tuned for a low false-positive rate. */
  public static final double SPAM_THRESHOLD = 0.5;
  private static final int MAX_CUE_REASONS = 3;
  private static final int STEM_LENGTH = 5;
  /** The minimum z-score of the aspect {@link Aspect#DECISION} for which follow-up signals count. */
  private static final double MIN_DECISION = 0.5;

  /** The number of UTF-16 characters that are classified. The rest of a longer text is ignored. */
  public static final int MAX_TEXT_LENGTH = 20_000;

  /** Loaded on first use. */
  private static final class Shared {
    private static final MessageClassifier CLASSIFIER = new MessageClassifier();
  }

  /** The content of a message with an explicit marker. */
  static final double MARKED_CONTENT = 0.95;
  private static final double MARKER_WEIGHT = 9;

  private final LowContentRules lowContentRules = new LowContentRules();
  private final ExplicitMarkers markers = new ExplicitMarkers();
  private final Map<Script, CuePhrases> cues = new EnumMap<>(Script.class);
  private final ScoringModel model;

  public MessageClassifier() {
    this(ScoringModelFile.read());
  }

  private CuePhrases cues(Script script) {
    return Objects.requireNonNull(cues.get(script), "The constructor loads the cue phrases of each script");
  }

  /** The shared instance of this process. */
  public static MessageClassifier shared() {
    return Shared.CLASSIFIER;
  }

  MessageClassifier(ScoringModel model) {
    this.model = model;
    for (Script script : Script.values()) {
      cues.put(script, CuePhrases.load(script));
    }
  }

  /**
   * Classifies a text.
   *
   * @param vector the unit vector of the text by the in-process embedding model
   */
  public Prediction predict(String text, float[] vector, FollowUpSignals followUps) {
    return predict(text, vector, followUps, CorrectionClassifiers.NONE);
  }

  /** As {@link #predict(String, float[], FollowUpSignals)}, with the classifiers trained on corrections. */
  public Prediction predict(String fullText, float[] vector, FollowUpSignals followUps, CorrectionClassifiers classifiers) {
    String text = fullText.length() <= MAX_TEXT_LENGTH ? fullText : StorableText.truncate(fullText.strip(), MAX_TEXT_LENGTH);
    Language language = Language.of(text);
    Optional<LowContentRules.Rule> rule = lowContentRules.find(text);
    if (rule.isPresent()) {
      return createLowContentPrediction(rule.get(), language);
    }
    return new PredictionBuilder(text, vector, followUps, classifiers).build(language);
  }

  /**
   * The prediction for a message of a bot.
   *
   * @param repeats the number of messages with its shape, see {@link RepeatedShapes}
   */
  public static Prediction predictAutomated(String text, int repeats) {
    return createLowContentPrediction(LowContentRules.Rule.AUTOMATED, Language.of(text), repeats);
  }

  private static Prediction createLowContentPrediction(LowContentRules.Rule rule, Language language, Object... parameters) {
    Map<Aspect, Double> none = new EnumMap<>(Aspect.class);
    for (Aspect aspect : Aspect.values()) {
      none.put(aspect, 0.0);
    }
    return new Prediction(rule.content(), false, none, 0, language, rule.wire(),
        List.of(Reason.of("floor_" + rule.wire(), -3, parameters)));
  }

  /** Maps a z-score to a content factor between 0 and 1: 0 gives 0.4, and 2 gives 0.9. */
  private static double sigmoid(double zScore) {
    return 1 / (1 + Math.exp(-(1.3 * zScore - 0.4)));
  }

  /** The content factor of an average message of this rank; the rank is between 0 and 1, both exclusive. */
  static double contentAtRank(double rank) {
    // The logistic function with factor 1.702 approximates the normal distribution function with an error below 0.01.
    return sigmoid(Math.log(rank / (1 - rank)) / 1.702);
  }

  /** Computes the prediction for one message. */
  private final class PredictionBuilder {
    private final float[] vector;
    private final FollowUpSignals followUps;
    private final CorrectionClassifiers classifiers;
    private final Script script;
    private final List<String> tokens;
    private final ScriptModel scriptModel;
    private final List<CuePhrases.Match> matches;
    private final Optional<ExplicitMarkers.Marker> marker;
    private final Map<Aspect, Double> aspects;
    private final CorrectionClassifier.Sample sample;
    private final double general;
    private final double spam;

    PredictionBuilder(String text, float[] vector, FollowUpSignals followUps, CorrectionClassifiers classifiers) {
      this.vector = vector;
      this.followUps = followUps;
      this.classifiers = classifiers;
      script = Script.of(text);
      tokens = Tokenizer.tokenize(text);
      scriptModel = model.get(script);
      marker = markers.find(text);
      matches = cues(script).find(tokens);
      Map<Aspect, Double> strengths = CuePhrases.strengths(matches);
      aspects = scriptModel.computeAspects(strengths, vector);
      sample = CorrectionClassifier.Sample.of(tokens, vector, aspects, followUps.votes(), false);
      adjustAspects();
      general = scriptModel.computeGeneral(strengths, vector, tokens) + followUps.generalAdjustment()
          + classifiers.predictSignalAdjustment(sample);
      spam = model.spamProbability(text, tokens, classifiers.predictSpamAdjustment(sample));
    }

    private void adjustAspects() {
      if (zScore(Aspect.DECISION) > MIN_DECISION) {
        aspects.merge(Aspect.DECISION, followUps.decisionAdjustment(), Double::sum);
      }
      classifiers.aspects().forEach((aspect, classifier) -> aspects.merge(aspect, classifier.predictAdjustment(sample), Double::sum));
    }

    private double zScore(Aspect aspect) {
      return Objects.requireNonNull(aspects.get(aspect), "The model has a head for each aspect");
    }

    Prediction build(Language language) {
      double content = sigmoid(scriptModel.contentScale().zScore(ScriptModel.combine(general, aspects)));
      Map<Aspect, Double> strengths = new EnumMap<>(Aspect.class);
      aspects.forEach((aspect, zScore) -> strengths.put(aspect, 1 / (1 + Math.exp(-1.5 * (zScore - 1)))));
      marker.ifPresent(found -> strengths.put(found.aspect(), 1.0));
      return new Prediction(marker.isPresent() ? Math.max(content, MARKED_CONTENT) : content, marker.isPresent(), strengths, spam, language,
          null, createReasons());
    }

    private List<Reason> createReasons() {
      List<Reason> reasons = new ArrayList<>();
      marker.ifPresent(found -> reasons.add(Reason.of("marker_" + found.aspect().wire(), MARKER_WEIGHT, found.words())));
      matches.stream().filter(match -> match.weight() > 0 && zScore(match.aspect()) > 0)
          .sorted(Comparator.comparingDouble(match -> -match.weight() * (1 + zScore(match.aspect())))).limit(MAX_CUE_REASONS)
          .forEach(match -> reasons.add(Reason.of("cue_" + match.aspect().wire(), match.weight(), match.words())));
      findNearestReason().ifPresent(reasons::add);
      reasons.add(Reason.of(general > 0 ? "general_more" : "general_less", general));
      addFollowUpReasons(reasons);
      if (classifiers.signal() != null) {
        reasons.add(Reason.of("learned", classifiers.predictSignalAdjustment(sample), classifiers.signal().corrections()));
      }
      if (spam > SPAM_THRESHOLD) {
        reasons.add(Reason.of("spam", 4 * spam, Math.round(100 * spam)));
      }
      reasons.sort(Comparator.comparingDouble(reason -> -Math.abs(reason.weight())));
      return reasons;
    }

    private void addFollowUpReasons(List<Reason> reasons) {
      if (followUps.votes() > 0 && zScore(Aspect.DECISION) > MIN_DECISION) {
        reasons.add(Reason.of("after_votes", followUps.decisionAdjustment(), followUps.votes()));
      }
      if (followUps.reactions() + followUps.replies() > 0) {
        reasons.add(Reason.of("after_echo", followUps.generalAdjustment(), followUps.reactions(), followUps.replies()));
      }
    }

    private Optional<Reason> findNearestReason() {
      Map.Entry<Aspect, Double> strongest = Collections.max(aspects.entrySet(), Map.Entry.comparingByValue());
      ClassificationHead.Nearest nearest = scriptModel.head(strongest.getKey()).nearest(vector);
      return strongest.getValue() <= 0 || !isSimilar(nearest)
          ? Optional.empty()
          : Optional.of(Reason.of("near_" + strongest.getKey().wire(), 2 * nearest.cosine(), nearest.sentence()));
    }

    /** The embedding model hardly understands Cyrillic: any two such sentences are similar to it, so they must share a word. */
    private boolean isSimilar(ClassificationHead.Nearest nearest) {
      return nearest.cosine() >= Objects.requireNonNull(MIN_COSINE.get(script))
          && (script == Script.LATIN || !Collections.disjoint(wordStems(tokens), wordStems(Tokenizer.tokenize(nearest.sentence()))));
    }
  }

  private static Set<String> wordStems(List<String> tokens) {
    return tokens.stream().filter(token -> token.length() >= STEM_LENGTH && Character.isLetter(token.charAt(0)))
        .map(token -> token.substring(0, STEM_LENGTH)).collect(Collectors.toSet());
  }

  /** The z-score of the text for each aspect, without low-content rules, follow-up signals and corrections. */
  public Map<Aspect, Double> aspectZScores(String text, float[] vector) {
    Script script = Script.of(text);
    return model.get(script).computeAspects(CuePhrases.strengths(cues(script).find(Tokenizer.tokenize(text))), vector);
  }

  /** Whether an explicit marker says what the text is. */
  public boolean isMarked(String text) {
    return markers.find(text).isPresent();
  }

  /** Whether a low-content rule matches the text. */
  public boolean hasLowContent(String text) {
    return lowContentRules.find(text).isPresent();
  }

  /** Whether the text is an acknowledgement, which counts as one of the {@link FollowUpSignals#votes}. */
  public boolean isVote(String text) {
    return lowContentRules.find(text).filter(rule -> rule == LowContentRules.Rule.ACKNOWLEDGEMENT).isPresent();
  }
}
