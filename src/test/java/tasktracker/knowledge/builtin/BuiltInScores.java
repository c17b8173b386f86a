package tasktracker.knowledge.builtin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import tasktracker.knowledge.analyst.AnalystMessage;
import tasktracker.knowledge.analyst.AtomType;
import tasktracker.knowledge.analyst.DecidedAtom;

/** The parts of the built-in analyst that evaluations measure. */
public final class BuiltInScores {

  private final List<Utterance> utterances;

  public BuiltInScores(List<AnalystMessage> messages) {
    utterances = IntStream.range(0, messages.size()).mapToObj(i -> Utterance.of(i, messages.get(i))).toList();
  }

  /** The number of the conversation of each message of a free chat. */
  public int[] conversations() {
    return number(ConversationFinder.find(utterances));
  }

  /** The number of the item of the agenda of each message of a meeting. */
  public int[] items() {
    return number(AgendaCutter.cut(utterances));
  }

  private int[] number(List<Conversation> conversations) {
    int[] numbers = new int[utterances.size()];
    for (int i = 0; i < conversations.size(); i++) {
      for (Utterance utterance : conversations.get(i).utterances()) {
        numbers[utterance.index()] = i;
      }
    }
    return numbers;
  }

  /** The score of each message of a meeting as a decision or action, without what people decided. */
  public double[] meetingDecisions() {
    return new AtomFinder(utterances, List.of(new Conversation(utterances, null, true)), new Feedback(List.of()))
        .minutesScores();
  }

  /** What decided atoms add to the score of each text. */
  public static double[] adjustments(List<DecidedAtom> decided, List<AnalystMessage> messages) {
    Feedback feedback = new Feedback(decided);
    return messages.stream().mapToDouble(m -> feedback.adjustment(AtomType.DECISION, Cues.tokenize(m.text()), m.vector())).toArray();
  }

  /** The features of each sentence by the id of its message, as the model of types is trained on them. */
  public Map<UUID, List<double[]>> features() {
    List<Conversation> conversations = ConversationSplitter.split(utterances);
    TypeFeatures features = new TypeFeatures(utterances, new MessageRoles(conversations), new AgreementFinder(utterances));
    Map<UUID, List<double[]>> byMessage = new LinkedHashMap<>();
    utterances.stream().filter(Utterance::isCandidate).forEach(u -> byMessage.put(u.id(),
        u.parts().stream().filter(part -> part.words() > 2).map(part -> features.of(u, part)).toList()));
    return byMessage;
  }

  public static List<String> featureNames() {
    return TypeFeatures.names();
  }
}
