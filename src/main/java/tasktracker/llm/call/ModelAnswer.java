package tasktracker.llm.call;

/**
 * The answer of a model.
 *
 * @param text the text, or the JSON that was asked for
 * @param promptTokens as the provider counts them; 0 when it does not tell
 */
public record ModelAnswer(String text, long promptTokens, long outputTokens) {

  public long tokens() {
    return promptTokens + outputTokens;
  }
}
