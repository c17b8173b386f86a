package tasktracker.source.slack;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * The size of the central directory of a ZIP file, read before the file is opened, because opening it reads the whole
 * directory into memory.
 *
 * @param entries the largest number that any end record contains
 * @param bytes the largest size that any end record contains
 */
record ZipCentralDirectory(long entries, long bytes) {

  private static final int END = 0x06054b50;
  private static final int END_LENGTH = 22;
  private static final int LOCATOR = 0x07064b50;
  private static final int LOCATOR_LENGTH = 20;
  private static final int END_64 = 0x06064b50;
  private static final int END_64_LENGTH = 56;
  private static final int ENTRY = 0x02014b50;
  private static final int ENTRY_LENGTH = 46;
  private static final int NAME_IN_UTF8 = 0x800;
  private static final int ENCRYPTED = 1;
  private static final int STORED = 0;
  private static final int DEFLATED = 8;
  /** Names of entries that are remembered as unreadable; reading a further one fails as damaged. */
  private static final int MAX_UNREADABLE = 1_000;
  /**
   * The bytes before the end of the file in which a reader may search for the end record: the record, a comment, and a
   * block.
   */
  private static final int TAIL = END_LENGTH + 0xFFFF + LOCATOR_LENGTH + 1024;

  /**
   * Reads the end records. There may be several, and programs differ in which one they use, so the largest values
   * count.
   */
  static ZipCentralDirectory of(Path file) throws IOException {
    try (RandomAccessFile zip = new RandomAccessFile(file.toFile(), "r")) {
      ByteBuffer tail = read(zip, Math.max(0, zip.length() - TAIL), TAIL);
      ZipCentralDirectory found = new ZipCentralDirectory(0, 0);
      for (int i = 0; i <= tail.limit() - END_LENGTH; i++) {
        if (tail.getInt(i) == END) {
          found = found.or(tail.getShort(i + 10) & 0xFFFF, tail.getInt(i + 12) & 0xFFFFFFFFL);
          found = i >= LOCATOR_LENGTH && tail.getInt(i - LOCATOR_LENGTH) == LOCATOR
              ? found.orLarge(zip, tail.getLong(i - LOCATOR_LENGTH + 8))
              : found;
        }
      }
      return found;
    }
  }

  /**
   * Changes what opening the file would fail for. Clears the UTF-8 flags of all names, so that the reader chooses the
   * character set, and marks entries that are encrypted or compressed by a method that Java does not know as ordinary ones.
   * A file without a directory is not changed.
   *
   * @return the names, one byte a character, of entries that cannot be read
   */
  static Set<String> repair(Path file) throws IOException {
    try (RandomAccessFile zip = new RandomAccessFile(file.toFile(), "rw")) {
      int length = (int) Math.min(TAIL, zip.length());
      ByteBuffer tail = read(zip, zip.length() - length, length);
      for (int i = length - END_LENGTH; i >= 0; i--) {
        if (tail.getInt(i) == END && i + END_LENGTH + (tail.getShort(i + 20) & 0xFFFF) == length) {
          return repair(zip, tail, i, zip.length() - length + i);
        }
      }
    }
    return Set.of();
  }

  private static Set<String> repair(RandomAccessFile zip, ByteBuffer tail, int end, long at) throws IOException {
    long bytes = tail.getInt(end + 12) & 0xFFFFFFFFL;
    long start = at - bytes;
    if (end >= LOCATOR_LENGTH && tail.getInt(end - LOCATOR_LENGTH) == LOCATOR) {
      long large = tail.getLong(end - LOCATOR_LENGTH + 8);
      ByteBuffer record = large < 0 || large > zip.length() - END_64_LENGTH ? null : read(zip, large, END_64_LENGTH);
      if (record != null && record.getInt(0) == END_64) {
        bytes = record.getLong(40);
        start = large - bytes;
      }
    }
    return start >= 0 && bytes > 0 && bytes < Integer.MAX_VALUE ? repair(zip, start, (int) bytes) : Set.of();
  }

  private static Set<String> repair(RandomAccessFile zip, long start, int bytes) throws IOException {
    Set<String> unreadable = new HashSet<>();
    ByteBuffer directory = zip.getChannel().map(FileChannel.MapMode.READ_WRITE, start, bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i <= bytes - ENTRY_LENGTH && directory.getInt(i) == ENTRY;) {
      int flags = directory.getShort(i + 8);
      int method = directory.getShort(i + 10);
      directory.putShort(i + 8, (short) (flags & ~(NAME_IN_UTF8 | ENCRYPTED)));
      if ((flags & ENCRYPTED) != 0 || method != STORED && method != DEFLATED) {
        directory.putShort(i + 10, (short) DEFLATED);
        remember(directory, i, unreadable);
      }
      i += ENTRY_LENGTH + (directory.getShort(i + 28) & 0xFFFF) + (directory.getShort(i + 30) & 0xFFFF)
          + (directory.getShort(i + 32) & 0xFFFF);
    }
    return unreadable;
  }

  private static void remember(ByteBuffer directory, int entry, Set<String> unreadable) {
    int length = directory.getShort(entry + 28) & 0xFFFF;
    if (unreadable.size() < MAX_UNREADABLE && length <= directory.limit() - entry - ENTRY_LENGTH) {
      byte[] name = new byte[length];
      directory.get(entry + ENTRY_LENGTH, name);
      unreadable.add(new String(name, ZipEntryName.BYTES));
    }
  }

  /** Files with more than 65,535 entries have a second end record with larger fields. */
  private ZipCentralDirectory orLarge(RandomAccessFile zip, long at) throws IOException {
    if (at < 0 || at > zip.length() - END_64_LENGTH) {
      return this;
    }
    ByteBuffer end = read(zip, at, END_64_LENGTH);
    return end.getInt(0) == END_64 ? or(end.getLong(32), end.getLong(40)) : this;
  }

  private ZipCentralDirectory or(long otherEntries, long otherBytes) {
    return new ZipCentralDirectory(larger(entries, otherEntries), larger(bytes, otherBytes));
  }

  /** A negative number exceeds the range of long. */
  private static long larger(long a, long b) {
    return b < 0 ? Long.MAX_VALUE : Math.max(a, b);
  }

  private static ByteBuffer read(RandomAccessFile zip, long from, int most) throws IOException {
    byte[] bytes = new byte[(int) Math.min(most, zip.length() - from)];
    zip.seek(from);
    zip.readFully(bytes);
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
