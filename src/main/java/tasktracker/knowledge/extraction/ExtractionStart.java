package tasktracker.knowledge.extraction;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.llm.agent.Agents;
import tasktracker.llm.call.CallStore;
import tasktracker.llm.call.Prices;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;

/** Starts runs that people and programs ask for. */
@ApplicationScoped
public class ExtractionStart {

  private static final int MAX_IDS = 100;
  /** A prompt has messages for context beside those that are examined. */
  private static final double WITH_CONTEXT = 1.5;
  private static final int CHARACTERS_PER_TOKEN = 3;
  private static final int MESSAGES_OF_CALL = 30;
  /** Tokens of the instructions, the schema, the topics and the words of the project. */
  private static final int INSTRUCTIONS = 1500;
  private static final int ANSWER_OF_MESSAGE = 30;
  /** Longer periods are history. */
  private static final String RECENT = "last_24h";
  private static final Map<String, Duration> PERIODS = Map.of(RECENT, Duration.ofHours(24), "last_7d", Duration.ofDays(7), "last_30d",
      Duration.ofDays(30));

  private final ExtractionRuns runs;
  private final AnalystFailover analysts;
  private final BatchReader reader;
  private final CallStore calls;
  private final Prices prices;
  private final Clock clock;

  @Inject
  public ExtractionStart(ExtractionRuns runs, AnalystFailover analysts, BatchReader reader, CallStore calls, Prices prices,
      Clock clock) {
    this.runs = runs;
    this.analysts = analysts;
    this.reader = reader;
    this.calls = calls;
    this.prices = prices;
    this.clock = clock;
  }

  /**
   * Starts a run over these messages.
   *
   * @param agent who examines them; null for the assigned agents
   * @return the id of the run
   * @throws Problem 422 for no or more than 100 messages, 404 without such an agent, 400 when it is off, 409 while another
   *     requested run is active or nobody can examine them
   */
  public UUID overMessages(List<UUID> ids, @Nullable UUID agent, String by) {
    if (ids.isEmpty() || ids.size() > MAX_IDS) {
      throw Problem.unprocessable(LocalizedMessage.of("problem.extraction.ids", MAX_IDS));
    }
    return create(agent, RunSelection.of(ids.stream().distinct().toList()), by);
  }

  /**
   * Starts a run over a period. Beside the built-in analyst only the given agent examines more than the last 24 hours, and
   * only when somebody has agreed to its {@linkplain #estimate estimate}: nobody pays for a history without having chosen so.
   *
   * @param period {@code last_24h}, {@code last_7d}, {@code last_30d}, {@code custom} with both times, or {@code all}
   * @param topic only messages of this topic, or null
   * @param agent who examines them; null for the assigned agents in the last 24 hours, and otherwise for the built-in analyst
   * @param isConfirmed whether somebody has agreed to what is sent to the agent's provider
   * @return the id of the run
   * @throws Problem 400 for a wrong period, when no message is selected or the agent is off, 404 without such an agent, 409
   *     when it must be confirmed first, while another requested run is active, or when nobody can examine the messages
   */
  public UUID overPeriod(String period, @Nullable Instant from, @Nullable Instant until, @Nullable UUID topic, @Nullable UUID agent,
      boolean isConfirmed, String by) {
    RunSelection selection = selection(period, from, until, topic);
    if (period.equals(RECENT)) {
      return create(agent, selection, by);
    }
    if (agent != null && !isConfirmed) {
      estimate(selection, agent).filter(estimate -> estimate.messages() > 0).ifPresent(ExtractionStart::requireConfirmation);
    }
    return create(agent == null ? Agents.BUILTIN : agent, selection, by);
  }

  private static void requireConfirmation(Estimate estimate) {
    Object cost = estimate.costText().isEmpty() ? LocalizedMessage.of("call.cost.unknown") : estimate.costText();
    throw Problem.conflict(LocalizedMessage.of("problem.extraction.unconfirmed", estimate.messages(), estimate.analyst(),
        estimate.tokens(), cost));
  }

  /** An agent to choose for a run. */
  public record Choice(UUID id, String name) {}

  /** The agents to choose from; empty when the built-in analyst is the only one. */
  public List<Choice> choices() {
    return analysts.choices();
  }

  /** The messages of a period. @throws Problem 400 for a wrong period */
  private RunSelection selection(String period, @Nullable Instant from, @Nullable Instant until, @Nullable UUID topic) {
    Instant now = clock.instant();
    if (period.equals("custom")) {
      if (from == null || until == null || from.isAfter(now) || until.isAfter(now) || !from.isBefore(until)) {
        throw Problem.badRequest(LocalizedMessage.of("problem.extraction.dates"));
      }
      return new RunSelection(List.of(), from, until, topic, true);
    }
    Duration length = PERIODS.get(period);
    if (length == null && !period.equals("all")) {
      throw Problem.badRequest(LocalizedMessage.of("problem.extraction.period"));
    }
    return new RunSelection(List.of(), length == null ? null : now.minus(length), null, topic, true);
  }

  /**
   * What a run over a period will send to a provider.
   *
   * @param agent who is asked first
   * @param analyst its name
   * @param tokens about how many tokens of prompts and answers
   * @param cost about how much, or null when the price of the model is unknown
   * @param left the tokens that are left of today's budget, or null without a limit
   */
  public record Estimate(UUID agent, String analyst, long messages, long tokens, @Nullable BigDecimal cost, @Nullable String currency,
      @Nullable Long left) {

    /** The cost with its currency; empty when the price is unknown. */
    public String costText() {
      return cost == null || currency == null ? "" : CallStore.Cost.text(cost, currency);
    }

    /** Whether today's budget does not suffice, so that the built-in analyst examines the rest. */
    public boolean exceedsBudget() {
      return left != null && left < tokens;
    }
  }

  /** Estimates a run; empty when nothing is sent to a provider. @throws Problem 400 for a wrong period */
  public Optional<Estimate> estimate(String period, @Nullable UUID agent) {
    return estimate(selection(period, null, null, null), agent);
  }

  private Optional<Estimate> estimate(RunSelection selection, @Nullable UUID agent) {
    return analysts.firstModel(agent).map(model -> {
      BatchReader.Size size = reader.measure(selection);
      long prompt = (long) (size.characters() * WITH_CONTEXT / CHARACTERS_PER_TOKEN)
          + (size.messages() / MESSAGES_OF_CALL + 1) * INSTRUCTIONS;
      long answers = size.messages() * ANSWER_OF_MESSAGE;
      Optional<CallStore.Price> price = prices.find(model.model());
      return new Estimate(model.id(), AnalystFailover.nameOf(model), size.messages(), prompt + answers,
          price.map(p -> p.of(prompt, answers)).orElse(null),
          price.map(CallStore.Price::currency).orElse(null), calls.left(model.provider()).orElse(null));
    });
  }

  private UUID create(@Nullable UUID agent, RunSelection selection, String by) {
    if (agent != null) {
      analysts.requireUsable(agent);
    }
    if (analysts.firstName(agent).isEmpty()) {
      throw Problem.conflict(LocalizedMessage.of("problem.extraction.noanalyst"));
    }
    return runs.create(RunTrigger.API, agent, selection, by).orElseThrow(() -> runs.findActive(RunTrigger.API).isPresent()
        ? Problem.conflict(LocalizedMessage.of("problem.extraction.active"))
        : Problem.badRequest(LocalizedMessage.of("problem.extraction.nothing")));
  }
}
