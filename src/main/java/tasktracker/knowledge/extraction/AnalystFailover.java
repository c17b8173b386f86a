package tasktracker.knowledge.extraction;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.analyst.Analysis;
import tasktracker.knowledge.analyst.Analyst;
import tasktracker.knowledge.analyst.AnalystInput;
import tasktracker.knowledge.analyst.AnalystMessage;
import tasktracker.knowledge.analyst.KnownTopic;
import tasktracker.knowledge.builtin.BuiltInAnalyst;
import tasktracker.knowledge.model.LanguageModelAnalyst;
import tasktracker.knowledge.model.ProjectWords;
import tasktracker.knowledge.topic.TopicStore;
import tasktracker.llm.agent.AgentSettings;
import tasktracker.llm.agent.Agents;
import tasktracker.llm.agent.Prompts;
import tasktracker.llm.call.ModelCalls;
import tasktracker.llm.provider.ProviderType;
import tasktracker.platform.batch.BatchFailure;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;
import tasktracker.project.ProjectStore;

/**
 * Has batches of messages analyzed: by the agents that administrators assigned to the task, in the failover order of their
 * providers, and by the built-in analyst when none of them gives a usable answer. One batch has one analyst.
 */
@ApplicationScoped
public class AnalystFailover {

  /** Enough for the atoms of a part, and little enough for the context of a small model. */
  private static final int DEFAULT_OUTPUT_TOKENS = 3000;
  /** A failed call of a model costs no more than so many messages. */
  private static final int MODEL_BATCH_SIZE = 50;

  /**
   * An analyst that was asked in vain.
   *
   * @param kind why: the name of a {@link tasktracker.llm.call.CallFailure.Kind}
   */
  public record Failure(String analyst, String kind) {}

  /** What was found, by whom, and who was asked before in vain. */
  record Outcome(Analysis analysis, String analyst, List<Failure> failures) {}

  /** Nobody can examine messages: no agent gave an answer, and the built-in analyst is switched off. */
  static final class NoAnalyst extends RuntimeException implements BatchFailure {

    private static final long serialVersionUID = 1L;

    NoAnalyst(List<Failure> failures) {
      super("No analyst is available" + failures.stream().map(failure -> "; " + failure.analyst() + ": " + failure.kind())
          .collect(Collectors.joining()));
    }
  }

  /** All agents have providers that exclude the chat, and the built-in analyst is switched off. */
  static final class ChatExcluded extends RuntimeException implements BatchFailure {

    private static final long serialVersionUID = 1L;

    ChatExcluded() {
      super("All providers exclude the chat");
    }
  }

  private final Agents agents;
  private final Prompts prompts;
  private final LanguageModelAnalyst models;
  private final Analyst builtin;
  private final ProjectStore projects;
  private final TopicStore topics;

  @Inject
  public AnalystFailover(Agents agents, Prompts prompts, LanguageModelAnalyst models, BuiltInAnalyst builtin, ProjectStore projects,
      TopicStore topics) {
    this.agents = agents;
    this.prompts = prompts;
    this.models = models;
    this.builtin = builtin;
    this.projects = projects;
    this.topics = topics;
  }

  /** The name that is stored with what an agent finds. */
  static String nameOf(AgentSettings agent) {
    return isBuiltin(agent) ? BuiltInAnalyst.NAME : agent.provider().name() + " / " + agent.model();
  }

  private static boolean isBuiltin(AgentSettings agent) {
    return agent.provider().type() == ProviderType.BUILTIN;
  }

  /**
   * Who is asked, in this order.
   *
   * @param chosen the only agent beside the built-in analyst; null for all that are assigned
   */
  private List<AgentSettings> inOrder(@Nullable UUID chosen) {
    List<AgentSettings> assigned = agents.activeFor(LanguageModelAnalyst.TASK);
    if (chosen == null) {
      return assigned;
    }
    Stream<AgentSettings> last = assigned.stream().filter(AnalystFailover::isBuiltin);
    return Stream.concat(agents.findUsable(chosen).filter(agent -> !isBuiltin(agent)).stream(), last).toList();
  }

  /** The agents that can be chosen for a run; empty when the built-in analyst is the only one. */
  List<ExtractionStart.Choice> choices() {
    List<AgentSettings> assigned = inOrder(null);
    return assigned.stream().allMatch(AnalystFailover::isBuiltin)
        ? List.of()
        : assigned.stream().map(agent -> new ExtractionStart.Choice(agent.id(), agent.name())).toList();
  }

  /** The name of who is asked first; empty when there is nobody. */
  Optional<String> firstName(@Nullable UUID chosen) {
    return inOrder(chosen).stream().findFirst().map(AnalystFailover::nameOf);
  }

  /** The language model that is asked first; empty when only the built-in analyst is. */
  Optional<AgentSettings> firstModel(@Nullable UUID chosen) {
    return inOrder(chosen).stream().findFirst().filter(agent -> !isBuiltin(agent));
  }

  /** @throws Problem 404 without such an agent, 400 when it or its provider is switched off */
  void requireUsable(UUID agent) {
    agents.get(agent);
    if (agents.findUsable(agent).isEmpty()) {
      throw Problem.badRequest(LocalizedMessage.of("problem.agent.test.inactive"));
    }
  }

  /** Messages that are examined at once. */
  int batchSize(@Nullable UUID chosen, int most) {
    return firstModel(chosen).isPresent() ? Math.min(MODEL_BATCH_SIZE, most) : most;
  }

  /**
   * Analyzes messages of a chat. Providers that exclude the chat are not asked. Must be called outside of transactions.
   *
   * @throws ChatExcluded when nobody was asked, because the providers of all agents exclude the chat
   * @throws NoAnalyst when nobody gave an answer
   * @throws CancellationException when the thread was interrupted meanwhile
   */
  Outcome analyze(AnalystInput input, UUID chat, @Nullable UUID chosen) {
    List<Failure> failures = new ArrayList<>();
    List<AgentSettings> order = inOrder(chosen);
    for (AgentSettings agent : order) {
      try {
        if (isBuiltin(agent)) {
          return new Outcome(builtin.analyze(input), builtin.name(), failures);
        }
        if (!agent.provider().excludedChats().contains(chat)) {
          return new Outcome(models.analyze(sendable(input, agent), model(agent, input)), nameOf(agent), failures);
        }
      } catch (ModelCalls.NoAnswer e) {
        requireUninterrupted(e);
        failures.add(new Failure(nameOf(agent), e.failures().getLast().kind().wire()));
      }
    }
    throw failures.isEmpty() && !order.isEmpty() ? new ChatExcluded() : new NoAnalyst(failures);
  }

  /** A call that was given up because the server shuts down is no failure of its provider; another attempt asks again. */
  private static void requireUninterrupted(ModelCalls.NoAnswer failure) {
    if (Thread.currentThread().isInterrupted()) {
      CancellationException aborted = new CancellationException("The analysis was interrupted");
      aborted.initCause(failure);
      throw aborted;
    }
  }

  /** Names of topics that may be known from excluded chats alone are not sent either. */
  private AnalystInput sendable(AnalystInput input, AgentSettings agent) {
    Set<UUID> excluded = agent.provider().excludedChats();
    Set<UUID> secret = excluded.isEmpty() ? Set.of() : topics.findOnlyOf(excluded, input.topics().stream().map(KnownTopic::id).toList());
    return new AnalystInput(input.messages(), input.topics().stream().filter(topic -> !secret.contains(topic.id())).toList(),
        input.decided(), input.maxAtoms());
  }

  /** The instructions of the task come first; what an agent adds cannot take their place. */
  private LanguageModelAnalyst.Model model(AgentSettings agent, AnalystInput input) {
    return new LanguageModelAnalyst.Model(nameOf(agent), agent.provider(), agent.model(),
        prompts.get(LanguageModelAnalyst.TASK) + "\n\n" + agent.systemPrompt(), agent.temperature(),
        Objects.requireNonNullElse(agent.maxTokens(), DEFAULT_OUTPUT_TOKENS), project(input));
  }

  private @Nullable String project(AnalystInput input) {
    List<UUID> candidates = input.messages().stream().filter(AnalystMessage::isCandidate).map(AnalystMessage::id).toList();
    return projects.findMostFrequent(candidates).map(ProjectWords::of).orElse(null);
  }
}
