package tasktracker.source.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.BooleanSupplier;
import tasktracker.platform.web.LocalizedMessage;

/**
 * Reads a text file as valid UTF-8. UTF-16 with a byte order mark is converted; byte order marks are removed. Any other
 * encoding is an error with its position: nothing is replaced. Uses constant time for each byte and constant memory.
 * Not thread-safe.
 */
public final class Utf8InputStream extends InputStream {

  private static final int NONE = -1;

  private final InputStream source;
  private final BooleanSupplier isNulText;
  private final byte[] buffer = new byte[1 << 13];
  private int at;
  private int end;
  /** The remaining bytes of a character whose first byte was returned. */
  private final int[] rest = new int[3];
  private int restAt;
  private int restEnd;
  private boolean isBegun;
  private boolean isUtf16;
  private boolean isBigEndian;
  private long line = 1;
  private long column = 1;
  private long offset;
  /** NUL bytes that were read and not returned. */
  private long nuls;

  /**
   * Opens a stream.
   *
   * @param isNulText whether a NUL byte now is a character of a text; elsewhere it shows another encoding
   */
  public Utf8InputStream(InputStream source, BooleanSupplier isNulText) {
    this.source = source;
    this.isNulText = isNulText;
  }

  /** The position after the last character, from 1; columns count characters, as editors do. */
  public LocalizedMessage position() {
    return LocalizedMessage.of("problem.file.place", String.valueOf(line), String.valueOf(column), String.valueOf(offset));
  }

  /** The line of the next character, from 1. */
  public long line() {
    return line;
  }

  /**
   * The next byte, or -1 after the last. A character that is cut by the end of the file is omitted.
   *
   * @throws UnreadableFile when the file is not UTF-8
   */
  @Override
  public int read() throws IOException {
    if (restAt < restEnd) {
      return rest[restAt++];
    }
    if (!isBegun) {
      begin();
    }
    return isUtf16 ? utf16() : utf8();
  }

  private void begin() throws IOException {
    isBegun = true;
    end = source.readNBytes(buffer, 0, 3);
    isBigEndian = startsWith(0xFE, 0xFF);
    isUtf16 = isBigEndian || startsWith(0xFF, 0xFE);
    skip(isUtf16 ? 2 : startsWith(0xEF, 0xBB, 0xBF) ? 3 : 0);
  }

  private boolean startsWith(int... mark) {
    for (int i = 0; i < mark.length; i++) {
      if (i >= end || (buffer[i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  private void skip(int bytes) {
    at = bytes;
    offset = bytes;
  }

  private int utf8() throws IOException {
    if (nuls > 0) {
      nuls--;
      return counted(0);
    }
    int first = readByte();
    if (first > 0 && first < 0x80) {
      return counted(first);
    }
    return first < 0 ? NONE : first == 0 ? nul() : sequence(first);
  }

  /** The first of some NUL bytes: those before the end of the file, which an interrupted download leaves, are ignored. */
  private int nul() throws IOException {
    long start = offset - 1;
    while (at < end || fill()) {
      if (buffer[at] != 0) {
        refuseUnless(isNulText.getAsBoolean(), start);
        return counted(0);
      }
      at++;
      offset++;
      nuls++;
    }
    nuls = 0;
    return NONE;
  }

  private int sequence(int first) throws IOException {
    long start = offset - 1;
    int length = first >= 0xC2 && first <= 0xDF ? 2 : first >= 0xE0 && first <= 0xEF ? 3 : first >= 0xF0 && first <= 0xF4 ? 4 : 0;
    refuseUnless(length > 0, start);
    restAt = 0;
    restEnd = 0;
    while (restEnd < length - 1) {
      int next = readByte();
      if (next < 0) {
        restEnd = 0;
        return NONE;
      }
      refuseUnless((next & 0xC0) == 0x80 && (restEnd > 0 || isSecond(first, next)), start);
      rest[restEnd++] = next;
    }
    column++;
    return first;
  }

  /** Whether the bytes are neither an overlong form, nor a surrogate, nor beyond Unicode. */
  private static boolean isSecond(int first, int second) {
    return switch (first) {
      case 0xE0 -> second >= 0xA0;
      case 0xED -> second < 0xA0;
      case 0xF0 -> second >= 0x90;
      case 0xF4 -> second < 0x90;
      default -> true;
    };
  }

  private int utf16() throws IOException {
    int unit = unit();
    if (unit >= 0xD800 && unit < 0xDC00) {
      int low = unit();
      if (low < 0) {
        return NONE;
      }
      refuseUnless(low >= 0xDC00 && low < 0xE000, offset - 4);
      return encoded(Character.toCodePoint((char) unit, (char) low));
    }
    refuseUnless(unit != 0 && (unit < 0xDC00 || unit >= 0xE000), offset - 2);
    return unit < 0 ? NONE : encoded(unit);
  }

  private int unit() throws IOException {
    int first = readByte();
    int second = readByte();
    return second < 0 ? NONE : isBigEndian ? first << 8 | second : second << 8 | first;
  }

  private int encoded(int character) {
    if (character < 0x80) {
      return counted(character);
    }
    int following = character < 0x800 ? 1 : character < 0x10000 ? 2 : 3;
    restAt = 0;
    restEnd = following;
    for (int i = 0; i < following; i++) {
      rest[i] = 0x80 | character >> 6 * (following - 1 - i) & 0x3F;
    }
    column++;
    return (following == 1 ? 0xC0 : following == 2 ? 0xE0 : 0xF0) | character >> 6 * following;
  }

  private int counted(int ascii) {
    if (ascii == '\n') {
      line++;
      column = 1;
    } else {
      column++;
    }
    return ascii;
  }

  private void refuseUnless(boolean isWellFormed, long start) {
    if (!isWellFormed) {
      throw UnreadableFile
          .wrongFormat(LocalizedMessage.of("problem.file.utf", isUtf16 ? "UTF-16" : "UTF-8", String.valueOf(line), String.valueOf(start)));
    }
  }

  private int readByte() throws IOException {
    if (at == end && !fill()) {
      return NONE;
    }
    offset++;
    return buffer[at++] & 0xFF;
  }

  private boolean fill() throws IOException {
    end = Math.max(0, source.read(buffer));
    at = 0;
    return end > 0;
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
