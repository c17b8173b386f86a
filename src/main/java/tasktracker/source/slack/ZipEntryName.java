package tasktracker.source.slack;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * The name of an entry as a path with {@code /}. Programs write it in UTF-8 or in an old character set that the archive
 * does not name, with slashes or backslashes.
 *
 * @param paths the possible paths, the likeliest first; one when it is certain
 * @param isInvalid whether it leads outside of the archive or is longer than any name in an export
 */
record ZipEntryName(List<String> paths, boolean isInvalid) {

  /** The character set for opening the archive, in which every byte is a character. */
  static final Charset BYTES = StandardCharsets.ISO_8859_1;
  private static final List<Charset> OLD = List.of(Charset.forName("IBM866"), Charset.forName("windows-1251"), Charset.forName("IBM437"));
  private static final int MAX_LENGTH = 1_000;

  static ZipEntryName of(ZipEntry entry) {
    byte[] bytes = entry.getName().getBytes(BYTES);
    String utf8 = bytes.length > MAX_LENGTH ? null : utf8(bytes);
    if (utf8 != null) {
      return of(List.of(utf8));
    }
    String beginning = entry.getName().substring(0, Math.min(MAX_LENGTH, bytes.length));
    ZipEntryName name = of(OLD.stream().map(charset -> new String(beginning.getBytes(BYTES), charset)).toList());
    return bytes.length > MAX_LENGTH ? new ZipEntryName(List.of(beginning), true) : name;
  }

  private static @Nullable String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static ZipEntryName of(List<String> names) {
    List<List<String>> parts = names.stream().map(ZipEntryName::parts).toList();
    return new ZipEntryName(parts.stream().map(p -> String.join("/", p)).toList(), parts.getFirst().contains(".."));
  }

  /** The folders and the file; leading and double slashes and dots are ignored. */
  private static List<String> parts(String name) {
    List<String> parts = new ArrayList<>();
    for (String part : name.replace('\\', '/').split("/")) {
      if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return parts;
  }

  boolean isCertain() {
    return paths.size() == 1;
  }

  /** The path without folders. */
  String file() {
    String path = paths.getFirst();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** The path of the folder with a trailing slash; empty at the top level. */
  String folder() {
    return folder(paths.getFirst());
  }

  /** The possible paths of the folder. */
  List<String> folders() {
    return paths.stream().map(ZipEntryName::folder).toList();
  }

  private static String folder(String path) {
    return path.substring(0, path.lastIndexOf('/') + 1);
  }

  /** The number of folders in the path. */
  long depth() {
    return folder().chars().filter(c -> c == '/').count();
  }

  /** The name for messages. */
  String shown() {
    return paths.getFirst();
  }
}
