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
import java.util.regex.Pattern;
import java.util.stream.Stream;
import morfologik.stemming.Dictionary;
import morfologik.stemming.DictionaryLookup;
import org.tartarus.snowball.SnowballStemmer;
import org.tartarus.snowball.ext.EnglishStemmer;
import org.tartarus.snowball.ext.RussianStemmer;
import tasktracker.search.text.Characters;
import tasktracker.search.text.Emoji;
import tasktracker.search.text.NormalForm;
import tasktracker.search.text.PhoneNumbers;

/**
 * Cuts text into words and brings each to the terms it is found by, whatever form it stands in: English by its stem,
 * Ukrainian by what a dictionary says is its base form, Russian by its stem. A Cyrillic word may be of either
 * language, so it gets both. {@link SearchTokenizer} does the cutting.
 *
 * <p>Used by one thread at a time; {@link #take()} gives each caller one of its own, over one shared dictionary.
 */
final class TextAnalyzer {

  /**
   * Which analysis the documents were made by. Raise it whenever the same text gives other terms than before: the
   * stored documents are then made anew ({@code ReindexMessages}). A new analysis keeps the terms of the one before it,
   * and {@link Word#sought} has those that only the one before it gives, until a release later.
   */
  static final int VERSION = 2;

  /**
   * A word of a text, a number, an emoji or a sign.
   *
   * @param start where it begins in the text, in UTF-16 code units
   * @param end where it ends
   * @param from where it begins with the signs that are written to it, as in "#tag"
   * @param to where it ends with them, as in "C++"
   * @param written the word itself, in lower case
   * @param terms what it is found by, the first being the usual one
   * @param sought what it finds when it is typed; any of them will do
   * @param spellings the ways in which it is written, itself and those of the compounds that it is part of
   * @param joined the word with the signs and the word that are written to it: "c++", "1.2"
   */
  record Word(int start, int end, int from, int to, String written, List<String> terms, List<String> sought, List<String> spellings,
      List<String> joined) {

    Word(int start, int end, String written, List<String> terms) {
      this(start, end, start, end, written, terms, terms, List.of(written), List.of());
    }

    /** The word as written and, where a dictionary knows it, its base form; stems are no words. */
    Stream<String> readable() {
      return isCyrillic(written) && terms.size() > 1 ? Stream.of(written, terms.getFirst()) : Stream.of(written);
    }

    /** What the telephone number is found by that it is part of. */
    Optional<String> phone() {
      return terms.stream().filter(term -> term.startsWith(PhoneNumbers.PREFIX)).findFirst();
    }

    /** True for signs without a letter, a digit or an emoji: they help to choose, and are not expected. */
    boolean isSign() {
      return written.codePoints().noneMatch(c -> Character.isLetterOrDigit(c)) && Emoji.lengthAt(written, 0) == 0;
    }

    /** True when any of these terms finds it, or finds it with what is written to it. */
    boolean isAmong(Set<String> wanted) {
      return terms.stream().anyMatch(wanted::contains) || isJoinedAmong(wanted);
    }

    /** True when what is written to it is among these. */
    boolean isJoinedAmong(Set<String> wanted) {
      return joined.stream().anyMatch(wanted::contains);
    }
  }

  private static final Pattern ENDING = Pattern.compile("'(s|t|re|ve|ll|d|m)$");
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

  private TextAnalyzer() {}

  static TextAnalyzer take() {
    return new TextAnalyzer();
  }

  /** The words of the text in their order. */
  List<Word> read(String text) {
    return read(text, Integer.MAX_VALUE);
  }

  /** The first words of the text, so many at most. */
  List<Word> read(String text, int most) {
    List<Word> words = new ArrayList<>();
    visit(text, word -> words.add(word) && words.size() < most);
    return words;
  }

  /** The first words of a text whose words are looked for: they know the terms of documents of the analysis before, too. */
  List<Word> readQuery(String text, int most) {
    List<Word> words = new ArrayList<>();
    new SearchTokenizer(text, this, true, word -> words.add(word) && words.size() < most).read();
    return words;
  }

  /** Hands the words of the text over in their order, one after the other, until the visitor returns false. */
  void visit(String text, Predicate<Word> visitor) {
    new SearchTokenizer(text, this, false, visitor).read();
  }

  /** What a word in its normal form is found by, the usual term first. */
  Set<String> terms(String word) {
    Set<String> terms = formsOf(word);
    String plain = isCyrillic(word) ? word : NormalForm.withoutAccents(word);
    if (!plain.equals(word)) {
      terms.addAll(formsOf(plain));
    }
    return terms;
  }

  private Set<String> formsOf(String word) {
    Set<String> terms = new LinkedHashSet<>();
    if (isCyrillic(word)) {
      baseForms(word).forEach(terms::add);
      String stem = stem(russian, word);
      terms.add(stem);
      fleeting(stem).ifPresent(terms::add);
    } else {
      terms.add(stem(english, ENDING.matcher(word).replaceFirst("")));
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
    return word.codePoints().anyMatch(Characters::isCyrillic);
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
