package tasktracker.scoring;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads one message and says what it carries and why. Knows no database and no clock; the same text and vector always
 * give the same judgement. Loading takes a few milliseconds, so it is made when first needed.
 */
public final class Judge {

  /** Cues and sentences weaker than this are no reason anyone would accept. */
  private static final double LEAST_COSINE = 0.35;
  /** From this probability on a message is spam; set so that hardly any ordinary message is lost. */
  static final double SPAM_BOUND = 0.5;
  private static final int CUES_TOLD = 3;

  private final FloorRules floor = new FloorRules();
  private final Map<Script, Cues> cues = new EnumMap<>(Script.class);
  private final Heads heads;

  public Judge() {
    this(HeadFile.read());
  }

  Judge(Heads heads) {
    this.heads = heads;
    for (Script script : Script.values()) {
      cues.put(script, Cues.of(script));
    }
  }

  /**
   * Judges a text.
   *
   * @param vector its unit vector by the in-process model
   */
  public Judgement judge(String text, float[] vector, Aftermath aftermath) {
    Language language = Language.of(text);
    Optional<FloorRules.Rule> rule = floor.find(text);
    if (rule.isPresent()) {
      return held(rule.get(), language);
    }
    return read(text, vector, aftermath, language);
  }

  private static Judgement held(FloorRules.Rule rule, Language language) {
    Map<Aspect, Double> none = new EnumMap<>(Aspect.class);
    for (Aspect aspect : Aspect.values()) {
      none.put(aspect, 0.0);
    }
    return new Judgement(rule.content(), none, 0, language, rule.wire(), List.of(Reason.of("floor_" + rule.wire(), -3)));
  }

  private Judgement read(String text, float[] vector, Aftermath aftermath, Language language) {
    Script script = Script.of(text);
    HeadSet set = heads.of(script);
    List<String> tokens = Tokens.of(text);
    List<Cues.Hit> hits = cues.get(script).find(tokens);
    Map<Aspect, Double> strengths = Cues.strengths(hits);
    Map<Aspect, Double> aspects = set.aspects(strengths, vector);
    if (aspects.get(Aspect.DECISION) > 0.5) {
      aspects.merge(Aspect.DECISION, aftermath.decisionLift(), Double::sum);
    }
    double general = set.general(strengths, vector, tokens) + aftermath.generalLift();
    double content = squash(set.contentScale().z(HeadSet.together(general, aspects)));
    double spam = heads.spam(text);
    return new Judgement(content, shares(aspects), spam, language, null,
        reasons(set, vector, hits, aspects, general, spam, aftermath));
  }

  /** From deviations to 0..1: ordinary talk is at .4, two deviations above it at .9. */
  private static double squash(double z) {
    return 1 / (1 + Math.exp(-(1.3 * z - 0.4)));
  }

  private static Map<Aspect, Double> shares(Map<Aspect, Double> aspects) {
    Map<Aspect, Double> shares = new EnumMap<>(Aspect.class);
    aspects.forEach((aspect, z) -> shares.put(aspect, 1 / (1 + Math.exp(-1.5 * (z - 1)))));
    return shares;
  }

  private List<Reason> reasons(HeadSet set, float[] vector, List<Cues.Hit> hits, Map<Aspect, Double> aspects, double general,
      double spam, Aftermath aftermath) {
    List<Reason> reasons = new ArrayList<>();
    hits.stream().filter(hit -> hit.weight() > 0 && aspects.get(hit.aspect()) > 0)
        .sorted(Comparator.comparingDouble(hit -> -hit.weight() * (1 + aspects.get(hit.aspect())))).limit(CUES_TOLD)
        .forEach(hit -> reasons.add(Reason.of("cue_" + hit.aspect().wire(), hit.weight(), hit.phrase().replace("*", "…"))));
    nearest(set, vector, aspects).ifPresent(reasons::add);
    reasons.add(Reason.of(general > 0 ? "general_more" : "general_less", general));
    if (aftermath.votes() > 0) {
      reasons.add(Reason.of("after_votes", aftermath.decisionLift(), aftermath.votes()));
    }
    if (aftermath.reactions() + aftermath.replies() > 0) {
      reasons.add(Reason.of("after_echo", aftermath.generalLift(), aftermath.reactions(), aftermath.replies()));
    }
    if (spam > 0.5) {
      reasons.add(Reason.of("spam", 4 * spam, Math.round(100 * spam)));
    }
    reasons.sort(Comparator.comparingDouble(reason -> -Math.abs(reason.weight())));
    return reasons;
  }

  private static Optional<Reason> nearest(HeadSet set, float[] vector, Map<Aspect, Double> aspects) {
    Map.Entry<Aspect, Double> strongest = java.util.Collections.max(aspects.entrySet(), Map.Entry.comparingByValue());
    Head.Nearest nearest = set.heads().get(strongest.getKey()).nearest(vector);
    return strongest.getValue() <= 0 || nearest.cosine() < LEAST_COSINE ? Optional.empty()
        : Optional.of(Reason.of("near_" + strongest.getKey().wire(), 2 * nearest.cosine(), nearest.sentence()));
  }

  /** How many deviations the text stands above ordinary talk, by aspect, floor rules and aftermath left out. */
  Map<Aspect, Double> deviations(String text, float[] vector) {
    Script script = Script.of(text);
    return heads.of(script).aspects(Cues.strengths(cues.get(script).find(Tokens.of(text))), vector);
  }

  /** Whether a floor rule holds the text down. */
  boolean isHeld(String text) {
    return floor.find(text).isPresent();
  }

  /** Whether the text is a bare sign of agreement, as it counts for {@link Aftermath#votes}. */
  public boolean isVote(String text) {
    return floor.find(text).filter(rule -> rule == FloorRules.Rule.ACKNOWLEDGEMENT).isPresent();
  }
}
