package tasktracker.source.slack;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.Queue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The files of all conversations, one for each day, in the order of days. Eight bytes of each are in memory, and a few
 * thousand of them whole.
 */
final class SlackDays {

  private static final Pattern DAY = Pattern.compile("([^/]+)/(\\d{4})-(\\d\\d)-(\\d\\d)\\.json");
  private static final int LOADED_AT_ONCE = 4096;

  /**
   * One day of one conversation.
   *
   * @param date such as 20240501
   */
  record Day(String folder, int date, ZipEntry entry) {}

  private final ZipFile zip;
  private final String top;
  /** For each file its date and, in the lower half, its place among the entries of the ZIP; sorted. */
  private final long[] index;
  private int at;
  private final Queue<Day> loaded = new ArrayDeque<>();

  SlackDays(ZipFile zip, String top) {
    this.zip = zip;
    this.top = top;
    this.index = index();
  }

  private long[] index() {
    LongStream.Builder found = LongStream.builder();
    Enumeration<? extends ZipEntry> entries = zip.entries();
    for (int place = 0; entries.hasMoreElements(); place++) {
      Matcher day = DAY.matcher(name(entries.nextElement()));
      if (day.matches()) {
        found.add((long) date(day) << 32 | place);
      }
    }
    return found.build().sorted().toArray();
  }

  private String name(ZipEntry entry) {
    return entry.getName().startsWith(top) ? entry.getName().substring(top.length()) : "";
  }

  private static int date(Matcher day) {
    return Integer.parseInt(day.group(2) + day.group(3) + day.group(4));
  }

  /** The next files, at most so many and all of one day; empty after the last. */
  List<Day> next(int most) {
    List<Day> next = new ArrayList<>();
    while (next.size() < most && hasLoaded() && (next.isEmpty() || loaded.element().date() == next.getFirst().date())) {
      next.add(loaded.remove());
    }
    return next;
  }

  private boolean hasLoaded() {
    if (loaded.isEmpty() && at < index.length) {
      int end = Math.min(index.length, at + LOADED_AT_ONCE);
      loaded.addAll(load(at, end));
      at = end;
    }
    return !loaded.isEmpty();
  }

  /** Looks for the files of that part of the index, in one walk over all entries. */
  private List<Day> load(int from, int to) {
    long[] wanted = new long[to - from];
    for (int i = from; i < to; i++) {
      wanted[i - from] = (index[i] & 0xFFFFFFFFL) << 32 | i - from;
    }
    Arrays.sort(wanted);
    Day[] found = new Day[wanted.length];
    int next = 0;
    Enumeration<? extends ZipEntry> entries = zip.entries();
    for (int place = 0; next < wanted.length; place++) {
      ZipEntry entry = entries.nextElement();
      if (wanted[next] >>> 32 == place) {
        Matcher day = DAY.matcher(name(entry));
        found[(int) wanted[next]] = day.matches() ? new Day(day.group(1), date(day), entry) : null;
        next++;
      }
    }
    return List.of(found);
  }
}
