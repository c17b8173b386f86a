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
 * Splits text into words and maps each to its index terms: by stemming for English and Russian, and by dictionary
 * lemmatization for Ukrainian. A Cyrillic word may belong to either language, so it gets the terms of both. {@link
 * SearchTokenizer} splits the text.
 *
 * <p>Not thread-safe. {@link #create()} returns a new instance; all instances share the dictionary.
 */
final class TextAnalyzer {

  /**
   * The version of the analysis. Increment it whenever the terms of a text change: stored documents are then indexed again
   * ({@code ReindexMessages}). For one release, a new version keeps the terms of the previous version, and {@link
   * Word#queryTerms} contains the terms that only the previous version produced.
   */
  static final int VERSION = 3;

  /**
   * A token of a text: a word, a number, an emoji or a symbol.
   *
   * @param start the start index in the text, in UTF-16 code units
   * @param end the end index, exclusive
   * @param from the start index including joined punctuation, as in "#tag"
   * @param to the end index including joined punctuation, as in "C++", exclusive
   * @param written the normalized word, in lower case
   * @param terms the index terms, the main term first
   * @param queryTerms the terms to search for, any of which matches
   * @param spellings the spellings of the word and of the compounds that contain it
   * @param joined the word with adjacent punctuation and words: "c++", "1.2"
   */
  record Word(int start, int end, int from, int to, String written, List<String> terms, List<String> queryTerms, List<String> spellings,
      List<String> joined) {

    Word(int start, int end, String written, List<String> terms) {
      this(start, end, start, end, written, terms, terms, List.of(written), List.of());
    }

    /** The word and its dictionary form, if there is one, for spelling suggestions. Stems are excluded. */
    Stream<String> spellingWords() {
      return isCyrillic(written) && terms.size() > 1 ? Stream.of(written, terms.getFirst()) : Stream.of(written);
    }

    /** The term of the telephone number that contains this token. */
    Optional<String> phone() {
      return terms.stream().filter(term -> term.startsWith(PhoneNumbers.PREFIX)).findFirst();
    }

    /** Whether the token has no letter, digit or emoji. Symbols affect the ranking, but are not required. */
    boolean isSymbol() {
      return written.codePoints().noneMatch(c -> Character.isLetterOrDigit(c)) && Emoji.lengthAt(written, 0) == 0;
    }

    /** Whether any of these terms matches the word or its joined tokens. */
    boolean matchesAny(Set<String> searchTerms) {
      return terms.stream().anyMatch(searchTerms::contains) || matchesAnyJoined(searchTerms);
    }

    /** Whether any of these terms matches a joined token. */
    boolean matchesAnyJoined(Set<String> searchTerms) {
      return joined.stream().anyMatch(searchTerms::contains);
    }
  }

  private static final Pattern CLITIC = Pattern.compile("'(s|t|re|ve|ll|d|m)$");
  private static final int MAX_BASE_FORMS = 3;

  private final SnowballStemmer english = new EnglishStemmer();
  private final SnowballStemmer russian = new RussianStemmer();
  private final DictionaryLookup ukrainian = new DictionaryLookup(Ukrainian.DICTIONARY);

  /** Loaded on first use; it takes 7 MB. */
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

  static TextAnalyzer create() {
    return new TextAnalyzer();
  }

  /** The words of the text in order. */
  List<Word> analyze(String text) {
    return analyze(text, Integer.MAX_VALUE);
  }

  /** The first words of the text, at most {@code limit}. */
  List<Word> analyze(String text, int limit) {
    List<Word> words = new ArrayList<>();
    visit(text, word -> words.add(word) && words.size() < limit);
    return words;
  }

  /** The first words of a query, at most {@code limit}, with the query terms of the previous analysis. */
  List<Word> analyzeQuery(String text, int limit) {
    List<Word> words = new ArrayList<>();
    new SearchTokenizer(text, this, true, word -> words.add(word) && words.size() < limit).tokenize();
    return words;
  }

  /** Passes the words of the text to the visitor in order until it returns false. */
  void visit(String text, Predicate<Word> visitor) {
    new SearchTokenizer(text, this, false, visitor).tokenize();
  }

  /** The index terms of a normalized word, the main term first. */
  Set<String> terms(String word) {
    Set<String> terms = findForms(word);
    String plain = isCyrillic(word) ? word : NormalForm.withoutAccents(word);
    if (!plain.equals(word)) {
      terms.addAll(findForms(plain));
    }
    // Nothing is left of an apostrophe and a clitic alone, such as 's. An empty term is none in PostgreSQL's format.
    terms.removeIf(String::isBlank);
    if (terms.isEmpty()) {
      terms.add(word);
    }
    return terms;
  }

  private Set<String> findForms(String word) {
    Set<String> terms = new LinkedHashSet<>();
    if (isCyrillic(word)) {
      findBaseForms(word).forEach(terms::add);
      String stem = stem(russian, word);
      terms.add(stem);
      withoutFleetingVowel(stem).ifPresent(terms::add);
    } else {
      terms.add(stem(english, CLITIC.matcher(word).replaceFirst("")));
    }
    return terms;
  }

  /** The stem without the fleeting vowel of a genitive plural: "ошибк" for "ошибок", "настройк" for "настроек". */
  private static Optional<String> withoutFleetingVowel(String stem) {
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

  /** Whether the normalized word is a form of a word of the Ukrainian dictionary. */
  boolean isInDictionary(String word) {
    return !ukrainian.lookup(word).isEmpty();
  }

  private List<String> findBaseForms(String word) {
    return ukrainian.lookup(word).stream().map(d -> d.getStem().toString().toLowerCase(Locale.ROOT)).distinct()
        .limit(MAX_BASE_FORMS).toList();
  }

  private static String stem(SnowballStemmer stemmer, String word) {
    stemmer.setCurrent(word);
    return stemmer.stem() ? stemmer.getCurrent() : word;
  }
}
