package tasktracker.knowledge.model;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
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
@ApplicationScoped
public class LanguageModelAnalyst {

  /** The purpose of the calls in their record, and the name of the task of agents. */
  public static final String TASK = "knowledge_extraction";
  /** The JSON Schema of the answers; the built-in task shows the same. */
  public static final String SCHEMA = AnswerSchema.JSON;
  static final int PART_SIZE = 50;
  private static final int MIN_PART = 4;
  private static final double MIN_CONFIDENCE = .7;

  /**
   * Who is asked, and how.
   *
   * @param analyst the name that is stored with what the model finds
   * @param system the instructions
   * @param project what {@link ProjectWords} tells of the project of the messages, or null
   */
  public record Model(String analyst, ProviderSettings provider, String name, String system, double temperature, int maxOutputTokens,
      @Nullable String project) {}

  private final ModelCalls calls;

  @Inject
  public LanguageModelAnalyst(ModelCalls calls) {
    this.calls = calls;
  }

  /**
   * Analyzes messages. Must be called outside of transactions.
   *
   * @throws ModelCalls.NoAnswer when there is no usable answer for a part; nothing of the batch is used then
   */
  public Analysis analyze(AnalystInput input, Model model) {
    List<Analysis> parts = new ArrayList<>();
    for (int from = 0; from < input.messages().size(); from += PART_SIZE) {
      parts.addAll(analyze(input.messages().subList(from, Math.min(input.messages().size(), from + PART_SIZE)), input, model));
    }
    return join(parts);
  }

  private List<Analysis> analyze(List<AnalystMessage> part, AnalystInput input, Model model) {
    if (part.stream().noneMatch(AnalystMessage::isCandidate)) {
      return List.of();
    }
    try {
      AnswerReader reader = new AnswerReader(part, input.topics(), MIN_CONFIDENCE, model.analyst());
      ModelRequest request = new ModelRequest(TASK, model.name(), model.system(),
          ExtractionPrompt.of(part, input.topics(), model.project()), SCHEMA, model.temperature(), model.maxOutputTokens());
      return List.of(calls.askForJson(List.of(model.provider()), provider -> request, reader::read).value());
    } catch (ModelCalls.NoAnswer e) {
      boolean isTooMuch = e.failures().stream().map(CallFailure::kind)
          .anyMatch(kind -> kind == CallFailure.Kind.TRUNCATED || kind == CallFailure.Kind.PROMPT_TOO_LONG);
      if (!isTooMuch || part.size() < MIN_PART) {
        throw e;
      }
      List<Analysis> halves = new ArrayList<>(analyze(part.subList(0, part.size() / 2), input, model));
      halves.addAll(analyze(part.subList(part.size() / 2, part.size()), input, model));
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
}
