package tasktracker.source.slack;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.Saying;
import tasktracker.source.Row;
import tasktracker.source.UnreadableFile;

/**
 * The ZIP of an export, kept in a temporary file while it is read because its entries are not in the order of time.
 * Nothing is unpacked to disk. Archives made to harm are refused: too many entries, too much inside, compressed beyond
 * what text compresses to, names that lead elsewhere.
 */
final class SlackArchive implements AutoCloseable {

  private static final int MOST_ENTRIES = 500_000;
  private static final long MOST_BYTES = 16L << 30;
  private static final long MOST_BYTES_OF_ONE = 1L << 30;
  private static final int HIGHEST_RATIO = 200;
  private static final Pattern DAY = Pattern.compile("([^/]+)/(\\d{4}-\\d\\d-\\d\\d)\\.json");

  /** One day of one conversation. */
  record Day(String folder, ZipEntry entry) {}

  private final Path file;
  private final ZipFile zip;
  private final String top;
  private long inflated;

  private SlackArchive(Path file) throws IOException {
    this.file = file;
    this.zip = new ZipFile(file.toFile());
    this.top = checkedTop();
  }

  static SlackArchive of(InputStream in) {
    Path file = null;
    try (in) {
      file = Files.createTempFile("slack-export", ".zip");
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      return new SlackArchive(file);
    } catch (IOException e) {
      discard(file);
      throw UnreadableFile.foreign(Saying.of("problem.file.zip", String.valueOf(e.getMessage())));
    } catch (RuntimeException e) {
      discard(file);
      throw e;
    }
  }

  private static void discard(@Nullable Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Looks at every entry's name and size, and finds the folder in which {@code users.json} lies. */
  private String checkedTop() throws IOException {
    String found = null;
    long bytes = 0;
    if (zip.size() > MOST_ENTRIES) {
      throw refused(Saying.of("problem.file.slack.entries", String.valueOf(MOST_ENTRIES)));
    }
    for (ZipEntry entry : Collections.list(zip.entries())) {
      check(entry);
      bytes += Math.max(0, entry.getSize());
      found = entry.getName().matches("([^/]+/)?users\\.json") ? entry.getName().replace("users.json", "") : found;
    }
    if (bytes > MOST_BYTES) {
      throw refused(Saying.of("problem.file.slack.size"));
    }
    if (found == null) {
      throw refused(Saying.of("problem.file.slack.users"));
    }
    return found;
  }

  private UnreadableFile refused(Saying what) throws IOException {
    zip.close();
    return UnreadableFile.foreign(Saying.of("problem.file.slack", what));
  }

  private void check(ZipEntry entry) throws IOException {
    String name = entry.getName();
    if (name.startsWith("/") || name.contains("\\") || name.contains(":") || List.of(name.split("/")).contains("..")) {
      throw refused(Saying.of("problem.file.slack.elsewhere"));
    }
    if (entry.getSize() > MOST_BYTES_OF_ONE || isBomb(entry.getSize(), entry.getCompressedSize())) {
      throw refused(Saying.of("problem.file.slack.bomb"));
    }
  }

  private static boolean isBomb(long size, long compressed) {
    return size > 1 << 20 && size > Math.max(1, compressed) * HIGHEST_RATIO;
  }

  /** The files of all conversations by day, days in order. */
  NavigableMap<String, List<Day>> days() {
    NavigableMap<String, List<Day>> days = new TreeMap<>();
    for (ZipEntry entry : Collections.list(zip.entries())) {
      Matcher day = DAY.matcher(entry.getName().startsWith(top) ? entry.getName().substring(top.length()) : "");
      if (day.matches()) {
        days.computeIfAbsent(day.group(2), d -> new ArrayList<>()).add(new Day(day.group(1), entry));
      }
    }
    return days;
  }

  /** Reads a list at the top of the archive, one object after another; a list that is not there is empty. */
  void each(String name, Consumer<Row> reader) {
    ZipEntry entry = zip.getEntry(top + name);
    if (entry != null) {
      try (SlackRows rows = open(entry)) {
        for (Row row = rows.next(); row != null; row = rows.next()) {
          reader.accept(row);
        }
      }
    }
  }

  /** Opens an entry that holds an array of objects. */
  SlackRows open(ZipEntry entry) {
    try {
      return new SlackRows(entry.getName(), new Counted(zip.getInputStream(entry), entry));
    } catch (IOException e) {
      throw UnreadableFile.broken(Saying.of("problem.file.zip.damaged", entry.getName(), String.valueOf(e.getMessage())));
    }
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      discard(file);
    }
  }

  /** Counts what really comes out: the sizes that a ZIP tells of itself may be lies. */
  private final class Counted extends FilterInputStream {

    private final ZipEntry entry;
    private long own;

    Counted(InputStream in, ZipEntry entry) {
      super(in);
      this.entry = entry;
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      count(b < 0 ? 0 : 1);
      return b;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int count = super.read(into, from, length);
      count(Math.max(0, count));
      return count;
    }

    private void count(int bytes) {
      own += bytes;
      inflated += bytes;
      if (own > MOST_BYTES_OF_ONE || inflated > MOST_BYTES || isBomb(own, entry.getCompressedSize())) {
        throw UnreadableFile.foreign(Saying.of("problem.file.slack", Saying.of("problem.file.slack.bomb.in", entry.getName())));
      }
    }
  }
}
