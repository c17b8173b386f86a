package tasktracker.platform.ai;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Produces the configured embedding model; an invalid setting prevents the server from starting. */
@ApplicationScoped
public class EmbedderProducer {

  @Inject LocalEmbedder local;
  @Inject MeterRegistry meters;

  @Inject
  @ConfigProperty(name = "embedding.provider", defaultValue = "local") String provider;

  @Inject
  @ConfigProperty(name = "embedding.model") Optional<String> model;

  @Inject
  @ConfigProperty(name = "embedding.base.url") Optional<String> baseUrl;

  @Inject
  @ConfigProperty(name = "embedding.api.key") Optional<String> apiKey;

  @Inject
  @ConfigProperty(name = "embedding.dimension", defaultValue = "0") int dimension;

  @Inject
  @ConfigProperty(name = "embedding.timeout.seconds", defaultValue = "30") int timeoutSeconds;

  void check(@Observes Startup event) {
    if (!Set.of("local", "openai", "ollama").contains(provider)) {
      throw new IllegalStateException("EMBEDDING_PROVIDER is '" + provider + "'; it can be local, openai or ollama");
    }
  }

  /** The embedding model for messages and searches. */
  @Produces
  @ApplicationScoped
  Embedder embedder() {
    return switch (provider) {
      case "openai" -> RemoteEmbedder.openAi(address("https://api.openai.com/v1", "text-embedding-3-small")).measuredBy(meters);
      case "ollama" -> RemoteEmbedder.ollama(address("http://localhost:11434", "nomic-embed-text")).measuredBy(meters);
      default -> local;
    };
  }

  private RemoteEmbedder.Address address(String defaultUrl, String defaultModel) {
    return new RemoteEmbedder.Address(baseUrl.orElse(defaultUrl), apiKey.orElse("none"), model.orElse(defaultModel),
        Duration.ofSeconds(timeoutSeconds), dimension);
  }
}
