package tasktracker.platform.data;

/** Patterns of SQL's {@code like}. */
public final class LikePattern {

  private LikePattern() {}

  /** The pattern of texts that contain the text; its wildcards stand for themselves. */
  public static String containing(String text) {
    return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
  }
}
