package tasktracker.source;

import jakarta.json.stream.JsonLocation;
import jakarta.json.stream.JsonParsingException;

/** A file that cannot be read, in words for the one who brought it; names the place. */
public class UnreadableFile extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final boolean broken;

  private UnreadableFile(boolean broken, String message, Throwable cause) {
    super(message, cause);
    this.broken = broken;
  }

  /** Not even JSON, or JSON that ends too early. */
  public static UnreadableFile broken(JsonParsingException cause) {
    return new UnreadableFile(true, "The JSON is broken at " + place(cause.getLocation()) + ".", cause);
  }

  /** Damaged in another way than by its JSON. */
  public static UnreadableFile broken(String message) {
    return new UnreadableFile(true, message, null);
  }

  /** Well-formed, but not what was expected. */
  public static UnreadableFile foreign(String message) {
    return new UnreadableFile(false, message, null);
  }

  /** True when the file is damaged, false when it is of another format or beyond a limit. */
  public boolean isBroken() {
    return broken;
  }

  /** The place in words, all counts from 1 but the byte offset. */
  public static String place(JsonLocation at) {
    return at.getLineNumber() < 0 ? "its end"
        : "line " + at.getLineNumber() + ", column " + at.getColumnNumber() + " (offset " + at.getStreamOffset() + ")";
  }
}
