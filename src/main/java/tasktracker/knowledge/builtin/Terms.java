package tasktracker.knowledge.builtin;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tasktracker.scoring.model.SectionedFile;

/** Words that carry meaning, and the comparison of texts by them. */
public final class Terms {

  /** Possessive, so that matching takes linear time. */
  static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]++(?:[-'’ʼ._][\\p{L}\\p{N}]++)*+");
  private static final Pattern LINK = Pattern.compile("(?:https?://|www\\.)\\S++");
  private static final Set<String> STOP_WORDS = loadStopWords();
  private static final char FIRST_CYRILLIC = '\u0400';
  /** Endings of nouns and adjectives in Ukrainian and Russian, after at least three letters. */
  private static final Pattern CYRILLIC_ENDING = Pattern.compile("(?<=^\\p{L}{3,40})(?:ього|ьому|ого|ому|его|ему|ими|іми|ыми|ами|ями"
      + "|ій|ий|ый|ої|ою|ею|єю|ая|яя|ое|ее|ые|ие|их|ых|им|ым|ах|ях|ів|їв|ов|ев|ам|ям|ом|ем|ём|ой|ей|ові|еві"
      + "|а|я|у|ю|і|ї|и|ы|о|е|є|ь|й)$");
  private static final int MIN_STEM = 4;
  private static final int MAX_ENDING = 3;

  private Terms() {}

  private static Set<String> loadStopWords() {
    Set<String> words = new HashSet<>();
    SectionedFile.read("knowledge/stopwords.txt").values()
        .forEach(lines -> lines.forEach(line -> words.addAll(List.of(line.split("\\s+")))));
    return words;
  }

  public static boolean isStopWord(String word) {
    return STOP_WORDS.contains(normalize(word));
  }

  static String normalize(String word) {
    return word.toLowerCase(Locale.ROOT).replace('’', '\'').replace('ʼ', '\'');
  }

  /** The words of a text in their order, without links. */
  public static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(LINK.matcher(text).replaceAll(" "));
    while (matcher.find()) {
      words.add(matcher.group());
    }
    return words;
  }

  /** The stems of the words that are no stop words. */
  public static Set<String> stems(String text) {
    Set<String> stems = new LinkedHashSet<>();
    for (String word : words(text)) {
      if (word.length() > 1 && !isStopWord(word)) {
        stems.add(stem(word));
      }
    }
    return stems;
  }

  /** The beginning of a word, without the ending of most inflected forms. Numbers and names with digits are kept. */
  static String stem(String word) {
    String normalized = normalize(word);
    if (normalized.chars().anyMatch(Character::isDigit) || normalized.length() <= MIN_STEM) {
      return normalized;
    }
    if (normalized.charAt(0) >= FIRST_CYRILLIC) {
      return CYRILLIC_ENDING.matcher(normalized).replaceFirst("");
    }
    return normalized.substring(0, Math.max(MIN_STEM, normalized.length() - (normalized.length() > 6 ? MAX_ENDING : 2)));
  }

  /** The share of common stems in all of both; 0 if one is empty. */
  public static double overlap(Set<String> a, Set<String> b) {
    int common = countCommon(a, b);
    int all = a.size() + b.size() - common;
    return all == 0 ? 0 : (double) common / all;
  }

  /** The share of common stems in the smaller set; 0 if one is empty. */
  public static double containment(Set<String> a, Set<String> b) {
    int smaller = Math.min(a.size(), b.size());
    return smaller == 0 ? 0 : (double) countCommon(a, b) / smaller;
  }

  static int countCommon(Set<String> a, Set<String> b) {
    Set<String> smaller = a.size() < b.size() ? a : b;
    Set<String> larger = smaller == a ? b : a;
    return (int) smaller.stream().filter(larger::contains).count();
  }

  /** The similarity of two names: the share of common character trigrams (Dice coefficient). */
  static double trigramSimilarity(String a, String b) {
    Set<String> first = trigrams(a);
    Set<String> second = trigrams(b);
    return first.isEmpty() || second.isEmpty() ? 0 : 2.0 * countCommon(first, second) / (first.size() + second.size());
  }

  private static Set<String> trigrams(String name) {
    Set<String> grams = new HashSet<>();
    for (String word : words(name)) {
      String padded = "  " + normalize(word) + " ";
      for (int i = 0; i + 3 <= padded.length(); i++) {
        grams.add(padded.substring(i, i + 3));
      }
    }
    return grams;
  }

  /** A name as it is compared: lower case, words only. */
  static String normalizeName(String name) {
    return String.join(" ", words(name).stream().map(Terms::normalize).toList());
  }
}
