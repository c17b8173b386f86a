package tasktracker.source;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleChatTest {

  private static final ZoneId KYIV = ZoneId.of("Europe/Kyiv");
  private static final Set<String> TIMES = Set.of("date", "date_unixtime", "edited", "edited_unixtime");
  private static final Pattern CALENDAR_DATE = Pattern.compile("(?iu)\\b20\\d\\d\\b|january|february|march|april|june|july|august"
      + "|september|october|november|december|січн|лютого|березн|квітн|травн|червн|липн|серпн|вересн|жовтн|листопад|грудн"
      + "|январ|феврал|апрел|июн|июл|август|сентябр|октябр|ноябр|декабр");

  @ParameterizedTest
  @ValueSource(strings = {"2026-11-20T14:43:04Z", "2026-11-27T14:43:03Z", "2026-11-30T08:00:00Z", "2027-03-30T00:00:00Z",
      "2026-11-01T00:00:00Z", "2040-02-29T12:00:00Z"})
  void theChatEndsInTheLastWeekOnTheSameWeekday(String now) {
    ZonedDateTime latest = sentAt(last(Instant.parse(now))).atZone(KYIV);
    assertThat(latest.toLocalTime()).isEqualTo("16:43:04");
    assertThat(latest.getDayOfWeek()).isEqualTo(DayOfWeek.FRIDAY);
    assertThat(latest.toInstant()).isBeforeOrEqualTo(now);
    assertThat(latest.plusWeeks(1).toInstant()).isAfter(now);
  }

  @Test
  void onlyTheTimesMove() {
    List<JsonObject> now = messages(Instant.parse("2026-11-21T00:00:00Z"));
    List<JsonObject> later = messages(Instant.parse("2026-12-06T00:00:00Z"));
    assertThat(later).map(SampleChatTest::withoutTimes).isEqualTo(now.stream().map(SampleChatTest::withoutTimes).toList());
    for (int i = 0; i < now.size(); i++) {
      assertThat(Duration.between(sentAt(now.get(i)), sentAt(later.get(i)))).isEqualTo(Duration.ofDays(14));
      assertThat(LocalDateTime.parse(later.get(i).getString("date")).atZone(KYIV).toInstant()).isEqualTo(sentAt(later.get(i)));
    }
  }

  @Test
  void noTextNamesADateOfTheCalendar() {
    assertThat(messages(Instant.parse("2026-11-21T00:00:00Z")))
        .allSatisfy(message -> assertThat(message.get("text").toString()).doesNotContainPattern(CALENDAR_DATE));
  }

  private static JsonObject last(Instant now) {
    return messages(now).getLast();
  }

  private static List<JsonObject> messages(Instant now) {
    try (var reader = Json.createReader(new ByteArrayInputStream(SampleChat.before(now)))) {
      return reader.readObject().getJsonArray("messages").getValuesAs(JsonObject.class);
    }
  }

  private static Instant sentAt(JsonObject message) {
    return Instant.ofEpochSecond(Long.parseLong(message.getString("date_unixtime")));
  }

  private static Map<String, JsonValue> withoutTimes(JsonObject message) {
    Map<String, JsonValue> others = new HashMap<>(message);
    others.keySet().removeAll(TIMES);
    return others;
  }
}
