package tasktracker.knowledge.model;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.analyst.Analysis;
import tasktracker.knowledge.analyst.AnalystInput;
import tasktracker.knowledge.analyst.AnalystMessage;
import tasktracker.knowledge.analyst.AtomCandidate;
import tasktracker.knowledge.analyst.LinkCandidate;
import tasktracker.knowledge.analyst.TopicCandidate;
import tasktracker.llm.call.CallFailure;
import tasktracker.llm.call.ModelCalls;
import tasktracker.llm.call.ModelRequest;
import tasktracker.llm.provider.ProviderSettings;

/**
 * Finds topics and atoms with a language model. Messages are sent in parts of at most {@value #PART_SIZE}; a part whose
 * answer was cut off, or whose prompt is too long, is halved. Thread-safe.
 */
public class LanguageModelAnalyst {

  static final int PART_SIZE = 50;
  private static final int MIN_PART = 4;
  private static final double MIN_CONFIDENCE = .7;

  /**
   * How a model is asked.
   *
   * @param model the name of the model of a provider
   * @param system the instructions
   * @param glossary words of the project with their meaning, or null
   */
  public record Agent(Function<ProviderSettings, String> model, String system, double temperature, int maxOutputTokens,
      @Nullable String glossary) {}

  private final ModelCalls calls;

  public LanguageModelAnalyst(ModelCalls calls) {
    this.calls = calls;
  }

  /**
   * Analyzes messages.
   *
   * @param providers in the order in which they are tried
   * @throws ModelCalls.NoAnswer when no provider gave a usable answer for a part; nothing of the batch is used then
   */
  public Analysis analyze(AnalystInput input, List<ProviderSettings> providers, Agent agent) {
    List<Analysis> parts = new ArrayList<>();
    for (int from = 0; from < input.messages().size(); from += PART_SIZE) {
      List<AnalystMessage> part = input.messages().subList(from, Math.min(input.messages().size(), from + PART_SIZE));
      if (part.stream().anyMatch(AnalystMessage::isCandidate)) {
        parts.addAll(analyze(part, input, providers, agent));
      }
    }
    return join(parts);
  }

  private List<Analysis> analyze(List<AnalystMessage> part, AnalystInput input, List<ProviderSettings> providers, Agent agent) {
    try {
      AnswerReader reader = new AnswerReader(part, input.topics(), MIN_CONFIDENCE);
      String prompt = ExtractionPrompt.of(part, input.topics(), agent.glossary());
      return List.of(calls.askForJson(providers, provider -> new ModelRequest("knowledge_extraction", agent.model().apply(provider),
          agent.system(), prompt, AnswerSchema.JSON, agent.temperature(), agent.maxOutputTokens()), reader::read).value());
    } catch (ModelCalls.NoAnswer e) {
      boolean isTooMuch = e.failures().stream().map(CallFailure::kind)
          .anyMatch(kind -> kind == CallFailure.Kind.TRUNCATED || kind == CallFailure.Kind.PROMPT_TOO_LONG);
      if (!isTooMuch || part.size() < MIN_PART) {
        throw e;
      }
      List<Analysis> halves = new ArrayList<>(analyze(part.subList(0, part.size() / 2), input, providers, agent));
      halves.addAll(analyze(part.subList(part.size() / 2, part.size()), input, providers, agent));
      return halves;
    }
  }

  /** Joins the parts; their keys get the number of the part in front. */
  private static Analysis join(List<Analysis> parts) {
    List<TopicCandidate> topics = new ArrayList<>();
    List<AtomCandidate> atoms = new ArrayList<>();
    List<LinkCandidate> links = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      String prefix = i + ".";
      parts.get(i).topics().forEach(t -> topics.add(new TopicCandidate(prefix + t.key(), t.existing(), t.name(), t.description(),
          t.messages(), t.keywords(), t.confidence(), t.reason())));
      parts.get(i).atoms()
          .forEach(a -> atoms.add(new AtomCandidate(prefix + a.key(), a.type(), a.topic() == null ? null : prefix + a.topic(),
              a.title(), a.content(), a.confidence(), a.quotes(), a.reason())));
      parts.get(i).links().forEach(l -> links.add(new LinkCandidate(prefix + l.from(), prefix + l.to(), l.type(), l.strength())));
    }
    return new Analysis(topics, atoms, links);
  }

  /** Whether a message of an excluded chat would be sent. */
  static boolean mayReceive(ProviderSettings provider, UUID chat) {
    return provider.isActive() && !provider.excludedChats().contains(chat);
  }
}
