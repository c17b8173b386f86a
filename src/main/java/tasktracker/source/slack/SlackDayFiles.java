package tasktracker.source.slack;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.source.format.TranscriptEntry;
import tasktracker.source.format.UnreadableFile;

/**
 * The files of all conversations, one for each day, in chronological order. An index of eight bytes for each is in
 * memory, and a few thousand of them completely.
 */
final class SlackDayFiles {

  private static final Pattern DAY = Pattern.compile("(\\d{4})-(\\d\\d)-(\\d\\d)[^/]*\\.json", Pattern.CASE_INSENSITIVE);
  private static final int LOAD_BATCH_SIZE = 4096;

  /**
   * One day of one conversation.
   *
   * @param folder null when it is unknown
   * @param date such as 20240501
   */
  record Day(@Nullable String folder, int date, ZipEntry entry) {}

  private final ZipFile zip;
  private final String top;
  private final Predicate<String> isFolder;
  /** Date of each file in the upper half and its index in the ZIP file in the lower half; sorted. */
  private final long[] index;
  private int at;
  private final Queue<Day> loaded = new ArrayDeque<>();

  SlackDayFiles(ZipFile zip, String top, Predicate<String> isFolder) {
    this.zip = zip;
    this.top = top;
    this.isFolder = isFolder;
    this.index = index();
  }

  private long[] index() {
    LongStream.Builder found = LongStream.builder();
    Enumeration<? extends ZipEntry> entries = zip.entries();
    for (int place = 0; entries.hasMoreElements(); place++) {
      Day day = day(entries.nextElement());
      if (day != null && day.folder() != null && !isHidden(day.entry())) {
        found.add((long) day.date() << 32 | place);
      }
    }
    return found.build().sorted().toArray();
  }

  /**
   * The entry as a day of a conversation, without a folder when the conversation is unknown; null for any other entry.
   */
  private @Nullable Day day(ZipEntry entry) {
    ZipEntryName name = ZipEntryName.of(entry);
    Matcher day = DAY.matcher(name.file());
    return day.matches() && !name.isInvalid() ? new Day(folder(name), date(day), entry) : null;
  }

  /** The folder below the top level. For a name in an unknown character set, a folder that the export lists. */
  private @Nullable String folder(ZipEntryName name) {
    for (String path : name.folders()) {
      String folder = path.startsWith(top) && path.length() > top.length() ? path.substring(top.length(), path.length() - 1) : "/";
      if (folder.indexOf('/') < 0 && (name.isCertain() || isFolder.test(folder))) {
        return folder;
      }
    }
    return null;
  }

  /**
   * Whether another entry has the same name and other content: a ZIP file is read by names, so only the last of them can
   * be read.
   */
  private boolean isHidden(ZipEntry entry) {
    ZipEntry read = zip.getEntry(entry.getName());
    return read != null && (read.getCrc() != entry.getCrc() || read.getSize() != entry.getSize());
  }

  /** The next entry that is skipped because of its name; null after the last. */
  TranscriptEntry.@Nullable Unreadable nextSkipped(Enumeration<? extends ZipEntry> entries) {
    while (entries.hasMoreElements()) {
      ZipEntry entry = entries.nextElement();
      Day day = day(entry);
      ZipEntryName name = ZipEntryName.of(entry);
      if (name.isInvalid() || day != null && day.folder() == null) {
        return unreadable(name, LocalizedMessage.of("problem.file.slack.entry"));
      }
      if ((day != null || SlackArchive.LISTS.contains(name.file())) && isHidden(entry)) {
        return unreadable(name, LocalizedMessage.of("problem.file.slack.twice"));
      }
    }
    return null;
  }

  private static TranscriptEntry.Unreadable unreadable(ZipEntryName name, LocalizedMessage reason) {
    return new TranscriptEntry.Unreadable(name.shown(), UnreadableFile.wrongFormat(reason));
  }

  /** All entries, for {@link #nextSkipped}. */
  Enumeration<? extends ZipEntry> entries() {
    return zip.entries();
  }

  private static int date(Matcher day) {
    return Integer.parseInt(day.group(1) + day.group(2) + day.group(3));
  }

  /** The next files of one day, at most so many; empty after the last. */
  List<Day> next(int most) {
    List<Day> next = new ArrayList<>();
    while (next.size() < most && hasLoaded() && (next.isEmpty() || loaded.element().date() == next.getFirst().date())) {
      next.add(loaded.remove());
    }
    return next;
  }

  private boolean hasLoaded() {
    if (loaded.isEmpty() && at < index.length) {
      int end = Math.min(index.length, at + LOAD_BATCH_SIZE);
      loaded.addAll(load(at, end));
      at = end;
    }
    return !loaded.isEmpty();
  }

  /** Finds the files of that part of the index in one pass over all entries. */
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
        found[(int) wanted[next]] = Objects.requireNonNull(day(entry), "The index lists only days");
        next++;
      }
    }
    return List.of(found);
  }
}
