package tasktracker.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tasktracker.platform.web.Deadline;
import tasktracker.search.text.Characters;

/**
 * An extract of a message, split into matched and other parts.
 *
 * @param parts the parts in order; concatenated, they are the displayed text
 */
public record Snippet(List<Part> parts) {

  /** A part of the text; matched parts are highlighted. */
  public record Part(String text, boolean matched) {}

  private static final int MAX_LENGTH = 240;
  private static final int CONTEXT_BEFORE = 60;
  private static final int MAX_HIGHLIGHT_LENGTH = 100;
  private static final int MAX_GAP = 16;
  /** The number of UTF-16 characters that are searched for matches: the maximum length of a message in the API. */
  private static final int MAX_ANALYSED_LENGTH = 65_536;

  /**
   * Creates the snippet that contains the most distinct terms. After the deadline, the rest of the text is not searched
   * for matches.
   */
  static Snippet create(String text, Set<String> terms, TextAnalyzer analyzer, Deadline deadline) {
    List<TextAnalyzer.Word> matched = terms.isEmpty() ? List.of() : findMatches(text, terms, analyzer, deadline);
    List<Range> highlights = findHighlights(text, terms, matched);
    int from = text.length() <= MAX_LENGTH ? 0 : startOfWord(text, Math.max(0, findDensest(matched) - CONTEXT_BEFORE));
    int to = Math.min(text.length(), endOfWord(text, from + MAX_LENGTH));
    return new Snippet(createParts(text, from, to, highlights));
  }

  private static List<TextAnalyzer.Word> findMatches(String text, Set<String> terms, TextAnalyzer analyzer, Deadline deadline) {
    List<TextAnalyzer.Word> matched = new ArrayList<>();
    analyzer.visit(text, word -> {
      if (word.matchesAny(terms)) {
        matched.add(word);
      }
      return word.end() < MAX_ANALYSED_LENGTH && !deadline.isPast();
    });
    return matched;
  }

  /** The distinct matched words of the snippet, as written. */
  static List<String> matchedWords(Snippet snippet) {
    return snippet.parts().stream().filter(Part::matched).map(Part::text).distinct().toList();
  }

  /** The start of the range with the most distinct terms, found by a sliding window in linear time. */
  static int findDensest(List<TextAnalyzer.Word> matched) {
    Map<String, Integer> inside = new HashMap<>();
    int best = 0;
    int max = 0;
    int next = 0;
    for (int i = 0; i < matched.size(); i++) {
      TextAnalyzer.Word first = matched.get(i);
      for (next = Math.max(next, i); next < matched.size()
          && matched.get(next).end() <= first.start() + MAX_LENGTH - CONTEXT_BEFORE; next++) {
        inside.merge(matched.get(next).terms().getFirst(), 1, Integer::sum);
      }
      if (inside.size() > max) {
        max = inside.size();
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
    return toCharacterBoundary(text, start);
  }

  private static int endOfWord(String text, int at) {
    int end = Math.min(at, text.length());
    while (end < text.length() && end - at < 20 && !Character.isWhitespace(text.charAt(end))) {
      end++;
    }
    return toCharacterBoundary(text, end);
  }

  /** Moves the index so that it does not split a surrogate pair. */
  private static int toCharacterBoundary(String text, int at) {
    return at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
  }

  /** A highlighted range. */
  private record Range(int start, int end) {}

  /** The ranges of matched words, with joined punctuation if that matches. Ranges separated only by punctuation are merged. */
  private static List<Range> findHighlights(String text, Set<String> terms, List<TextAnalyzer.Word> matched) {
    List<Range> highlights = new ArrayList<>();
    for (TextAnalyzer.Word word : matched) {
      boolean isJoined = word.matchesAnyJoined(terms);
      Range highlight = new Range(isJoined ? word.from() : word.start(), isJoined ? word.to() : word.end());
      boolean isContinued = !highlights.isEmpty() && isOneStretch(text, highlights.getLast(), highlight);
      highlights.add(isContinued ? new Range(highlights.removeLast().start(), highlight.end()) : highlight);
    }
    return highlights;
  }

  private static boolean isOneStretch(String text, Range last, Range next) {
    int gap = next.start() - last.end();
    return next.end() - last.start() <= MAX_HIGHLIGHT_LENGTH && (gap <= 0 || gap <= MAX_GAP
        && text.substring(last.end(), next.start()).codePoints().noneMatch(c -> Characters.isSpace(c) || Character.isLetterOrDigit(c)));
  }

  private static List<Part> createParts(String text, int from, int to, List<Range> matched) {
    List<Part> parts = new ArrayList<>();
    int at = from;
    if (from > 0) {
      parts.add(new Part("… ", false));
    }
    for (Range highlight : matched) {
      if (highlight.start() >= at && highlight.end() <= to) {
        add(parts, text.substring(at, highlight.start()), false);
        add(parts, text.substring(highlight.start(), highlight.end()), true);
        at = highlight.end();
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
