package tasktracker.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import morfologik.stemming.Dictionary;
import morfologik.stemming.DictionaryLookup;
import org.tartarus.snowball.SnowballStemmer;
import org.tartarus.snowball.ext.EnglishStemmer;
import org.tartarus.snowball.ext.RussianStemmer;

/**
 * Cuts text into words and brings each to the terms it is found by, whatever form it stands in: English by its stem,
 * Ukrainian by what a dictionary says is its base form, Russian by its stem. A Cyrillic word may be of either
 * language, so it gets both.
 *
 * <p>Used by one thread at a time; {@link #take()} gives each caller one of its own, over one shared dictionary.
 */
final class WordForms {

  /**
   * A word of a text.
   *
   * @param start where it begins in the text, in UTF-16 code units
   * @param end where it ends
   * @param written the word itself, in lower case
   * @param terms what it is found by, the first being the usual one
   */
  record Word(int start, int end, String written, List<String> terms) {

    /** The word as written and, where a dictionary knows it, its base form; stems are no words. */
    Stream<String> readable() {
      return isCyrillic(written) && terms.size() > 1 ? Stream.of(written, terms.getFirst()) : Stream.of(written);
    }
  }

  private static final int LONGEST_WORD = 60;
  private static final int MOST_BASE_FORMS = 3;

  private final SnowballStemmer english = new EnglishStemmer();
  private final SnowballStemmer russian = new RussianStemmer();
  private final DictionaryLookup ukrainian = new DictionaryLookup(Ukrainian.DICTIONARY);

  /** Loaded when first needed: 7 MB. */
  private static final class Ukrainian {
    static final Dictionary DICTIONARY = load();

    private static Dictionary load() {
      URL at = Dictionary.class.getResource("/ua/net/nlp/ukrainian.dict");
      try {
        return Dictionary.read(at);
      } catch (IOException e) {
        throw new UncheckedIOException("The Ukrainian dictionary cannot be read", e);
      }
    }
  }

  private WordForms() {}

  static WordForms take() {
    return new WordForms();
  }

  /** The words of the text in their order. What is neither letter nor digit separates words. */
  List<Word> read(String text) {
    return read(text, Integer.MAX_VALUE);
  }

  /** The first words of the text, so many at most. */
  List<Word> read(String text, int most) {
    List<Word> words = new ArrayList<>();
    visit(text, word -> words.add(word) && words.size() < most);
    return words;
  }

  /** Hands the words of the text over in their order, one after the other, until the visitor returns false. */
  void visit(String text, Predicate<Word> visitor) {
    for (int at = 0; at < text.length(); ) {
      int end = endOfWord(text, at);
      if (end > at && !visitor.test(word(text, at, end))) {
        return;
      }
      at = end > at ? end : at + Character.charCount(text.codePointAt(at));
    }
  }

  private static int endOfWord(String text, int start) {
    int at = start;
    while (at < text.length()) {
      int c = text.codePointAt(at);
      boolean inside = Character.isLetterOrDigit(c) || at > start && (isMark(c) || isInnerApostrophe(text, at, c));
      if (!inside) {
        break;
      }
      at += Character.charCount(c);
    }
    return at;
  }

  private static boolean isMark(int c) {
    return Character.getType(c) == Character.NON_SPACING_MARK || Character.getType(c) == Character.COMBINING_SPACING_MARK;
  }

  /** As in {@code п'ятниця} and {@code don't}. */
  private static boolean isInnerApostrophe(String text, int at, int c) {
    return isApostrophe(c) && at + 1 < text.length() && Character.isLetter(text.codePointAt(at + 1))
        && Character.isLetter(text.codePointBefore(at));
  }

  private static boolean isApostrophe(int c) {
    return c == '\'' || c == '\u2019' || c == '\u02BC' || c == '`';
  }

  private Word word(String text, int start, int end) {
    String written = normalized(text.substring(start, start + wholeCharacters(text, start, Math.min(end - start, LONGEST_WORD))));
    return new Word(start, end, written, List.copyOf(terms(written)));
  }

  private static int wholeCharacters(String text, int start, int length) {
    return Character.isHighSurrogate(text.charAt(start + length - 1)) ? length - 1 : length;
  }

  private static String normalized(String word) {
    StringBuilder plain = new StringBuilder(word.length());
    word.toLowerCase(Locale.ROOT).codePoints().filter(c -> c != '\u0301')
        .map(c -> isApostrophe(c) ? '\'' : c == 'ё' ? 'е' : c).forEach(plain::appendCodePoint);
    return plain.toString();
  }

  private Set<String> terms(String word) {
    Set<String> terms = new LinkedHashSet<>();
    if (isCyrillic(word)) {
      baseForms(word).forEach(terms::add);
      String stem = stem(russian, word);
      terms.add(stem);
      fleeting(stem).ifPresent(terms::add);
    } else {
      terms.add(stem(english, word.replaceAll("'(s|t|re|ve|ll|d|m)$", "")));
    }
    return terms;
  }

  /** The stem of the other cases, for a genitive plural with a fleeting vowel: of "ошибок" it is "ошибк", of "настроек" "настройк". */
  private static Optional<String> fleeting(String stem) {
    int vowel = stem.length() - 2;
    if (vowel < 2 || !stem.endsWith("ок") && !stem.endsWith("ек")) {
      return Optional.empty();
    }
    boolean afterVowel = "аеиоуыэюяіїє".indexOf(stem.charAt(vowel - 1)) >= 0;
    return Optional.of(stem.substring(0, vowel) + (afterVowel ? "йк" : "к"));
  }

  private static boolean isCyrillic(String word) {
    return word.codePoints().anyMatch(c -> c >= 0x0400 && c <= 0x052F);
  }

  private List<String> baseForms(String word) {
    return ukrainian.lookup(word).stream().map(d -> d.getStem().toString().toLowerCase(Locale.ROOT)).distinct()
        .limit(MOST_BASE_FORMS).toList();
  }

  private static String stem(SnowballStemmer stemmer, String word) {
    stemmer.setCurrent(word);
    return stemmer.stem() ? stemmer.getCurrent() : word;
  }
}
