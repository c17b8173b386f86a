package tasktracker.scoring;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tasktracker.platform.data.StorableText;

/**
 * Reads one message and says what it carries and why. Knows no database and no clock; the same text and vector always
 * give the same judgement. Loading takes a few milliseconds, so it is made when first needed.
 */
public final class MessageClassifier {

  /** Cues and sentences weaker than this are no reason anyone would accept. */
  private static final double LEAST_COSINE = 0.35;
  /** From this probability on a message is spam; set so that hardly any ordinary message is lost. */
  static final double SPAM_BOUND = 0.5;
  private static final int CUES_TOLD = 3;
  /** What people do afterwards makes a decision only of what could be one. */
  private static final double LEAST_DECISION = 0.5;

  /** Characters (UTF-16) of a text that are read: a longer one is judged by its beginning. */
  static final int READ = 20_000;

  /** Loaded by the first who asks. */
  private static final class Shared {
    private static final MessageClassifier JUDGE = new MessageClassifier();
  }

  private final LowContentRules floor = new LowContentRules();
  private final Map<Script, CuePhrases> cues = new EnumMap<>(Script.class);
  private final ScoringModel heads;

  public MessageClassifier() {
    this(ScoringModelFile.read());
  }

  /** The one judge of this process. */
  static MessageClassifier shared() {
    return Shared.JUDGE;
  }

  MessageClassifier(ScoringModel heads) {
    this.heads = heads;
    for (Script script : Script.values()) {
      cues.put(script, CuePhrases.of(script));
    }
  }

  /**
   * Judges a text.
   *
   * @param vector its unit vector by the in-process model
   */
  public Prediction judge(String text, float[] vector, FollowUpSignals followUps) {
    return judge(text, vector, followUps, CorrectionClassifiers.NONE);
  }

  /** As {@link #judge(String, float[], FollowUpSignals)}, with what people's corrections have taught. */
  Prediction judge(String whole, float[] vector, FollowUpSignals followUps, CorrectionClassifiers lessons) {
    String text = whole.length() <= READ ? whole : StorableText.truncate(whole.strip(), READ);
    Language language = Language.of(text);
    Optional<LowContentRules.Rule> rule = floor.find(text);
    if (rule.isPresent()) {
      return held(rule.get(), language);
    }
    return new Reading(text, vector, followUps, lessons).judgement(language);
  }

  private static Prediction held(LowContentRules.Rule rule, Language language) {
    Map<Aspect, Double> none = new EnumMap<>(Aspect.class);
    for (Aspect aspect : Aspect.values()) {
      none.put(aspect, 0.0);
    }
    return new Prediction(rule.content(), none, 0, language, rule.wire(), List.of(Reason.of("floor_" + rule.wire(), -3)));
  }

  /** From deviations to 0..1: ordinary talk is at .4, two deviations above it at .9. */
  private static double squash(double z) {
    return 1 / (1 + Math.exp(-(1.3 * z - 0.4)));
  }

  /** What a message of this rank would be worth in ordinary talk; rank 0 to 1, both excluded. */
  static double contentAtRank(double rank) {
    // The logistic curve stands for the normal one: 1.702 makes them differ by less than .01 everywhere.
    return squash(Math.log(rank / (1 - rank)) / 1.702);
  }

  /** One message on its way through the heads. */
  private final class Reading {
    private final float[] vector;
    private final FollowUpSignals followUps;
    private final CorrectionClassifiers lessons;
    private final ScriptModel set;
    private final List<CuePhrases.Hit> hits;
    private final Map<Aspect, Double> aspects;
    private final CorrectionClassifier.Case learnt;
    private final double general;
    private final double spam;

    Reading(String text, float[] vector, FollowUpSignals followUps, CorrectionClassifiers lessons) {
      this.vector = vector;
      this.followUps = followUps;
      this.lessons = lessons;
      Script script = Script.of(text);
      List<String> tokens = Tokenizer.of(text);
      set = heads.of(script);
      hits = cues.get(script).find(tokens);
      Map<Aspect, Double> strengths = CuePhrases.strengths(hits);
      aspects = set.aspects(strengths, vector);
      learnt = CorrectionClassifier.Case.of(tokens, vector, aspects, followUps.votes(), false);
      lift();
      general = set.general(strengths, vector, tokens) + followUps.generalLift() + lessons.signalLift(learnt);
      spam = heads.spam(text, tokens, lessons.spamLift(learnt));
    }

    private void lift() {
      if (aspects.get(Aspect.DECISION) > LEAST_DECISION) {
        aspects.merge(Aspect.DECISION, followUps.decisionLift(), Double::sum);
      }
      lessons.aspects().forEach((aspect, learned) -> aspects.merge(aspect, learned.lift(learnt), Double::sum));
    }

    Prediction judgement(Language language) {
      double content = squash(set.contentScale().z(ScriptModel.together(general, aspects)));
      Map<Aspect, Double> shares = new EnumMap<>(Aspect.class);
      aspects.forEach((aspect, z) -> shares.put(aspect, 1 / (1 + Math.exp(-1.5 * (z - 1)))));
      return new Prediction(content, shares, spam, language, null, reasons());
    }

    private List<Reason> reasons() {
      List<Reason> reasons = new ArrayList<>();
      hits.stream().filter(hit -> hit.weight() > 0 && aspects.get(hit.aspect()) > 0)
          .sorted(Comparator.comparingDouble(hit -> -hit.weight() * (1 + aspects.get(hit.aspect())))).limit(CUES_TOLD)
          .forEach(hit -> reasons.add(Reason.of("cue_" + hit.aspect().wire(), hit.weight(), hit.words())));
      nearest().ifPresent(reasons::add);
      reasons.add(Reason.of(general > 0 ? "general_more" : "general_less", general));
      addAftermath(reasons);
      if (lessons.signal() != null) {
        reasons.add(Reason.of("learned", lessons.signalLift(learnt), lessons.signal().corrections()));
      }
      if (spam > SPAM_BOUND) {
        reasons.add(Reason.of("spam", 4 * spam, Math.round(100 * spam)));
      }
      reasons.sort(Comparator.comparingDouble(reason -> -Math.abs(reason.weight())));
      return reasons;
    }

    private void addAftermath(List<Reason> reasons) {
      if (followUps.votes() > 0 && aspects.get(Aspect.DECISION) > LEAST_DECISION) {
        reasons.add(Reason.of("after_votes", followUps.decisionLift(), followUps.votes()));
      }
      if (followUps.reactions() + followUps.replies() > 0) {
        reasons.add(Reason.of("after_echo", followUps.generalLift(), followUps.reactions(), followUps.replies()));
      }
    }

    private Optional<Reason> nearest() {
      Map.Entry<Aspect, Double> strongest = Collections.max(aspects.entrySet(), Map.Entry.comparingByValue());
      ClassificationHead.Nearest nearest = set.heads().get(strongest.getKey()).nearest(vector);
      return strongest.getValue() <= 0 || nearest.cosine() < LEAST_COSINE ? Optional.empty()
          : Optional.of(Reason.of("near_" + strongest.getKey().wire(), 2 * nearest.cosine(), nearest.sentence()));
    }
  }

  /** How many deviations the text stands above ordinary talk, by aspect, floor rules and aftermath left out. */
  Map<Aspect, Double> deviations(String text, float[] vector) {
    Script script = Script.of(text);
    return heads.of(script).aspects(CuePhrases.strengths(cues.get(script).find(Tokenizer.of(text))), vector);
  }

  /** Whether a floor rule holds the text down. */
  boolean isHeld(String text) {
    return floor.find(text).isPresent();
  }

  /** Whether the text is a bare sign of agreement, as it counts for {@link FollowUpSignals#votes}. */
  public boolean isVote(String text) {
    return floor.find(text).filter(rule -> rule == LowContentRules.Rule.ACKNOWLEDGEMENT).isPresent();
  }
}
