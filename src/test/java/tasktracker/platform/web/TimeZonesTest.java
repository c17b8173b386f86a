package tasktracker.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeZonesTest {

  @ParameterizedTest
  @CsvSource({"Europe/Kyiv, Europe/Kyiv", "Europe/Kiev, Europe/Kyiv", "Asia/Katmandu, Asia/Kathmandu", "America/New_York, America/New_York",
      "UTC, UTC", "Etc/UTC, UTC"})
  void aZoneIsFoundByThePresentAndTheFormerName(String given, String found) {
    assertThat(TimeZones.find(given)).contains(ZoneId.of(found));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Kyiv", "Europe/Nowhere", "+02:00", "GMT+2", "Z", "SystemV/EST5", "../../etc/passwd", "Europe/Kyiv\n",
      "europe/kyiv", "<script>"})
  void anyOtherNameIsNoZone(String given) {
    assertThat(TimeZones.find(given)).isEmpty();
  }

  @Test
  void aLongNameIsNoZone() {
    assertThat(TimeZones.find("Europe/".repeat(1_000_000))).isEmpty();
    assertThat(TimeZones.find(null)).isEmpty();
  }

  @Test
  void everyChoiceIsAZone() {
    List<String> names = TimeZones.byArea().values().stream().flatMap(List::stream).toList();
    assertThat(names).contains("Europe/Kyiv", "Asia/Kathmandu").doesNotContain("Europe/Kiev", "UTC")
        .allSatisfy(name -> assertThat(TimeZones.find(name)).contains(ZoneId.of(name))).hasSizeGreaterThan(300);
  }

  @Test
  void anInvalidDefaultIsRefusedAtStart() {
    assertThat(new DefaultTimeZone("Asia/Kathmandu").or(null)).isEqualTo(ZoneId.of("Asia/Kathmandu"));
    assertThat(new DefaultTimeZone("Asia/Kathmandu").or("Europe/Kyiv")).isEqualTo(ZoneId.of("Europe/Kyiv"));
    assertThatThrownBy(() -> new DefaultTimeZone("Kyiv")).hasMessageContaining("DEFAULT_ZONE").hasMessageContaining("Kyiv");
  }
}
