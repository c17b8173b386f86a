package tasktracker.llm.call;

import org.jspecify.annotations.Nullable;

/**
 * What a model is asked.
 *
 * @param purpose what the answer is for, such as {@code knowledge_extraction}; recorded with the call
 * @param schema the JSON Schema of the answer, flat and without patterns; null for plain text
 * @param temperature 0 to 2
 * @param maxOutputTokens the limit of the answer
 */
public record ModelRequest(String purpose, String model, String system, String user, @Nullable String schema, double temperature,
    int maxOutputTokens) {

  private static final int CHARACTERS_PER_TOKEN = 3;
  private static final int OVERHEAD = 64;

  /** An upper estimate of the tokens of the prompt; Cyrillic text has more tokens for each character than English. */
  public int estimatePromptTokens() {
    return OVERHEAD + (system.length() + user.length() + (schema == null ? 0 : schema.length())) / CHARACTERS_PER_TOKEN;
  }

  /** What is reserved of a budget before the call: more than the tokenizers of the known models make of such texts. */
  public long reservedTokens() {
    return OVERHEAD + mostTokens(system) + mostTokens(user) + (schema == null ? 0 : mostTokens(schema)) + maxOutputTokens;
  }

  /** One token for two ASCII characters, one for any other, and three for an emoji, which is two characters. */
  private static long mostTokens(String text) {
    long halves = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      halves += c < 0x80 ? 1 : Character.isSurrogate(c) ? 3 : 2;
    }
    return halves / 2 + 1;
  }

  /** The same request with a further instruction at its end. */
  ModelRequest withHint(String hint) {
    return new ModelRequest(purpose, model, system, user + "\n\n" + hint, schema, temperature, maxOutputTokens);
  }
}
