package tasktracker.search;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tasktracker.harness.Api;
import tasktracker.harness.ProductTest;

/** Over HTTP: exact matches rank first, and suggestions are displayed in both languages. */
@ProductTest
class ExactMatchPageIT {

  private static final Pattern FIRST = Pattern.compile("id=\"hit-([^\"]+)\"");
  private final Api api;
  private final String chat = "written-" + UUID.randomUUID();

  ExactMatchPageIT(Api api) {
    this.api = api;
  }

  private String say(String text) {
    return api
        .post("/api/v1/messages", Json.createObjectBuilder().add("external_message_id", UUID.randomUUID().toString()).add("author", "Olena")
            .add("content", text).add("chat", chat).add("chat_title", chat).add("sent_at", "2026-03-02T12:00:00Z").build().toString())
        .expect(201).json().getString("id");
  }

  @ParameterizedTest
  @MethodSource("tasktracker.search.ExactMatchQueries#all")
  void anExactMatchRanksFirstOnThePageAndInTheApi(ExactMatchQueries.Written row) {
    List<String> ids = new ArrayList<>();
    row.others().forEach(text -> ids.add(say(text)));
    String right = say(row.first());
    String query = "q=" + encoded(row.typed()) + "&chat=" + api.chat(chat);
    JsonObject found = api.get("/api/v1/search?" + query).expect(200).json();
    assertThat(found.getString("query")).isEqualTo(row.typed());
    assertThat(found.getJsonArray("messages").getJsonObject(0).getJsonObject("message").getString("id")).isEqualTo(right).isNotIn(ids);
    Matcher first = FIRST.matcher(page("uk", "/search?" + query));
    assertThat(first.find()).isTrue();
    assertThat(first.group(1)).isEqualTo(right);
  }

  @ParameterizedTest
  @CsvSource({"en, htksp, реліз, Did you mean", "uk, htksp, реліз, Можливо", "en, reliz, реліз, Did you mean", "uk, reliz, реліз, Можливо",
      "en, 'jib,rf', ошибка, Did you mean", "uk, дщпшт, login, Можливо"})
  void suggestionsAreDisplayedWithoutChangingTheQuery(String language, String typed, String meant, String words) {
    String message = say("реліз у п'ятницю, ошибка, login");
    JsonObject found = api.get("/api/v1/search?q=" + encoded(typed)).expect(200).json();
    assertThat(found.getString("query")).isEqualTo(typed);
    assertThat(found.getJsonArray("suggestions").getValuesAs(jakarta.json.JsonString.class)).extracting(jakarta.json.JsonString::getString)
        .contains(meant);
    assertThat(found.getJsonArray("messages").getValuesAs(JsonObject.class))
        .noneMatch(
            hit -> hit.getJsonArray("why").toString().contains("words") && hit.getJsonObject("message").getString("id").equals(message));
    String page = page(language, "/search?q=" + encoded(typed));
    assertThat(page).contains(words, "/search?q=" + encoded(meant), "value=\"" + typed + "\"");
  }

  private String page(String language, String path) {
    return api.with("Accept", "text/html").with("Accept-Language", language).get(path).expect(200).body();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
