package tasktracker.platform.web;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The time zones that an account may have: UTC and the regions of the tz database, by their current names. */
public final class TimeZones {

  public static final ZoneId UTC = ZoneId.of("UTC");
  private static final int MAX_LENGTH = 50;
  private static final Set<String> AREAS = Set.of("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia",
      "Europe", "Indian", "Pacific");
  /** Former names, which browsers still report. */
  private static final Map<String, String> RENAMED = Map.ofEntries(
      Map.entry("Africa/Asmera", "Africa/Asmara"), Map.entry("America/Buenos_Aires", "America/Argentina/Buenos_Aires"),
      Map.entry("America/Catamarca", "America/Argentina/Catamarca"), Map.entry("America/Coral_Harbour", "America/Atikokan"),
      Map.entry("America/Cordoba", "America/Argentina/Cordoba"), Map.entry("America/Godthab", "America/Nuuk"),
      Map.entry("America/Indianapolis", "America/Indiana/Indianapolis"), Map.entry("America/Jujuy", "America/Argentina/Jujuy"),
      Map.entry("America/Louisville", "America/Kentucky/Louisville"), Map.entry("America/Mendoza", "America/Argentina/Mendoza"),
      Map.entry("Asia/Calcutta", "Asia/Kolkata"), Map.entry("Asia/Katmandu", "Asia/Kathmandu"),
      Map.entry("Asia/Rangoon", "Asia/Yangon"), Map.entry("Asia/Saigon", "Asia/Ho_Chi_Minh"),
      Map.entry("Atlantic/Faeroe", "Atlantic/Faroe"), Map.entry("Europe/Kiev", "Europe/Kyiv"),
      Map.entry("Pacific/Enderbury", "Pacific/Kanton"), Map.entry("Pacific/Ponape", "Pacific/Pohnpei"),
      Map.entry("Pacific/Truk", "Pacific/Chuuk"), Map.entry("Etc/UTC", "UTC"), Map.entry("Etc/GMT", "UTC"),
      Map.entry("GMT", "UTC"));

  private TimeZones() {}

  /** The zone with this name, which a browser or a person has given; empty when there is none. */
  public static Optional<ZoneId> find(@Nullable String name) {
    return Optional.ofNullable(name).filter(given -> given.length() <= MAX_LENGTH)
        .map(given -> RENAMED.getOrDefault(given, given)).filter(TimeZones::isKnown).map(ZoneId::of);
  }

  private static boolean isKnown(String name) {
    return name.equals("UTC") || AREAS.contains(area(name)) && ZoneId.getAvailableZoneIds().contains(name);
  }

  private static String area(String name) {
    return name.split("/", 2)[0];
  }

  /** The names of all zones but UTC, by area. */
  public static SortedMap<String, List<String>> byArea() {
    return ZoneId.getAvailableZoneIds().stream().filter(TimeZones::isKnown)
        .filter(name -> !name.equals("UTC") && !RENAMED.containsKey(name)).sorted()
        .collect(Collectors.groupingBy(TimeZones::area, TreeMap::new, Collectors.toList()));
  }
}
