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
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.source.format.FileKind;
import tasktracker.source.format.LenientJson;
import tasktracker.source.format.ReaderLimitReached;
import tasktracker.source.format.UnreadableFile;

/**
 * The ZIP file of an export. It is copied to a temporary file, because its entries are not in chronological order.
 * Entries are not extracted to disk, so their names are harmless. Malicious archives are rejected: too many entries,
 * too large contents, implausible compression ratios, overlapping entries. An open archive needs some tens of megabytes
 * of memory, so at most two are open at a time.
 */
final class SlackArchive implements AutoCloseable {

  private static final int MAX_ENTRIES = 200_000;
  private static final int MAX_DIRECTORY_BYTES = 16 << 20;
  private static final long MAX_BYTES = 16L << 30;
  private static final long MAX_ENTRY_BYTES = 1L << 30;
  private static final int MAX_RATIO = 200;
  /** Contents up to this size are exempt from the mean compression ratio. */
  private static final long RATIO_EXEMPT_BYTES = 64L << 20;
  private static final int MAX_MEAN_RATIO = 100;
  /** The lists at the top level; the one that best identifies the top level is first. */
  static final List<String> LISTS = List.of("users.json", "org_users.json", "channels.json", "groups.json", "dms.json", "mpims.json");
  private static final int MAX_TOP_DEPTH = 4;
  private static final Semaphore OPEN = new Semaphore(2);

  private final Path file;
  private final ZipFile zip;
  /** Names of entries that are encrypted or compressed by an unknown method. */
  private final Set<String> unreadable;
  private final long mostInflated;
  private final String top;
  private final Map<String, ZipEntry> lists = new HashMap<>();
  private long inflated;

  private SlackArchive(Path file) throws IOException {
    this.file = file;
    checkDirectory(file);
    this.unreadable = ZipCentralDirectory.repair(file);
    this.zip = new ZipFile(file.toFile(), ZipEntryName.BYTES);
    this.mostInflated = Math.min(MAX_BYTES, Math.max(RATIO_EXEMPT_BYTES, Files.size(file) * MAX_MEAN_RATIO));
    try {
      this.top = checkedTop(Files.size(file));
      findLists();
    } catch (RuntimeException | Error e) {
      zip.close();
      throw e;
    }
  }

  /**
   * Opens an archive.
   *
   * @throws UnreadableFile when it is not a ZIP file, or a malicious one
   * @throws ReaderLimitReached when two are open
   * @throws UncheckedIOException when it cannot be copied to a temporary file, which is no fault of the archive
   */
  static SlackArchive of(InputStream in) {
    if (!OPEN.tryAcquire()) {
      throw new ReaderLimitReached("Two archives are being read, and there is no memory for a third");
    }
    Path file = null;
    SlackArchive archive = null;
    try (in) {
      FileKind.Opened opened = FileKind.detect(in);
      boolean isZip = isZip(opened.kind());
      file = TemporaryArchives.create();
      Files.copy(opened.file(), file, StandardCopyOption.REPLACE_EXISTING);
      archive = open(file, isZip);
      return archive;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      if (archive == null) {
        discard(file);
      }
    }
  }

  private static SlackArchive open(Path file, boolean isZip) {
    try {
      return new SlackArchive(file);
    } catch (IOException e) {
      String why = String.valueOf(e.getMessage());
      throw UnreadableFile
          .wrongFormat(isZip ? LocalizedMessage.of("problem.file.zip.truncated", why) : LocalizedMessage.of("problem.file.zip", why));
    }
  }

  private static boolean isZip(Optional<FileKind> kind) {
    kind.filter(other -> other != FileKind.ZIP).ifPresent(other -> {
      throw UnreadableFile.wrongFormat(LocalizedMessage.of("problem.file.slack.kind", other.description()));
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
    if (directory.entries() > MAX_ENTRIES) {
      throw rejected(tooManyEntries());
    }
    if (directory.bytes() > MAX_DIRECTORY_BYTES) {
      throw rejected(LocalizedMessage.of("problem.file.slack.directory", String.valueOf(MAX_DIRECTORY_BYTES >> 20)));
    }
  }

  private static LocalizedMessage tooManyEntries() {
    return LocalizedMessage.of("problem.file.slack.entries", String.valueOf(MAX_ENTRIES));
  }

  private static UnreadableFile rejected(LocalizedMessage what) {
    return UnreadableFile.fatal(LocalizedMessage.of("problem.file.slack", what));
  }

  /** Validates every entry's name and size, and finds the folder of the lists. */
  private String checkedTop(long length) {
    if (zip.size() > MAX_ENTRIES) {
      throw rejected(tooManyEntries());
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
      recordTop(ZipEntryName.of(entry), tops);
    }
    checkWhole(bytes, packed, length, hashes);
    return Arrays.stream(tops).filter(Objects::nonNull).findFirst()
        .orElseThrow(() -> rejected(LocalizedMessage.of("problem.file.slack.users")));
  }

  /** The shortest path to each list. */
  private static void recordTop(ZipEntryName name, @Nullable String[] tops) {
    int list = LISTS.indexOf(name.file());
    if (list >= 0 && !name.isInvalid() && name.depth() <= MAX_TOP_DEPTH
        && (tops[list] == null || tops[list].length() > name.folder().length())) {
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
    if (bytes > MAX_BYTES) {
      throw rejected(LocalizedMessage.of("problem.file.slack.size"));
    }
    if (bytes > mostInflated) {
      throw rejected(LocalizedMessage.of("problem.file.slack.bomb"));
    }
    if (packed > length || haveHashCollisions(hashes)) {
      throw rejected(LocalizedMessage.of("problem.file.slack.overlap"));
    }
  }

  /** Whether so many names share a hash that they must be chosen: a lookup would be linear. */
  private static boolean haveHashCollisions(int[] hashes) {
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
    if (entry.getSize() > MAX_ENTRY_BYTES || isBomb(entry.getSize(), entry.getCompressedSize())) {
      throw rejected(LocalizedMessage.of("problem.file.slack.bomb"));
    }
  }

  private static boolean isBomb(long size, long compressed) {
    return size > 1 << 20 && size > Math.max(1, compressed) * MAX_RATIO;
  }

  /**
   * The files of all conversations.
   *
   * @param isFolder whether a folder of that name belongs to a conversation that the export lists
   */
  SlackDayFiles days(Predicate<String> isFolder) {
    return new SlackDayFiles(zip, top, isFolder);
  }

  /** Reads a list at the top level object by object; a missing list is empty. */
  void forEach(String name, Consumer<LenientJson> reader) {
    ZipEntry entry = lists.get(name);
    if (entry != null) {
      try (SlackMessageArray rows = open(entry)) {
        rows.forEach(reader);
      }
    }
  }

  /** Opens an entry that holds an array of objects. */
  SlackMessageArray open(ZipEntry entry) {
    if (unreadable.contains(entry.getName())) {
      throw UnreadableFile.wrongFormat(LocalizedMessage.of("problem.file.zip.method", ZipEntryName.of(entry).shown()));
    }
    try {
      return new SlackMessageArray(ZipEntryName.of(entry).shown(), new CountingInputStream(zip.getInputStream(entry), entry));
    } catch (IOException e) {
      throw UnreadableFile
          .broken(LocalizedMessage.of("problem.file.zip.damaged", ZipEntryName.of(entry).shown(), String.valueOf(e.getMessage())));
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

  /** Counts the decompressed bytes, because the sizes in a ZIP file can be false, and checks the CRC at the end. */
  private final class CountingInputStream extends FilterInputStream {

    private final ZipEntry entry;
    private final CRC32 crc = new CRC32();
    private long own;

    CountingInputStream(InputStream in, ZipEntry entry) {
      super(in);
      this.entry = entry;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int count = super.read(into, from, length);
      if (count < 0) {
        checkCrc();
        return count;
      }
      crc.update(into, from, count);
      count(count);
      return count;
    }

    private void checkCrc() {
      if (entry.getCrc() >= 0 && entry.getCrc() != crc.getValue()) {
        throw UnreadableFile.broken(LocalizedMessage.of("problem.file.zip.crc"));
      }
    }

    private void count(int bytes) {
      own += bytes;
      inflated += bytes;
      if (own > MAX_ENTRY_BYTES || inflated > mostInflated || isBomb(own, entry.getCompressedSize())) {
        throw rejected(LocalizedMessage.of("problem.file.slack.bomb.in", ZipEntryName.of(entry).shown()));
      }
    }
  }
}
