package tasktracker.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.embedding.TestMessages;
import tasktracker.message.feed.MessageFilter;
import tasktracker.platform.data.TestDatabase;

/** Messages that contain the query as typed rank first. */
class ExactMatchIT {

  private static final Instant MONDAY = Instant.parse("2026-03-02T09:00:00Z");
  private static TestDatabase schema;
  private static SearchFixture product;

  @BeforeAll
  static void begin() {
    schema = TestDatabase.create();
    product = SearchFixture.over(schema);
  }

  @AfterAll
  static void drop() {
    product.close();
    schema.close();
  }

  @ParameterizedTest
  @MethodSource("tasktracker.search.ExactMatchQueries#all")
  void anExactMatchRanksFirst(ExactMatchQueries.Written row) {
    List<String> texts = new ArrayList<>(List.of(row.first()));
    texts.addAll(row.others());
    Hit first = find(row.typed(), chatWith(texts)).hits().getFirst();
    assertThat(first.message().content()).isEqualTo(row.first());
    assertThat(first.why()).contains("words");
    assertThat(first.matched()).as("highlighted words").isNotEmpty();
  }

  @Test
  void matchesAreHighlightedWithPunctuation() {
    MessageFilter chat = chatWith(List.of("we write C++ here", "the wi-fi is down", "see v1.2.3, please", "€250 is paid"));
    assertThat(find("C++", chat).hits().getFirst().matched()).containsExactly("C++");
    assertThat(find("wifi", chat).hits().getFirst().matched()).containsExactly("wi-fi");
    assertThat(find("1.2.3", chat).hits().getFirst().matched()).containsExactly("1.2.3");
    assertThat(find("€250", chat).hits().getFirst().matched()).containsExactly("€250");
  }

  @ParameterizedTest
  @CsvSource({"htksp, реліз", "reliz, реліз", "'jib,rf', ошибка", "oshibka, ошибка", "дщпшт, login", "логін, login", "pyatnytsya, п'ятниця",
      "htksp d g`znybw., реліз в п'ятницю", "login htksp, login реліз", "htksp!, реліз", "'htksp,', реліз", "(htksp)., реліз",
      "pomylka, помилка", "Gjvbkrb, помилки"})
  void variantsOfAQueryAreSuggested(String typed, String meant) {
    product.indexAndEmbed(product.messages().say(product.messages().person("Olena"), product.messages().chat("Team"), MONDAY,
        List.of("реліз у п'ятницю", "это ошибка", "the login page", "це помилка", "реліз в п'ятницю, помилки")));
    Search.Findings findings = find(typed, MessageFilter.ANY);
    assertThat(findings.suggestions()).contains(meant);
    assertThat(findings.query()).isEqualTo(typed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"реліз", "login", "руку", "кафе", "her", "her!", "https://a.example/htksp", "zorgle", "1500", "+380671234567",
      "✅", "->"})
  void aKnownWordOrAnUnknownTokenHasNoSuggestion(String typed) {
    List<UUID> ids = product.messages().say(product.messages().person("Olena"), product.messages().chat("Team"), MONDAY,
        List.of("реліз", "login", "дай руку", "here here", "у кафе", "rfat", "ask her", "рук"));
    product.indexAndEmbed(ids);
    assertThat(find(typed, MessageFilter.ANY).suggestions()).isEmpty();
  }

  private static MessageFilter chatWith(List<String> texts) {
    TestMessages testMessages = product.messages();
    UUID chat = testMessages.chat("Chat");
    product.indexAndEmbed(testMessages.say(testMessages.person("Kevin"), chat, MONDAY, texts));
    return new MessageFilter(null, null, null, null, chat, Set.of(), null, null, null, null, null);
  }

  private static Search.Findings find(String typed, MessageFilter filter) {
    return product.search().find(typed, filter, 10);
  }
}
