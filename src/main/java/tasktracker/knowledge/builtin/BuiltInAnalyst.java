package tasktracker.knowledge.builtin;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.analyst.Analysis;
import tasktracker.knowledge.analyst.Analyst;
import tasktracker.knowledge.analyst.AnalystInput;
import tasktracker.knowledge.analyst.AtomCandidate;
import tasktracker.knowledge.analyst.LinkCandidate;

/**
 * The analyst that needs no language model: conversations by who answers whom, topics by titles and frequent phrases, atoms
 * by cue phrases, aspects and votes. It works without vectors and scores, with less precision. Thread-safe.
 */
@ApplicationScoped
public class BuiltInAnalyst implements Analyst {

  public static final String NAME = "builtin";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Analysis analyze(AnalystInput input) {
    List<Utterance> utterances = IntStream.range(0, input.messages().size()).mapToObj(i -> Utterance.of(i, input.messages().get(i)))
        .toList();
    if (utterances.isEmpty()) {
      return Analysis.EMPTY;
    }
    List<Conversation> conversations = ConversationSplitter.split(utterances);
    TopicFinder.Result topics = new TopicFinder(utterances, conversations, input.topics()).find();
    Set<String> participants = TopicFinder.participants(utterances);
    List<AtomDraft> drafts = new AtomFinder(utterances, conversations, new Feedback(input.decided())).find().stream()
        .filter(draft -> !title(draft, participants).isBlank()).limit(Math.max(0, input.maxAtoms())).toList();
    return assemble(utterances, topics, drafts, participants);
  }

  private static Analysis assemble(List<Utterance> utterances, TopicFinder.Result topics, List<AtomDraft> drafts,
      Set<String> participants) {
    Map<AtomDraft, String> keys = new HashMap<>();
    List<AtomCandidate> atoms = new ArrayList<>();
    for (AtomDraft draft : drafts) {
      String key = "a" + (atoms.size() + 1);
      keys.put(draft, key);
      atoms.add(createAtom(draft, key, topics.topicOf().get(draft.utterance.id()), participants));
    }
    List<LinkCandidate> links = new AtomLinker(utterances, drafts).link().stream()
        .map(link -> new LinkCandidate(keys.getOrDefault(link.from(), ""), keys.getOrDefault(link.to(), ""), link.type(), link.strength()))
        .toList();
    return new Analysis(topics.topics(), atoms, links);
  }

  private static AtomCandidate createAtom(AtomDraft draft, String key, @Nullable String topic, Set<String> participants) {
    return new AtomCandidate(key, draft.type, topic, title(draft, participants), draft.content().strip(),
        draft.confidence, draft.quotes(), draft.reason);
  }

  private static String title(AtomDraft draft, Set<String> participants) {
    return TitleWriter.write(draft.part.sentence().text(), participants);
  }
}
