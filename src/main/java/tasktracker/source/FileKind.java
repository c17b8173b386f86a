package tasktracker.source;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import tasktracker.platform.web.LocalizedMessage;

/** The kind of a file by its first bytes, so that an error message can name it. */
public enum FileKind {
  HTML,
  XML,
  JSON,
  ZIP,
  GZIP,
  ARCHIVE,
  PDF,
  PICTURE,
  DATABASE,
  OFFICE;

  private static final int BEGINNING = 512;

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
    String text = bytes.replaceFirst("^\u00EF\u00BB\u00BF", "").stripLeading().toLowerCase(Locale.ROOT);
    return Optional.ofNullable(
        startsWith(text, "<!doctype html", "<html", "<head", "<body") ? HTML
            : startsWith(text, "<?xml", "<!doctype", "<") ? XML
            : startsWith(text, "{", "[") ? JSON
            : ofBinary(bytes));
  }

  private static FileKind ofBinary(String bytes) {
    return startsWith(bytes, "PK\u0003\u0004", "PK\u0005\u0006") ? ZIP
        : startsWith(bytes, "\u001F\u008B") ? GZIP
        : startsWith(bytes, "Rar!", "7z\u00BC\u00AF", "BZh", "\u00FD7zXZ", "(\u00B5/\u00FD") || bytes.startsWith("ustar", 257) ? ARCHIVE
        : startsWith(bytes, "%PDF") ? PDF
        : startsWith(bytes, "\u0089PNG", "\u00FF\u00D8\u00FF", "GIF8") || bytes.startsWith("WEBP", 8) ? PICTURE
        : startsWith(bytes, "SQLite format 3") ? DATABASE
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
