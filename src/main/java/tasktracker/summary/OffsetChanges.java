package tasktracker.summary;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;

/**
 * The offsets of a zone from UTC in a period, such as of summer and winter time.
 *
 * @param starts when each begins, ascending, the first at the start of the period
 * @param seconds to be added to UTC
 */
record OffsetChanges(List<Instant> starts, List<Integer> seconds) {

  static OffsetChanges of(ZoneId zone, Instant from, Instant until) {
    ZoneRules rules = zone.getRules();
    List<Instant> starts = new ArrayList<>(List.of(from));
    for (ZoneOffsetTransition next = rules.nextTransition(from); next != null
        && next.getInstant().isBefore(until); next = rules.nextTransition(next.getInstant())) {
      starts.add(next.getInstant());
    }
    return new OffsetChanges(starts, starts.stream().map(at -> rules.getOffset(at).getTotalSeconds()).toList());
  }
}
