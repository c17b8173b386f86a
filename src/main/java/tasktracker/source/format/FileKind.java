package tasktracker.source.format;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.LocalizedMessage;

/** The kind of a file by its first bytes, so that an error message can name it. */
public enum FileKind {
  HTML,
  XML,
  JSON,
  WHATSAPP,
  CSV,
  ZIP,
  GZIP,
  ARCHIVE,
  PDF,
  PICTURE,
  DATABASE,
  OFFICE;

  private static final int BEGINNING = 512;
  /**
   * The first message of a chat that WhatsApp exported: {@code [04/05/2026, 10:15:00] Olena: hello}, {@code 5/4/26, 10:15
   * PM - Olena: hello}.
   */
  private static final Pattern WHATSAPP_LINE = Pattern.compile(
      "\\p{Cf}*\\[?\\d{1,4}[./-]\\d{1,2}[./-]\\d{2,4},? \\d{1,2}[:.]\\d\\d(?:[:.]\\d\\d)?(?:\\h?[\\p{L}.]{1,5}){0,2}(?:\\]| -) .*");
  /** The names of columns: short cells between commas, semicolons or tabs. */
  private static final Pattern CSV_HEADING = Pattern
      .compile("\"?[\\p{L}_][^,;\\t\"{}\\[\\]<>]{0,40}\"?(?:([,;\\t])\"?[^,;\\t\"{}\\[\\]<>]{0,40}\"?)+");

  /** A file with its kind, if it is known. */
  public record Opened(InputStream file, Optional<FileKind> kind) {}

  /** Detects the kind from the beginning of the file. */
  public static Opened detect(InputStream file) {
    BufferedInputStream again = new BufferedInputStream(file, 1 << 13);
    try {
      again.mark(BEGINNING);
      byte[] beginning = again.readNBytes(BEGINNING);
      again.reset();
      return new Opened(again, of(beginning));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The kind of a file with that beginning; empty when it is unknown. */
  public static Optional<FileKind> of(byte[] beginning) {
    String bytes = new String(beginning, StandardCharsets.ISO_8859_1);
    String text = text(beginning, bytes).replaceFirst("^\uFEFF", "").stripLeading().toLowerCase(Locale.ROOT);
    return Optional.ofNullable(ofTable(text)).or(() -> Optional.ofNullable(
        startsWith(text, "<!doctype html", "<html", "<head", "<body")
            ? HTML
            : startsWith(text, "<?xml", "<!doctype", "<")
                ? XML
                : startsWith(text, "{", "[")
                    ? JSON
                    : ofBinary(bytes)));
  }

  private static String text(byte[] beginning, String bytes) {
    return new String(beginning, startsWith(bytes, "\u00FF\u00FE", "\u00FE\u00FF") ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8);
  }

  /** A table or a chat of WhatsApp by its first two lines; null when JSON follows, so that one odd line is only left out. */
  private static @Nullable FileKind ofTable(String text) {
    List<String> lines = text.lines().limit(2).toList();
    String second = lines.size() < 2 ? "" : lines.getLast();
    if (lines.isEmpty() || second.startsWith("{")) {
      return null;
    }
    Matcher heading = CSV_HEADING.matcher(lines.getFirst());
    return WHATSAPP_LINE.matcher(lines.getFirst()).matches()
        ? WHATSAPP
        : heading.matches() && second.contains(heading.group(1)) ? CSV : null;
  }

  private static @Nullable FileKind ofBinary(String bytes) {
    return startsWith(bytes, "PK\u0003\u0004", "PK\u0005\u0006")
        ? ZIP
        : startsWith(bytes, "\u001F\u008B")
            ? GZIP
            : startsWith(bytes, "Rar!", "7z\u00BC\u00AF", "BZh", "\u00FD7zXZ", "(\u00B5/\u00FD") || bytes.startsWith("ustar", 257)
                ? ARCHIVE
                : startsWith(bytes, "%PDF")
                    ? PDF
                    : startsWith(bytes, "\u0089PNG", "\u00FF\u00D8\u00FF", "GIF8") || bytes.startsWith("WEBP", 8)
                        ? PICTURE
                        : startsWith(bytes, "SQLite format 3")
                            ? DATABASE
                            : startsWith(bytes, "\u00D0\u00CF\u0011\u00E0") ? OFFICE : null;
  }

  private static boolean startsWith(String text, String... beginnings) {
    for (String beginning : beginnings) {
      if (text.startsWith(beginning)) {
        return true;
      }
    }
    return false;
  }

  /** Its name with the article: "an HTML page". */
  public LocalizedMessage description() {
    return switch (this) {
      case HTML -> LocalizedMessage.of("problem.file.is.html");
      case XML -> LocalizedMessage.of("problem.file.is.xml");
      case JSON -> LocalizedMessage.of("problem.file.is.json");
      case WHATSAPP -> LocalizedMessage.of("problem.file.is.whatsapp");
      case CSV -> LocalizedMessage.of("problem.file.is.csv");
      case ZIP -> LocalizedMessage.of("problem.file.is.zip");
      case GZIP -> LocalizedMessage.of("problem.file.is.gzip");
      case ARCHIVE -> LocalizedMessage.of("problem.file.is.archive");
      case PDF -> LocalizedMessage.of("problem.file.is.pdf");
      case PICTURE -> LocalizedMessage.of("problem.file.is.picture");
      case DATABASE -> LocalizedMessage.of("problem.file.is.database");
      case OFFICE -> LocalizedMessage.of("problem.file.is.office");
    };
  }
}
