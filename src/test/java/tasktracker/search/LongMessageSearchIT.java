package tasktracker.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.harness.Growth;
import tasktracker.message.feed.MessageFilter;
import tasktracker.platform.data.TestDatabase;

/** Messages above the current size limit, which earlier releases have stored, are searched like others. */
class LongMessageSearchIT {

  @ParameterizedTest
  @ValueSource(ints = {29_000, 149_000, 430_000})
  void aLongMessageIsFoundAndItsSnippetIsShort(int words) {
    try (var schema = TestDatabase.create(); var product = SearchFixture.over(schema)) {
      UUID message = product.messages().says(product.messages().person("Kevin"), product.messages().chat("Team"), Instant.EPOCH,
          "zorgle ".repeat(words));
      product.index(List.of(message));
      Hit hit = product.search().find("zorgle", MessageFilter.ANY, 10).hits().getFirst();
      assertThat(hit.message().id()).isEqualTo(message);
      assertThat(hit.matched()).containsExactly("zorgle");
      assertThat(String.join("", hit.snippet().parts().stream().map(Snippet.Part::text).toList())).hasSizeLessThan(300);
    }
  }

  @Test
  void highlightingTimeDoesNotGrowWithTheMessage() {
    TextAnalyzer analyzer = TextAnalyzer.create();
    tasktracker.platform.web.Deadline deadline = tasktracker.platform.web.Deadline.ofRendering();
    String text = "zorgle ".repeat(149_000);
    Snippet.create(text.substring(0, 70_000), java.util.Set.of("zorgl"), analyzer, deadline);
    long ofPart = Growth.allocated(() -> Snippet.create(text.substring(0, 70_000), java.util.Set.of("zorgl"), analyzer, deadline));
    long ofAll = Growth.allocated(() -> Snippet.create(text, java.util.Set.of("zorgl"), analyzer, deadline));
    assertThat(ofAll).isLessThan(2 * ofPart);
  }
}
