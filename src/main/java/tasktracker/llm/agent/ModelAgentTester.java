package tasktracker.llm.agent;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Objects;
import tasktracker.llm.call.CallFailure;
import tasktracker.llm.call.ModelAnswer;
import tasktracker.llm.call.ModelCalls;
import tasktracker.llm.call.ModelRequest;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;

/** Tries an agent out by a call of its model, which counts as any other call. */
@ApplicationScoped
public class ModelAgentTester implements AgentTester {

  private static final int DEFAULT_MAX_TOKENS = 1000;

  private final ModelCalls calls;

  @Inject
  public ModelAgentTester(ModelCalls calls) {
    this.calls = calls;
  }

  @Override
  public Answer test(AgentSettings agent, String prompt) {
    long startedNs = System.nanoTime();
    try {
      ModelAnswer answer = calls.ask(agent.provider(), new ModelRequest("agent_test", agent.model(), agent.systemPrompt(), prompt, null,
          agent.temperature(), Objects.requireNonNullElse(agent.maxTokens(), DEFAULT_MAX_TOKENS)));
      return new Answer(answer.text(), answer.promptTokens(), answer.outputTokens(),
          Duration.ofNanos(System.nanoTime() - startedNs).toMillis());
    } catch (CallFailure e) {
      throw new Problem(502, "Bad gateway",
          LocalizedMessage.of("problem.agent.test.failed", LocalizedMessage.of("call.failure." + e.kind().wire())));
    }
  }
}
