package tasktracker.search;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tasktracker.search.text.Characters;
import tasktracker.search.text.Emoji;
import tasktracker.search.text.GroupedNumbers;
import tasktracker.search.text.Homoglyphs;
import tasktracker.search.text.NormalForm;
import tasktracker.search.text.PhoneNumbers;

/**
 * Splits a text into tokens in one pass. A word is a sequence of letters and digits with inner apostrophes; a number with
 * a unit ("1500грн") is two words. Emoji and separate symbols ("->") are tokens. Compounds ("wi-fi" is also "wifi") and
 * telephone numbers are recognised in addition to their parts.
 *
 * <p>The lookahead is bounded, so tokenization takes linear time.
 */
final class SearchTokenizer {

  private static final int MAX_WORD_LENGTH = 60;
  /** The number of characters of a word that are read before normalization, which may shorten it. */
  private static final int MAX_READ_LENGTH = 2 * MAX_WORD_LENGTH;
  /** Longer sequences of punctuation are ignored. */
  private static final int MAX_PUNCTUATION = 16;
  private static final Pattern EMOTICON = Pattern.compile("[:;=]-?[()\\[\\]|/\\\\*]");
  private static final int MAX_PARTS = 4;
  private static final int COMMIT_HASH_LENGTH = 40;
  /** The length to which Git abbreviates commit hashes. */
  private static final int MIN_SHORT_HASH = 7;
  private static final int MAX_SHORT_HASH = 12;
  /** The characters that the previous analysis treated as apostrophes. */
  private static final String PREVIOUS_APOSTROPHES = "'`\u2019\u02BC";

  private final String text;
  private final TextAnalyzer analyzer;
  private final Predicate<TextAnalyzer.Word> visitor;
  private final boolean isQuery;
  private int at;
  /** The previous word, if no space separates it from the current position. */
  private @Nullable String previous;
  /** The start of the punctuation before the current position. */
  private int punctuationStart;
  private int compoundEnd;
  private List<String> compound = List.of();
  private List<String> compoundSpelling = List.of();

  /** @param isQuery whether the text is a query; other texts do not need {@link TextAnalyzer.Word#queryTerms} */
  SearchTokenizer(String text, TextAnalyzer analyzer, boolean isQuery, Predicate<TextAnalyzer.Word> visitor) {
    this.isQuery = isQuery;
    this.text = text;
    this.analyzer = analyzer;
    this.visitor = visitor;
  }

  void tokenize() {
    boolean hasNext = true;
    while (hasNext && at < text.length()) {
      hasNext = next();
    }
  }

  private boolean next() {
    int c = text.codePointAt(at);
    if (Characters.isSpace(c)) {
      at += Character.charCount(c);
      return startNewWord();
    }
    int emoji = Emoji.lengthAt(text, at);
    return emoji > 0 ? readEmoji(emoji) : Character.isLetterOrDigit(c) ? readRun() : readPunctuation();
  }

  /** Separates the next token from the previous one. */
  private boolean startNewWord() {
    previous = null;
    punctuationStart = at;
    return true;
  }

  private boolean readEmoji(int length) {
    String emoji = Emoji.normalForm(text.substring(at, at + length));
    int start = at;
    at += length;
    startNewWord();
    return emoji.isEmpty() || visitor.test(new TextAnalyzer.Word(start, at, emoji, List.of(emoji)));
  }

  /** Reads punctuation. It may be joined to the next word; a separate symbol is a token. */
  private boolean readPunctuation() {
    int start = at;
    at = endOfPunctuation(start, text.length());
    boolean isAlone = previous == null && (at == text.length() || !Character.isLetterOrDigit(text.codePointAt(at)));
    String alone = isAlone ? text.substring(start, Math.min(at, start + MAX_PUNCTUATION + 1)) : "";
    return !isAlone || !isMeaningful(alone) || visitor.test(new TextAnalyzer.Word(start, at, alone, List.of(alone)));
  }

  private int endOfPunctuation(int start, int maxLength) {
    int end = start;
    while (end < text.length() && end - start < maxLength) {
      int c = text.codePointAt(end);
      if (Characters.isSpace(c) || Character.isLetterOrDigit(c) || end > start && Emoji.lengthAt(text, end) > 0) {
        break;
      }
      end += Character.charCount(c);
    }
    return end;
  }

  private static boolean isMeaningful(String punctuation) {
    return EMOTICON.matcher(punctuation).matches()
        || punctuation.length() <= MAX_PUNCTUATION && punctuation.codePoints().anyMatch(c -> !Characters.isAround(c)
            && !Characters.isSentenceMark(c) && !Characters.isDash(c) && !Characters.isMark(c) && !Characters.isInvisible(c));
  }

  /** A sequence of letters and digits that consists of one or two words. */
  private record Run(int start, int end, String written, Set<String> terms, boolean hasOneLetter) {

    boolean isFrom(int from, int to) {
      return from == start && to == end;
    }
  }

  private boolean readRun() {
    int start = at;
    int end = endOfRun(start);
    if (start >= compoundEnd) {
      findCompound(start);
    }
    String written = normalize(start, end);
    Run run = new Run(start, end, written, findRunTerms(written, start, end), hasOneLetter(start, end));
    int middle = findBoundary(start, end);
    return middle < 0 ? emit(start, end, run) : emit(start, middle, run) && emit(middle, end, run);
  }

  private boolean hasOneLetter(int start, int end) {
    return raw(start, end).codePoints().filter(Character::isLetter).count() == 1;
  }

  private int endOfRun(int start) {
    int end = start;
    while (end < text.length()) {
      int c = text.codePointAt(end);
      if (!Character.isLetterOrDigit(c) && (end == start || !isInside(end, c))) {
        break;
      }
      end += Character.charCount(c);
    }
    return end;
  }

  private boolean isInside(int index, int c) {
    return Characters.isMark(c) || (Characters.isApostrophe(c) || Characters.isInvisible(c)) && isBetweenLetters(index);
  }

  /** Whether the apostrophe is between letters, as in {@code п'ятниця} and {@code don't}. */
  private boolean isBetweenLetters(int index) {
    int before = text.codePointBefore(index);
    return index + 1 < text.length() && Character.isLetter(text.codePointAt(index + 1))
        && (Character.isLetter(before) || Characters.isMark(before));
  }

  /** The index of the only change between digits and letters, as in "1500грн" and "v1"; -1 if there is none. */
  private int findBoundary(int start, int end) {
    int boundary = -1;
    boolean wasDigit = Character.isDigit(text.codePointAt(start));
    for (int i = start; i < end && i - start <= MAX_READ_LENGTH; i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      if (Character.isLetterOrDigit(c) && Character.isDigit(c) != wasDigit) {
        if (boundary >= 0) {
          return -1;
        }
        boundary = i;
        wasDigit = !wasDigit;
      }
    }
    return boundary;
  }

  /** Passes a word to the visitor: a run, or one of its two parts. */
  private boolean emit(int start, int end, Run run) {
    String written = run.isFrom(start, end) ? run.written() : normalize(start, end);
    Set<String> terms = findTerms(written, start, end, run);
    int from = previous == null && start == run.start() ? startOfEdge(start) : start;
    int to = end < run.end() ? end : endOfEdge(end);
    var word = new TextAnalyzer.Word(start, end, from, to, written, List.copyOf(terms),
        isQuery ? findQueryTerms(terms, start, end, run) : List.copyOf(terms),
        findSpellings(written, start, run), findJoined(written, start, from, end, to));
    previous = written;
    at = end;
    punctuationStart = end;
    return visitor.test(word);
  }

  private Set<String> findTerms(String written, int start, int end, Run run) {
    Set<String> terms = new LinkedHashSet<>(run.isFrom(start, end) ? run.terms() : findTerms(written, raw(start, end)));
    terms.addAll(run.terms());
    terms.addAll(start < compoundEnd ? compound : List.of());
    return terms;
  }

  /** A query "v2" does not match 2, but a query "1500грн" matches both parts. */
  private List<String> findQueryTerms(Set<String> terms, int start, int end, Run run) {
    Set<String> queryTerms = new LinkedHashSet<>(run.hasOneLetter() && !run.isFrom(start, end) ? run.terms() : terms);
    queryTerms.addAll(findPreviousTerms(run.start(), run.end()));
    return List.copyOf(queryTerms);
  }

  private List<String> findSpellings(String written, int start, Run run) {
    List<String> ofCompound = start < compoundEnd ? compoundSpelling : List.of();
    return Stream.concat(Stream.of(written, run.written()), ofCompound.stream()).distinct().toList();
  }

  private String normalize(int start, int end) {
    return truncate(NormalForm.of(raw(start, end)));
  }

  private String raw(int start, int end) {
    return text.substring(start, start + countWholeCharacters(text, start, Math.min(end - start, MAX_READ_LENGTH)));
  }

  private static String truncate(String word) {
    return word.length() <= MAX_WORD_LENGTH ? word : word.substring(0, countWholeCharacters(word, 0, MAX_WORD_LENGTH));
  }

  private static int countWholeCharacters(String text, int start, int length) {
    return Character.isHighSurrogate(text.charAt(start + length - 1)) ? length - 1 : length;
  }

  /** The terms of the whole run, also without mapping of homoglyphs, and those of an abbreviated commit hash. */
  private Set<String> findRunTerms(String run, int start, int end) {
    String raw = raw(start, end);
    Set<String> terms = findTerms(run, raw);
    if (Homoglyphs.isMixed(raw)) {
      terms.addAll(analyzer.terms(truncate(NormalForm.withoutHomoglyphs(raw))));
    }
    if (run.length() == COMMIT_HASH_LENGTH && run.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
      IntStream.rangeClosed(MIN_SHORT_HASH, MAX_SHORT_HASH).forEach(length -> terms.addAll(analyzer.terms(run.substring(0, length))));
    }
    return terms;
  }

  /** The terms of a normalized word, and of the word with ordinary letters in place of compatibility letters. */
  private Set<String> findTerms(String word, String raw) {
    Set<String> terms = new LinkedHashSet<>(analyzer.terms(word));
    String compatible = truncate(NormalForm.compatible(raw));
    if (!compatible.equals(word)) {
      terms.addAll(analyzer.terms(compatible));
    }
    return terms;
  }

  /** The terms that the previous analysis produced, for documents that it created. */
  private Set<String> findPreviousTerms(int start, int end) {
    String raw = raw(start, end).toLowerCase(Locale.ROOT);
    Set<String> terms = new LinkedHashSet<>();
    StringBuilder word = new StringBuilder();
    raw.codePoints().filter(c -> c != '\u0301').map(SearchTokenizer::toPreviousAnalysis).forEach(word::appendCodePoint);
    Stream.of(word.toString().split(" ")).filter(part -> part.length() > 1).forEach(part -> terms.addAll(analyzer.terms(truncate(part))));
    return terms;
  }

  private static int toPreviousAnalysis(int c) {
    boolean separates = Characters.isApostrophe(c) && PREVIOUS_APOSTROPHES.indexOf(c) < 0 || Characters.isInvisible(c);
    return separates ? ' ' : Characters.isApostrophe(c) ? '\'' : c == 'ё' ? 'е' : c;
  }

  /** Finds a hyphenated compound ("wi-fi"), a telephone number or a grouped number ("1 500") that starts here. */
  private void findCompound(int start) {
    if (Character.isDigit(text.charAt(start))) {
      findNumber(start);
    } else if (start == 0 || !Characters.isHyphen(text.charAt(start - 1))) {
      findHyphenatedCompound(start);
    }
  }

  private void findNumber(int start) {
    GroupedNumbers.findAt(text, start).ifPresent(number -> setCompound(number.end(), List.of(number.digits()), List.of(number.digits())));
    PhoneNumbers.findAt(text, start).ifPresent(phone -> {
      boolean isNumber = start < compoundEnd && compoundEnd == phone.end();
      setCompound(phone.end(), isNumber ? List.of(compound.getFirst(), phone.term()) : List.of(phone.term()),
          isNumber ? compoundSpelling : List.of());
    });
  }

  private void setCompound(int end, List<String> terms, List<String> spelling) {
    compoundEnd = end;
    compound = terms;
    compoundSpelling = spelling;
  }

  private void findHyphenatedCompound(int start) {
    StringBuilder word = new StringBuilder();
    int parts = 0;
    int end = start;
    for (int part = start; part >= 0 && parts <= MAX_PARTS; part = partAfter(end)) {
      end = endOfLetters(part);
      word.append(text, part, end);
      parts++;
    }
    if (parts > 1 && parts <= MAX_PARTS && word.length() <= MAX_WORD_LENGTH) {
      String spelling = NormalForm.of(word.toString());
      setCompound(end, List.copyOf(findTerms(spelling, word.toString())), List.of(spelling));
    }
  }

  private int endOfLetters(int start) {
    int end = start;
    while (end < text.length() && end - start <= MAX_WORD_LENGTH) {
      int c = text.codePointAt(end);
      if (!Character.isLetter(c) && (end == start || !isInside(end, c))) {
        break;
      }
      end += Character.charCount(c);
    }
    return end;
  }

  /** The start of the next part of a compound; -1 if there is none. */
  private int partAfter(int end) {
    return end + 1 < text.length() && Characters.isHyphen(text.charAt(end)) && Character.isLetter(text.codePointAt(end + 1)) ? end + 1 : -1;
  }

  /** The start of the punctuation that is joined to the next word: "#" in "(#tag". */
  private int startOfEdge(int start) {
    int from = punctuationStart;
    while (from < start && Characters.isAround(text.codePointAt(from))) {
      from += Character.charCount(text.codePointAt(from));
    }
    return start - from <= MAX_PUNCTUATION ? from : start;
  }

  /** The end of the punctuation that is joined to the previous word: "++" in "C++),". */
  private int endOfEdge(int end) {
    int to = endOfPunctuation(end, MAX_PUNCTUATION + 1);
    boolean isEdge = to - end <= MAX_PUNCTUATION && (to == text.length() || !Character.isLetterOrDigit(text.codePointAt(to)));
    while (isEdge && to > end && isPunctuation(text.codePointBefore(to))) {
      to -= Character.charCount(text.codePointBefore(to));
    }
    return isEdge ? to : end;
  }

  private static boolean isPunctuation(int c) {
    return Characters.isAround(c) || Characters.isSentenceMark(c) || Characters.isMark(c) || Characters.isInvisible(c);
  }

  private List<String> findJoined(String written, int start, int from, int end, int to) {
    List<String> joined = new ArrayList<>();
    if (previous != null && start - punctuationStart <= MAX_PUNCTUATION) {
      joined.add(previous + text.substring(punctuationStart, start) + written);
    }
    if (from < start) {
      joined.add(text.substring(from, start) + written);
    }
    if (to > end) {
      joined.add(written + text.substring(end, to));
    }
    return joined;
  }
}
