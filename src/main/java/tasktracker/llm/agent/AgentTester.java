package tasktracker.llm.agent;

/** Tries an agent out. There is a bean of it when this product can call language models. */
public interface AgentTester {

  /** What the agent answered, and what it took. */
  record Answer(String text, long inputTokens, long outputTokens, long milliseconds) {}

  /**
   * Asks the agent. No transaction is open.
   *
   * @throws tasktracker.platform.web.problem.Problem with a message for people when it does not answer
   */
  Answer test(AgentSettings agent, String prompt);
}
