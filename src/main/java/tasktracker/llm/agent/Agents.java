package tasktracker.llm.agent;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.llm.provider.ProviderFailure;
import tasktracker.llm.provider.ProviderItem;
import tasktracker.llm.provider.ProviderType;
import tasktracker.llm.provider.ProviderUse;
import tasktracker.llm.provider.Providers;
import tasktracker.platform.data.Ids;
import tasktracker.platform.security.audit.Audit;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;

/** The agents. Each prompt that one of them had is kept. */
@ApplicationScoped
public class Agents implements ProviderUse {

  /** The id of the agent that is the built-in analyst. */
  public static final UUID BUILTIN = UUID.fromString("00000000-0000-7000-8000-000000000002");
  private static final System.Logger LOG = System.getLogger(Agents.class.getName());
  private static final int ALL = 1000;
  private static final int MAX_TEST_PROMPT = 5000;

  private static final Comparator<AgentSettings> IN_ORDER = Comparator
      .<AgentSettings, Boolean>comparing(agent -> agent.provider().type() == ProviderType.BUILTIN)
      .thenComparing(agent -> agent.provider().failoverOrder());

  private final AgentStore store;
  private final Providers providers;
  private final Prompts prompts;
  private final Instance<AgentTester> testers;
  private final Audit audit;

  @Inject
  public Agents(AgentStore store, Providers providers, Prompts prompts, Instance<AgentTester> testers, Audit audit) {
    this.store = store;
    this.providers = providers;
    this.prompts = prompts;
    this.testers = testers;
    this.audit = audit;
  }

  /** @param provider null for agents of any provider */
  public List<AgentItem> list(boolean isActiveOnly, @Nullable UUID provider, int limit, int skip) {
    return store.agents(isActiveOnly, provider, limit, skip);
  }

  /** @throws Problem 404 */
  public AgentItem get(UUID id) {
    return store.findAgent(id).orElseThrow(() -> Problem.notFound(LocalizedMessage.of("problem.none.agent")));
  }

  /** What a call of the agent needs, with the decrypted key of its provider. @throws Problem 404 */
  @Transactional
  public AgentSettings settings(UUID id) {
    return settings(get(id));
  }

  private AgentSettings settings(AgentItem agent) {
    return new AgentSettings(agent.id(), agent.name(), providers.settings(agent.providerId()), agent.modelName(), agent.systemPrompt(),
        agent.temperature(), agent.maxTokens());
  }

  /**
   * What calls of the agents that do a task need, in the failover order of their providers; agents, assignments and providers
   * that are switched off are left out, and providers whose key cannot be decrypted. The built-in analyst comes last.
   */
  @Transactional
  public List<AgentSettings> activeFor(String taskName) {
    return store.findTask(taskName).filter(TaskConfigItem::isActive).stream()
        .flatMap(task -> store.assignments(true, null, task.id(), ALL, 0).stream()).map(assignment -> get(assignment.agentId()))
        .flatMap(agent -> usable(agent).stream()).sorted(IN_ORDER).toList();
  }

  /** What calls of an agent need; empty when there is no such agent, or it cannot be asked now. */
  @Transactional
  public Optional<AgentSettings> findUsable(UUID id) {
    return store.findAgent(id).flatMap(this::usable);
  }

  private Optional<AgentSettings> usable(AgentItem agent) {
    try {
      return Optional.of(agent).filter(AgentItem::isActive)
          .filter(active -> providers.get(active.providerId(), Locale.ENGLISH).isActive()).map(this::settings);
    } catch (ProviderFailure unreadable) {
      LOG.log(System.Logger.Level.WARNING, "The agent {0} is left out: {1}", agent.name(), unreadable.getMessage());
      return Optional.empty();
    }
  }

  /** @throws Problem 404 without such a provider, 409 when the name is taken, 422 when a value is not allowed */
  @Transactional
  public UUID create(AgentChange wanted, String by) {
    AgentChange values = wanted.orElse(AgentChange.DEFAULTS).checked();
    check(values, null);
    UUID id = Ids.next();
    store.insertAgent(id, values, by);
    prompts.save(Prompts.keyOf(id), Objects.requireNonNull(values.systemPrompt()), "", by);
    audit.record("agent.created", "agent", id, details(values));
    return id;
  }

  private void check(AgentChange values, @Nullable UUID id) {
    providers.get(Objects.requireNonNull(values.providerId()), Locale.ENGLISH);
    store.findAgent(Objects.requireNonNull(values.name())).filter(other -> !other.id().equals(id)).ifPresent(other -> {
      throw Problem.conflict(LocalizedMessage.of("problem.agent.taken"));
    });
  }

  private static Map<String, Object> details(AgentChange values) {
    return Map.of("name", Objects.requireNonNull(values.name()), "provider_id", Objects.requireNonNull(values.providerId()).toString(),
        "model_name", Objects.requireNonNull(values.modelName()), "is_active", Boolean.TRUE.equals(values.isActive()));
  }

  /**
   * Changes an agent; of the built-in analyst only whether it is active.
   *
   * @throws Problem 404, 409 when the name is taken, 422 when a value is not allowed
   */
  @Transactional
  public void update(UUID id, AgentChange wanted, String by) {
    AgentItem before = get(id);
    if (before.isBuiltin()) {
      setBuiltinActive(before, Objects.requireNonNullElse(wanted.isActive(), before.isActive()));
      return;
    }
    AgentChange values = wanted.orElse(AgentChange.of(before)).checked();
    check(values, id);
    store.updateAgent(id, values);
    prompts.save(Prompts.keyOf(id), Objects.requireNonNull(values.systemPrompt()), "", by);
    audit.record("agent.changed", "agent", id, details(values));
  }

  private void setBuiltinActive(AgentItem agent, boolean isActive) {
    store.setAgentActive(agent.id(), isActive);
    audit.record("agent.changed", "agent", agent.id(), Map.of("name", agent.name(), "is_active", isActive));
  }

  /** Switches an agent on or off. @throws Problem 404 */
  @Transactional
  public void setActive(UUID id, boolean isActive, String by) {
    update(id, new AgentChange(null, null, null, null, null, null, null, isActive), by);
  }

  /** Gives the agent one of its earlier prompts back. @throws Problem 404 */
  @Transactional
  public void restorePrompt(UUID id, int version, String by) {
    String content = prompts.content(Prompts.keyOf(id), version);
    update(id, new AgentChange(null, null, null, null, content, null, null, null), by);
  }

  /** @throws Problem 404, or 409 when it is the built-in analyst or has tasks; the message names them */
  @Transactional
  public void delete(UUID id) {
    AgentItem agent = get(id);
    if (agent.isBuiltin()) {
      throw Problem.conflict(LocalizedMessage.of("problem.agent.builtin"));
    }
    List<String> tasks = store.assignments(false, id, null, ALL, 0).stream().map(AssignmentItem::taskName).toList();
    if (!tasks.isEmpty()) {
      throw Problem.conflict(LocalizedMessage.of("problem.agent.used", String.join(", ", tasks)));
    }
    store.deleteAgent(id);
    audit.record("agent.deleted", "agent", id, Map.of("name", agent.name()));
  }

  @Override
  public List<String> namesUsing(UUID provider) {
    return list(false, provider, ALL, 0).stream().map(AgentItem::name).toList();
  }

  /**
   * Asks the agent, to try it out. No transaction may be open.
   *
   * @throws Problem 400 when it cannot be asked, 404, 422 for a prompt that is empty or too long, 503 when this product calls no models
   */
  public AgentTester.Answer test(UUID id, String prompt) {
    AgentItem agent = get(id);
    if (prompt.isBlank() || prompt.length() > MAX_TEST_PROMPT) {
      throw Problem.unprocessable(LocalizedMessage.of("problem.agent.test.prompt", MAX_TEST_PROMPT));
    }
    requireTestable(agent);
    if (!testers.isResolvable()) {
      throw Problem.unavailable(LocalizedMessage.of("problem.agent.test.none"));
    }
    try {
      return testers.get().test(settings(id), prompt);
    } catch (ProviderFailure unreadable) {
      throw Problem.unavailable(unreadable.text());
    }
  }

  private void requireTestable(AgentItem agent) {
    ProviderItem provider = providers.get(agent.providerId(), Locale.ENGLISH);
    if (provider.type().equals(ProviderType.BUILTIN.wire())) {
      throw Problem.badRequest(LocalizedMessage.of("problem.agent.test.builtin"));
    }
    if (!agent.isActive() || !provider.isActive()) {
      throw Problem.badRequest(LocalizedMessage.of("problem.agent.test.inactive"));
    }
    if (!provider.validationStatus().equals("connected")) {
      throw Problem.badRequest(LocalizedMessage.of("problem.agent.test.unvalidated", provider.name()));
    }
  }
}
