package tasktracker.task.builtin;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The list of a message, and the text that introduces it.
 *
 * @param headEnd where the text before the first item ends
 * @param isChecklist whether the items have boxes
 */
record ListItems(int headEnd, List<Item> items, boolean isChecklist) {

  static final ListItems NONE = new ListItems(0, List.of(), false);

  /**
   * An item.
   *
   * @param start the position of its first UTF-16 unit after the mark
   * @param end the position after the last one
   */
  record Item(int start, int end, boolean isDone) {}

  private static final int MIN_ITEMS = 2;
  private static final int MAX_ITEMS = 50;
  private static final Pattern MARK = Pattern
      .compile("(?m)(?:^[ \\t]*+(?:[-–—•*▪◦+]|\\d{1,2}\\.)(?=[ \\t])[ \\t]*+(?:\\[[ xXхХ✓]?\\][ \\t]++)?"
          + "|(?:^|(?<=[\\s:]))(?:\\d{1,2}\\)|\\[[ xXхХ✓]?\\]|[☐☑✅✔⬜]\\uFE0F?)[ \\t]++)");
  private static final Pattern BOX = Pattern.compile("\\[|[☐☑✅✔⬜]");
  private static final Pattern DONE = Pattern.compile("\\[[xXхХ✓]\\]|[☑✅✔]");

  static ListItems read(String text) {
    Matcher mark = MARK.matcher(text);
    List<Item> items = new ArrayList<>();
    int headEnd = 0;
    int start = -1;
    boolean isDone = false;
    boolean hasBoxes = true;
    while (items.size() < MAX_ITEMS && mark.find()) {
      if (start < 0) {
        headEnd = mark.start();
      } else {
        add(items, text, start, mark.start(), isDone);
      }
      start = mark.end();
      isDone = DONE.matcher(mark.group()).find();
      hasBoxes &= BOX.matcher(mark.group()).find();
    }
    if (start >= 0 && items.size() < MAX_ITEMS) {
      add(items, text, start, text.length(), isDone);
    }
    return items.size() >= (hasBoxes ? 1 : MIN_ITEMS) ? new ListItems(headEnd, items, hasBoxes) : NONE;
  }

  private static void add(List<Item> items, String text, int from, int to, boolean isDone) {
    int line = text.indexOf('\n', from);
    int end = line >= 0 && line < to ? line : to;
    while (end > from && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    if (end > from) {
      items.add(new Item(from, end, isDone));
    }
  }

  boolean isEmpty() {
    return items.isEmpty();
  }
}
