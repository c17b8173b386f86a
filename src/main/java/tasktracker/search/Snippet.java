package tasktracker.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tasktracker.platform.web.Deadline;
import tasktracker.search.text.Characters;

/**
 * The part of a message that shows why it was found, cut into what matched and what did not.
 *
 * @param parts in their order; together they are the text shown
 */
public record Snippet(List<Part> parts) {

  /** A piece of text; matched pieces are shown marked. */
  public record Part(String text, boolean matched) {}

  private static final int LENGTH = 240;
  private static final int BEFORE = 60;
  private static final int LONGEST_MARK = 100;
  private static final int MOST_BETWEEN = 16;
  /** Words behind so many characters (UTF-16) are not looked for: as many as the API takes in one message. */
  private static final int LOOKED_AT = 65_536;

  /**
   * The snippet of a text that shows most of the words sought. Once the deadline is past, words that were not read by
   * then count as not sought.
   */
  static Snippet of(String text, Set<String> terms, TextAnalyzer forms, Deadline deadline) {
    List<TextAnalyzer.Word> matched = terms.isEmpty() ? List.of() : matched(text, terms, forms, deadline);
    List<Range> marks = marks(text, terms, matched);
    int from = text.length() <= LENGTH ? 0 : startOfWord(text, Math.max(0, densest(matched) - BEFORE));
    int to = Math.min(text.length(), endOfWord(text, from + LENGTH));
    return new Snippet(parts(text, from, to, marks));
  }

  private static List<TextAnalyzer.Word> matched(String text, Set<String> terms, TextAnalyzer forms, Deadline deadline) {
    List<TextAnalyzer.Word> matched = new ArrayList<>();
    forms.visit(text, word -> {
      if (word.isAmong(terms)) {
        matched.add(word);
      }
      return word.end() < LOOKED_AT && !deadline.isPast();
    });
    return matched;
  }

  /** The words of the text that matched, as written. */
  static List<String> matchedWords(Snippet snippet) {
    return snippet.parts().stream().filter(Part::matched).map(Part::text).distinct().toList();
  }

  /** Where the stretch begins that holds the most different words, found by a window that moves over them once. */
  static int densest(List<TextAnalyzer.Word> matched) {
    Map<String, Integer> inside = new HashMap<>();
    int best = 0;
    int most = 0;
    int next = 0;
    for (int i = 0; i < matched.size(); i++) {
      TextAnalyzer.Word first = matched.get(i);
      for (next = Math.max(next, i); next < matched.size() && matched.get(next).end() <= first.start() + LENGTH - BEFORE; next++) {
        inside.merge(matched.get(next).terms().getFirst(), 1, Integer::sum);
      }
      if (inside.size() > most) {
        most = inside.size();
        best = first.start();
      }
      if (next > i) {
        inside.computeIfPresent(first.terms().getFirst(), (term, times) -> times == 1 ? null : times - 1);
      }
    }
    return best;
  }

  private static int startOfWord(String text, int at) {
    int start = at;
    while (start > 0 && at - start < 20 && !Character.isWhitespace(text.charAt(start - 1))) {
      start--;
    }
    return whole(text, start);
  }

  private static int endOfWord(String text, int at) {
    int end = Math.min(at, text.length());
    while (end < text.length() && end - at < 20 && !Character.isWhitespace(text.charAt(end))) {
      end++;
    }
    return whole(text, end);
  }

  /** Never between the halves of a character. */
  private static int whole(String text, int at) {
    return at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
  }

  /** A stretch that is marked. */
  private record Range(int start, int end) {}

  /** Words with the signs written to them, if these match; those with nothing but signs between them are one stretch. */
  private static List<Range> marks(String text, Set<String> terms, List<TextAnalyzer.Word> matched) {
    List<Range> marks = new ArrayList<>();
    for (TextAnalyzer.Word word : matched) {
      boolean isJoined = word.isJoinedAmong(terms);
      Range mark = new Range(isJoined ? word.from() : word.start(), isJoined ? word.to() : word.end());
      boolean goesOn = !marks.isEmpty() && isOneStretch(text, marks.getLast(), mark);
      marks.add(goesOn ? new Range(marks.removeLast().start(), mark.end()) : mark);
    }
    return marks;
  }

  private static boolean isOneStretch(String text, Range last, Range next) {
    int gap = next.start() - last.end();
    return next.end() - last.start() <= LONGEST_MARK && (gap <= 0 || gap <= MOST_BETWEEN
        && text.substring(last.end(), next.start()).codePoints().noneMatch(c -> Characters.isSpace(c) || Character.isLetterOrDigit(c)));
  }

  private static List<Part> parts(String text, int from, int to, List<Range> matched) {
    List<Part> parts = new ArrayList<>();
    int at = from;
    if (from > 0) {
      parts.add(new Part("… ", false));
    }
    for (Range mark : matched) {
      if (mark.start() >= at && mark.end() <= to) {
        add(parts, text.substring(at, mark.start()), false);
        add(parts, text.substring(mark.start(), mark.end()), true);
        at = mark.end();
      }
    }
    add(parts, text.substring(at, to), false);
    if (to < text.length()) {
      parts.add(new Part(" …", false));
    }
    return List.copyOf(parts);
  }

  private static void add(List<Part> parts, String text, boolean matched) {
    if (!text.isEmpty()) {
      parts.add(new Part(text, matched));
    }
  }
}
