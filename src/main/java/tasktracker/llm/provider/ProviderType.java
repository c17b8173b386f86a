package tasktracker.llm.provider;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The API that a provider speaks. */
public enum ProviderType {
  /** The built-in analyst of this server; it needs no address and no key. */
  BUILTIN(null, false),
  /** Ollama's own API. */
  OLLAMA("http://localhost:11434", false),
  /** OpenAI's API, also of the many servers that are compatible with it. */
  OPENAI("https://api.openai.com/v1", true),
  ANTHROPIC("https://api.anthropic.com/v1", true),
  GEMINI("https://generativelanguage.googleapis.com/v1beta", true);

  private final @Nullable URI defaultUrl;
  private final boolean usesKey;

  ProviderType(@Nullable String defaultUrl, boolean usesKey) {
    this.defaultUrl = defaultUrl == null ? null : URI.create(defaultUrl);
    this.usesKey = usesKey;
  }

  /** Its name in the database and in JSON. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The address that is used when none is given; null for the built-in analyst. */
  public @Nullable URI defaultUrl() {
    return defaultUrl;
  }

  /** Whether such a provider can have an API key. */
  public boolean usesKey() {
    return usesKey;
  }

  /** Whether messages leave this server for it. */
  public boolean isRemote() {
    return this != BUILTIN;
  }

  public static Optional<ProviderType> of(@Nullable String wire) {
    return Arrays.stream(values()).filter(type -> type.wire().equals(wire)).findFirst();
  }
}
