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
import tasktracker.search.text.Homoglyphs;
import tasktracker.search.text.NormalForm;
import tasktracker.search.text.PhoneNumbers;

/**
 * Goes through a text once and hands over its words. A word is a run of letters and digits with the apostrophes inside
 * of it; a number with a unit ("1500грн") is two. An emoji is a word, and so are signs that stand alone ("->"). Words
 * know what they are part of: "wi-fi" is also "wifi", a telephone number is one however it is grouped.
 *
 * <p>What is looked at ahead of the present word is bounded, so that the whole costs no more than the text is long.
 */
final class SearchTokenizer {

  private static final int LONGEST_WORD = 60;
  /** Of a word before it is brought to its normal form, which may be shorter. */
  private static final int MOST_READ = 2 * LONGEST_WORD;
  /** More signs in a row are decoration. */
  private static final int MOST_SIGNS = 16;
  private static final Pattern EMOTICON = Pattern.compile("[:;=]-?[()\\[\\]|/\\\\*]");
  private static final int MOST_PARTS = 4;
  private static final int COMMIT_HASH = 40;
  /** Git shortens hashes to so many digits. */
  private static final int SHORTEST_HASH = 7;
  private static final int LONGEST_SHORT_HASH = 12;
  /** What the analysis before this one took for apostrophes. */
  private static final String KNOWN_APOSTROPHES = "'`\u2019\u02BC";

  private final String text;
  private final TextAnalyzer forms;
  private final Predicate<TextAnalyzer.Word> visitor;
  private final boolean isQuery;
  private int at;
  /** The word right before, without a space between. */
  private @Nullable String previous;
  /** Where the signs begin that stand right before the present place. */
  private int signs;
  private int compoundEnd;
  private List<String> compound = List.of();
  private List<String> compoundSpelling = List.of();

  /** @param isQuery whether the words are looked for; words that are found need no {@link TextAnalyzer.Word#sought} of their own */
  SearchTokenizer(String text, TextAnalyzer forms, boolean isQuery, Predicate<TextAnalyzer.Word> visitor) {
    this.isQuery = isQuery;
    this.text = text;
    this.forms = forms;
    this.visitor = visitor;
  }

  void read() {
    boolean goOn = true;
    while (goOn && at < text.length()) {
      goOn = next();
    }
  }

  private boolean next() {
    int c = text.codePointAt(at);
    if (Characters.isSpace(c)) {
      at += Character.charCount(c);
      return separate();
    }
    int emoji = Emoji.lengthAt(text, at);
    return emoji > 0 ? emoji(emoji) : Character.isLetterOrDigit(c) ? run() : signs();
  }

  /** What comes is written to nothing that came. */
  private boolean separate() {
    previous = null;
    signs = at;
    return true;
  }

  private boolean emoji(int length) {
    String emoji = Emoji.normalForm(text.substring(at, at + length));
    int start = at;
    at += length;
    separate();
    return emoji.isEmpty() || visitor.test(new TextAnalyzer.Word(start, at, emoji, List.of(emoji)));
  }

  /** Signs are kept for the word behind them; those that stand alone and mean something are a word. */
  private boolean signs() {
    int start = at;
    at = endOfSigns(start, text.length());
    boolean isAlone = previous == null && (at == text.length() || !Character.isLetterOrDigit(text.codePointAt(at)));
    String alone = isAlone ? text.substring(start, Math.min(at, start + MOST_SIGNS + 1)) : "";
    return !isAlone || !isMeaningful(alone) || visitor.test(new TextAnalyzer.Word(start, at, alone, List.of(alone)));
  }

  private int endOfSigns(int start, int most) {
    int end = start;
    while (end < text.length() && end - start < most) {
      int c = text.codePointAt(end);
      if (Characters.isSpace(c) || Character.isLetterOrDigit(c) || end > start && Emoji.lengthAt(text, end) > 0) {
        break;
      }
      end += Character.charCount(c);
    }
    return end;
  }

  private static boolean isMeaningful(String signs) {
    return EMOTICON.matcher(signs).matches() || signs.length() <= MOST_SIGNS && signs.codePoints().anyMatch(c ->
        !Characters.isAround(c) && !Characters.isSentenceMark(c) && !Characters.isDash(c) && !Characters.isMark(c) && !Characters.isInvisible(c));
  }

  /** Letters and digits without anything between them, of one or two words. */
  private record Run(int start, int end, String written, Set<String> terms, boolean hasOneLetter) {

    boolean isFrom(int from, int to) {
      return from == start && to == end;
    }
  }

  private boolean run() {
    int start = at;
    int end = endOfRun(start);
    if (start >= compoundEnd) {
      lookForCompound(start);
    }
    String written = normal(start, end);
    Run run = new Run(start, end, written, runTerms(written, start, end), hasOneLetter(start, end));
    int middle = boundary(start, end);
    return middle < 0 ? hand(start, end, run) : hand(start, middle, run) && hand(middle, end, run);
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

  /** As in {@code п'ятниця} and {@code don't}. */
  private boolean isBetweenLetters(int index) {
    int before = text.codePointBefore(index);
    return index + 1 < text.length() && Character.isLetter(text.codePointAt(index + 1)) && (Character.isLetter(before) || Characters.isMark(before));
  }

  /** Where digits meet letters, if they do once: in "1500грн" and "v1"; -1 otherwise. */
  private int boundary(int start, int end) {
    int boundary = -1;
    boolean wasDigit = Character.isDigit(text.codePointAt(start));
    for (int i = start; i < end && i - start <= MOST_READ; i += Character.charCount(text.codePointAt(i))) {
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

  /** Hands a word over that is a run or one of the two parts of one. */
  private boolean hand(int start, int end, Run run) {
    String written = run.isFrom(start, end) ? run.written() : normal(start, end);
    Set<String> terms = terms(written, start, end, run);
    int from = previous == null && start == run.start() ? startOfEdge(start) : start;
    int to = end < run.end() ? end : endOfEdge(end);
    var word = new TextAnalyzer.Word(start, end, from, to, written, List.copyOf(terms), isQuery ? sought(terms, start, end, run) : List.copyOf(terms),
        spellings(written, start, run), joined(written, start, from, end, to));
    previous = written;
    at = end;
    signs = end;
    return visitor.test(word);
  }

  private Set<String> terms(String written, int start, int end, Run run) {
    Set<String> terms = new LinkedHashSet<>(run.isFrom(start, end) ? run.terms() : forms.terms(written));
    terms.addAll(run.terms());
    terms.addAll(start < compoundEnd ? compound : List.of());
    return terms;
  }

  /** "v2" is not looked for as any 2; of "1500грн" both parts are. */
  private List<String> sought(Set<String> terms, int start, int end, Run run) {
    Set<String> sought = new LinkedHashSet<>(run.hasOneLetter() && !run.isFrom(start, end) ? run.terms() : terms);
    sought.addAll(termsBefore(run.start(), run.end()));
    return List.copyOf(sought);
  }

  private List<String> spellings(String written, int start, Run run) {
    List<String> ofCompound = start < compoundEnd ? compoundSpelling : List.of();
    return Stream.concat(Stream.of(written, run.written()), ofCompound.stream()).distinct().toList();
  }

  private String normal(int start, int end) {
    return shortened(NormalForm.of(raw(start, end)));
  }

  private String raw(int start, int end) {
    return text.substring(start, start + wholeCharacters(text, start, Math.min(end - start, MOST_READ)));
  }

  private static String shortened(String word) {
    return word.length() <= LONGEST_WORD ? word : word.substring(0, wholeCharacters(word, 0, LONGEST_WORD));
  }

  private static int wholeCharacters(String text, int start, int length) {
    return Character.isHighSurrogate(text.charAt(start + length - 1)) ? length - 1 : length;
  }

  /** The terms of the whole run, also in the alphabets that it was typed in, and those of a shortened commit hash. */
  private Set<String> runTerms(String run, int start, int end) {
    Set<String> terms = new LinkedHashSet<>(forms.terms(run));
    String raw = raw(start, end);
    if (Homoglyphs.isMixed(raw)) {
      terms.addAll(forms.terms(shortened(NormalForm.inItsAlphabets(raw))));
    }
    if (run.length() == COMMIT_HASH && run.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
      IntStream.rangeClosed(SHORTEST_HASH, LONGEST_SHORT_HASH).forEach(length -> terms.addAll(forms.terms(run.substring(0, length))));
    }
    return terms;
  }

  /** What the analysis before this one found the same letters by, where it differs; for documents that it has made. */
  private Set<String> termsBefore(int start, int end) {
    String raw = raw(start, end).toLowerCase(Locale.ROOT);
    Set<String> terms = new LinkedHashSet<>();
    StringBuilder word = new StringBuilder();
    raw.codePoints().filter(c -> c != '\u0301').map(SearchTokenizer::asBefore).forEach(word::appendCodePoint);
    Stream.of(word.toString().split(" ")).filter(part -> part.length() > 1).forEach(part -> terms.addAll(forms.terms(shortened(part))));
    return terms;
  }

  private static int asBefore(int c) {
    boolean separates = Characters.isApostrophe(c) && KNOWN_APOSTROPHES.indexOf(c) < 0 || Characters.isInvisible(c);
    return separates ? ' ' : Characters.isApostrophe(c) ? '\'' : c == 'ё' ? 'е' : c;
  }

  /** Compounds of words with hyphens ("wi-fi") and telephone numbers, whose words are found by them too. */
  private void lookForCompound(int start) {
    if (Character.isDigit(text.charAt(start))) {
      PhoneNumbers.at(text, start).ifPresent(phone -> setCompound(phone.end(), List.of(phone.term()), List.of()));
    } else if (start == 0 || !Characters.isHyphen(text.charAt(start - 1))) {
      lookForHyphens(start);
    }
  }

  private void setCompound(int end, List<String> terms, List<String> spelling) {
    compoundEnd = end;
    compound = terms;
    compoundSpelling = spelling;
  }

  private void lookForHyphens(int start) {
    StringBuilder word = new StringBuilder();
    int parts = 0;
    int end = start;
    for (int part = start; part >= 0 && parts <= MOST_PARTS; part = partAfter(end)) {
      end = endOfLetters(part);
      word.append(text, part, end);
      parts++;
    }
    if (parts > 1 && parts <= MOST_PARTS && word.length() <= LONGEST_WORD) {
      String spelling = NormalForm.of(word.toString());
      setCompound(end, List.copyOf(forms.terms(spelling)), List.of(spelling));
    }
  }

  private int endOfLetters(int start) {
    int end = start;
    while (end < text.length() && end - start <= LONGEST_WORD) {
      int c = text.codePointAt(end);
      if (!Character.isLetter(c) && (end == start || !isInside(end, c))) {
        break;
      }
      end += Character.charCount(c);
    }
    return end;
  }

  /** Where the next part of a compound begins, -1 when there is none. */
  private int partAfter(int end) {
    return end + 1 < text.length() && Characters.isHyphen(text.charAt(end)) && Character.isLetter(text.codePointAt(end + 1)) ? end + 1 : -1;
  }

  /** Where the signs begin that belong to the word behind them: of "(#tag" the "#". */
  private int startOfEdge(int start) {
    int from = signs;
    while (from < start && Characters.isAround(text.codePointAt(from))) {
      from += Character.charCount(text.codePointAt(from));
    }
    return start - from <= MOST_SIGNS ? from : start;
  }

  /** Where the signs end that belong to the word before them: of "C++)," the "++". */
  private int endOfEdge(int end) {
    int to = endOfSigns(end, MOST_SIGNS + 1);
    boolean isEdge = to - end <= MOST_SIGNS && (to == text.length() || !Character.isLetterOrDigit(text.codePointAt(to)));
    while (isEdge && to > end && isPunctuation(text.codePointBefore(to))) {
      to -= Character.charCount(text.codePointBefore(to));
    }
    return isEdge ? to : end;
  }

  private static boolean isPunctuation(int c) {
    return Characters.isAround(c) || Characters.isSentenceMark(c) || Characters.isMark(c) || Characters.isInvisible(c);
  }

  private List<String> joined(String written, int start, int from, int end, int to) {
    List<String> joined = new ArrayList<>();
    if (previous != null && start - signs <= MOST_SIGNS) {
      joined.add(previous + text.substring(signs, start) + written);
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
