package tasktracker.llm.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ProviderSettingsTest {

  @Test
  void textsOfSettingsDoNotContainTheKey() {
    var settings = new ProviderSettings(UUID.randomUUID(), "Team's model", ProviderType.OPENAI, URI.create("https://models.example/v1"),
        "sk-secret", true, 1, 2, 60, 0, Set.of());
    assertThat(settings.toString()).contains("Team's model", "models.example").doesNotContain("sk-secret");
  }
}
