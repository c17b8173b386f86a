package tasktracker.message.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.core.MultivaluedHashMap;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tasktracker.platform.web.problem.Problem;

class FeedQueryTest {

  @Test
  void theLastDayOfAFilterIsInsideIt() {
    MessageFilter filter = query("from", "2026-11-16", "until", "2026-11-20").filter();
    assertThat(filter.from()).isEqualTo("2026-11-16T00:00:00Z");
    assertThat(filter.until()).isEqualTo("2026-11-21T00:00:00Z");
  }

  /** The query of a deletion is kept and read again without its asker. */
  @Test
  void aQueryWithInstantsMeansTheSameInEachZone() {
    FeedQuery exact = query("from", "2026-11-16", "until", "2026-11-20", "q", "a").withInstants();
    assertThat(exact.here("")).isEqualTo("?q=a&from=2026-11-16T00%3A00%3A00Z&until=2026-11-21T00%3A00%3A00Z");
    assertThat(FeedQuery.parse(exact.here("")).filter()).isEqualTo(exact.filter());
  }

  @Test
  void anHourOfTheHeatmapIsAnHourInTheList() {
    assertThat(query("from", "2026-11-16T10:00:00Z", "until", "2026-11-16T11:00:00Z").filter().until())
        .isEqualTo(Instant.parse("2026-11-16T11:00:00Z"));
  }

  @Test
  void anotherTabBeginsAtItsFirstPageAndKeepsTheFilters() {
    Cursor place = new Cursor(Instant.parse("2026-11-16T10:00:00Z"), new UUID(1, 2), null);
    FeedQuery second = query("q", "деплой & co", "class", "noise", "after", place.toString(), "at", "25");
    assertThat(second.with("class", "signal")).isEqualTo("/messages?q=%D0%B4%D0%B5%D0%BF%D0%BB%D0%BE%D0%B9+%26+co&class=signal");
    assertThat(second.after()).isEqualTo(place);
    assertThat(second.filter().classes()).isEqualTo(Set.of("noise"));
    assertThat(second.unfiltered()).isEqualTo("/messages?class=noise");
  }

  @ParameterizedTest
  @CsvSource({"from, yesterday", "strength_min, 101", "strength_min, 0.5", "strength_max, x", "min, 1.5", "chat, 17", "class, good",
      "sort, random", "size, 1000", "after, x",
      "at, x"})
  void whatCannotBeReadIsRefusedByName(String key, String value) {
    FeedQuery query = query(key, value);
    assertThatThrownBy(() -> {
      query.filter();
      query.order();
      query.size();
      query.after();
      query.at();
    }).isInstanceOf(Problem.class).hasMessageContaining(key);
  }

  @Test
  void linksOfEarlierReleasesSelectByImportance() {
    FeedQuery query = query("min", "0.5", "max", "1");
    assertThat(query.filter().scoreMin()).isEqualTo(.5);
    assertThat(query.filter().scoreMax()).isEqualTo(1);
    assertThat(query.fieldless()).containsExactly("min", "max");
    String id = new UUID(1, 2).toString();
    assertThat(Cursor.of("2026-03-02T12:05:00Z~" + id + "~0.82").score()).isEqualTo(82);
    assertThat(Cursor.of("2026-03-02T12:05:00Z~" + id + "~82").score()).isEqualTo(82);
  }

  @Test
  void momentsOfALinkAreNoDaysOfAField() {
    FeedQuery query = query("from", "2026-03-02T12:05:00Z", "until", "2026-03-04", "person", new UUID(1, 2).toString());
    assertThat(query.fieldless()).containsExactly("person", "from");
    assertThat(query.day("from")).isNull();
    assertThat(query.day("until")).isEqualTo("2026-03-04");
  }

  @Test
  void anEmptyFieldDoesNotHideWhatWasAskedBesideIt() {
    var asked = new MultivaluedHashMap<String, String>();
    asked.addAll("from", "", "2026-03-02T12:05:00Z");
    assertThat(FeedQuery.of(new tasktracker.platform.web.query.Query(asked)).get("from")).isEqualTo("2026-03-02T12:05:00Z");
  }

  private static FeedQuery query(String... pairs) {
    MultivaluedHashMap<String, String> asked = new MultivaluedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      asked.putSingle(pairs[i], pairs[i + 1]);
    }
    return FeedQuery.of(new tasktracker.platform.web.query.Query(asked));
  }
}
