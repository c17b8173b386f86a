package tasktracker.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tasktracker.search.text.Characters;

/**
 * What somebody typed into the search box, understood.
 *
 * @param text as typed
 * @param wanted what is looked for; if nothing but stop words was typed, those
 * @param asking words of the question around it, such as "what", "discussed"; they count a little
 * @param joined what was typed without a space between: "c++", "example.com", "wifi"; messages that have it count more
 * @param exact a tsquery of the messages that have it as it was typed, which come before all others
 * @param asked whether it is a question or a sentence, not keywords
 */
record ParsedQuery(String text, List<Wanted> wanted, List<Wanted> asking, List<String> joined, String exact, boolean asked) {

  /**
   * A word that is looked for, in all its forms.
   *
   * @param written as typed, in lower case
   * @param terms any of them will do
   */
  record Wanted(String written, List<String> terms) {}

  /** Up to so many words are keywords; more are a sentence, and nobody expects all of them in one message. */
  private static final int MOST_KEYWORDS = 4;
  private static final int MOST_WORDS = 40;

  static ParsedQuery of(String text) {
    Map<String, Wanted> wanted = new LinkedHashMap<>();
    Map<String, Wanted> asking = new LinkedHashMap<>();
    List<TextAnalyzer.Word> words = TextAnalyzer.take().readQuery(text, MOST_WORDS);
    boolean asked = text.strip().endsWith("?") || pieces(text, words) > MOST_KEYWORDS
        || !words.isEmpty() && StopWords.opensQuestion(words.getFirst().written());
    for (TextAnalyzer.Word word : words) {
      boolean aside = word.isSign() || StopWords.isStop(word.written()) || asked && StopWords.isAsking(word.written());
      (aside ? asking : wanted).putIfAbsent(word.sought().getFirst(), new Wanted(word.written(), word.sought()));
    }
    List<String> joined = words.stream().flatMap(word -> Stream.concat(word.joined().stream(), TextSearchFormat.compounds(word))).distinct().limit(MOST_WORDS).toList();
    return wanted.isEmpty() ? new ParsedQuery(text, List.copyOf(asking.values()), List.of(), joined, TextSearchFormat.exactly(words), asked)
        : new ParsedQuery(text, List.copyOf(wanted.values()),
            asking.values().stream().filter(w -> !StopWords.isStop(w.written())).toList(), joined, TextSearchFormat.exactly(words), asked);
  }

  /** How many pieces are parted by spaces: an address on the web is one, of many words. */
  private static long pieces(String text, List<TextAnalyzer.Word> words) {
    return words.isEmpty() ? 0 : 1 + IntStream.range(1, words.size())
        .filter(i -> text.substring(words.get(i - 1).end(), words.get(i).start()).codePoints().anyMatch(Characters::isSpace)).count();
  }

  /** True for a few words, of which all are expected; false for a question. */
  boolean isKeywords() {
    return !asked;
  }

  boolean isEmpty() {
    return wanted.isEmpty();
  }

  /** What it is about: the question as typed and, when it is one, the same without its asking words. */
  List<String> meanings() {
    List<String> meanings = new ArrayList<>(List.of(text));
    if (!isKeywords() && !wanted.isEmpty()) {
      meanings.add(wanted.stream().map(Wanted::written).collect(Collectors.joining(" ")));
    }
    return meanings;
  }
}
