package tasktracker.source.slack;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.source.FileKind;
import tasktracker.source.ReaderLimitReached;
import tasktracker.source.LenientJson;
import tasktracker.source.UnreadableFile;

/**
 * The ZIP of an export, kept in a temporary file while it is read because its entries are not in the order of time.
 * Nothing is unpacked to disk, so a name alone never harms. Archives made to harm are refused: too many entries, too much
 * inside, compressed beyond what text compresses to, overlapping entries. One takes some tens of megabytes of memory
 * while it is open, so no more than two are open at a time.
 */
final class SlackArchive implements AutoCloseable {

  private static final int MOST_ENTRIES = 200_000;
  private static final int MOST_BYTES_OF_DIRECTORY = 16 << 20;
  private static final long MOST_BYTES = 16L << 30;
  private static final long MOST_BYTES_OF_ONE = 1L << 30;
  private static final int HIGHEST_RATIO = 200;
  /** From so many bytes on the whole must not be compressed by more than the ratio after it. */
  private static final long FREE_OF_RATIO = 64L << 20;
  private static final int HIGHEST_MEAN_RATIO = 100;
  /** The lists at the top, the one that tells best where the top is first. */
  private static final List<String> LISTS = List.of("users.json", "org_users.json", "channels.json", "groups.json", "dms.json", "mpims.json");
  private static final int DEEPEST_TOP = 4;
  private static final Semaphore OPEN = new Semaphore(2);

  private final Path file;
  private final ZipFile zip;
  private final long mostInflated;
  private final String top;
  private final Map<String, ZipEntry> lists = new HashMap<>();
  private long inflated;

  private SlackArchive(Path file) throws IOException {
    this.file = file;
    checkDirectory(file);
    ZipCentralDirectory.clearUtf8Flags(file);
    this.zip = new ZipFile(file.toFile(), ZipEntryName.BYTES);
    this.mostInflated = Math.min(MOST_BYTES, Math.max(FREE_OF_RATIO, Files.size(file) * HIGHEST_MEAN_RATIO));
    try {
      this.top = checkedTop(Files.size(file));
      findLists();
    } catch (RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  /**
   * Opens an archive.
   *
   * @throws UnreadableFile when it is none, or one that is made to harm
   * @throws ReaderLimitReached when two are open
   */
  static SlackArchive of(InputStream in) {
    if (!OPEN.tryAcquire()) {
      throw new ReaderLimitReached("Two archives are being read, and there is no memory for a third");
    }
    Path file = null;
    boolean isZip = false;
    try (in) {
      FileKind.Opened opened = FileKind.detect(in);
      isZip = isZip(opened.kind());
      file = Files.createTempFile("slack-export", ".zip");
      Files.copy(opened.file(), file, StandardCopyOption.REPLACE_EXISTING);
      return new SlackArchive(file);
    } catch (IOException e) {
      discard(file);
      String why = String.valueOf(e.getMessage());
      throw UnreadableFile.foreign(isZip ? LocalizedMessage.of("problem.file.zip.truncated", why) : LocalizedMessage.of("problem.file.zip", why));
    } catch (RuntimeException e) {
      discard(file);
      throw e;
    }
  }

  private static boolean isZip(Optional<FileKind> kind) {
    kind.filter(other -> other != FileKind.ZIP).ifPresent(other -> {
      throw UnreadableFile.foreign(LocalizedMessage.of("problem.file.slack.kind", other.saying()));
    });
    return kind.isPresent();
  }

  private static void discard(@Nullable Path file) {
    OPEN.release();
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void checkDirectory(Path file) throws IOException {
    ZipCentralDirectory directory = ZipCentralDirectory.of(file);
    if (directory.entries() > MOST_ENTRIES) {
      throw refused(tooManyEntries());
    }
    if (directory.bytes() > MOST_BYTES_OF_DIRECTORY) {
      throw refused(LocalizedMessage.of("problem.file.slack.directory", String.valueOf(MOST_BYTES_OF_DIRECTORY >> 20)));
    }
  }

  private static LocalizedMessage tooManyEntries() {
    return LocalizedMessage.of("problem.file.slack.entries", String.valueOf(MOST_ENTRIES));
  }

  private static UnreadableFile refused(LocalizedMessage what) {
    return UnreadableFile.fatal(LocalizedMessage.of("problem.file.slack", what));
  }

  /** Looks at every entry's name and size, and finds the folder in which the lists lie. */
  private String checkedTop(long length) {
    if (zip.size() > MOST_ENTRIES) {
      throw refused(tooManyEntries());
    }
    String[] tops = new String[LISTS.size()];
    long bytes = 0;
    long packed = 0;
    int[] hashes = new int[zip.size()];
    Enumeration<? extends ZipEntry> entries = zip.entries();
    for (int i = 0; entries.hasMoreElements(); i++) {
      ZipEntry entry = entries.nextElement();
      check(entry);
      hashes[i] = entry.getName().hashCode();
      bytes += Math.max(0, entry.getSize());
      packed += Math.max(0, entry.getCompressedSize());
      noteTop(ZipEntryName.of(entry), tops);
    }
    checkWhole(bytes, packed, length, hashes);
    return Arrays.stream(tops).filter(Objects::nonNull).findFirst().orElseThrow(() -> refused(LocalizedMessage.of("problem.file.slack.users")));
  }

  /** The shortest path to each list. */
  private static void noteTop(ZipEntryName name, @Nullable String[] tops) {
    int list = LISTS.indexOf(name.file());
    if (list >= 0 && !name.isInvalid() && name.depth() <= DEEPEST_TOP && (tops[list] == null || tops[list].length() > name.folder().length())) {
      tops[list] = name.folder();
    }
  }

  private void findLists() {
    zip.stream().forEach(entry -> {
      ZipEntryName name = ZipEntryName.of(entry);
      if (!name.isInvalid() && name.folder().equals(top) && LISTS.contains(name.file())) {
        lists.put(name.file(), entry);
      }
    });
  }

  private void checkWhole(long bytes, long packed, long length, int[] hashes) {
    if (bytes > MOST_BYTES) {
      throw refused(LocalizedMessage.of("problem.file.slack.size"));
    }
    if (bytes > mostInflated) {
      throw refused(LocalizedMessage.of("problem.file.slack.bomb"));
    }
    if (packed > length || areChosen(hashes)) {
      throw refused(LocalizedMessage.of("problem.file.slack.overlap"));
    }
  }

  /** Whether so many names share a hash that they were chosen to: finding each would take a walk past all. */
  private static boolean areChosen(int[] hashes) {
    Arrays.sort(hashes);
    int mostAlike = 64;
    for (int i = mostAlike; i < hashes.length; i++) {
      if (hashes[i] == hashes[i - mostAlike]) {
        return true;
      }
    }
    return false;
  }

  private static void check(ZipEntry entry) {
    if (entry.getSize() > MOST_BYTES_OF_ONE || isBomb(entry.getSize(), entry.getCompressedSize())) {
      throw refused(LocalizedMessage.of("problem.file.slack.bomb"));
    }
  }

  private static boolean isBomb(long size, long compressed) {
    return size > 1 << 20 && size > Math.max(1, compressed) * HIGHEST_RATIO;
  }

  /**
   * The files of all conversations.
   *
   * @param isFolder whether a folder of that name belongs to a conversation that the export lists
   */
  SlackDayFiles days(Predicate<String> isFolder) {
    return new SlackDayFiles(zip, top, isFolder);
  }

  /** Reads a list at the top of the archive, one object after another; a list that is not there is empty. */
  void each(String name, Consumer<LenientJson> reader) {
    ZipEntry entry = lists.get(name);
    if (entry != null) {
      try (SlackMessageArray rows = open(entry)) {
        rows.forEach(reader);
      }
    }
  }

  /** Opens an entry that holds an array of objects. */
  SlackMessageArray open(ZipEntry entry) {
    try {
      return new SlackMessageArray(ZipEntryName.of(entry).shown(), new Counted(zip.getInputStream(entry), entry));
    } catch (IOException e) {
      throw UnreadableFile.broken(LocalizedMessage.of("problem.file.zip.damaged", ZipEntryName.of(entry).shown(), String.valueOf(e.getMessage())));
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
      if (own > MOST_BYTES_OF_ONE || inflated > mostInflated || isBomb(own, entry.getCompressedSize())) {
        throw refused(LocalizedMessage.of("problem.file.slack.bomb.in", ZipEntryName.of(entry).shown()));
      }
    }
  }
}
