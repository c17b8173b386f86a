package tasktracker.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What somebody typed into the search box, understood.
 *
 * @param text as typed
 * @param wanted what is looked for; if nothing but stop words was typed, those
 * @param asking words of the question around it, such as "what", "discussed"; they count a little
 * @param asked whether it is a question or a sentence, not keywords
 */
record ParsedQuery(String text, List<Wanted> wanted, List<Wanted> asking, boolean asked) {

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
    List<WordForms.Word> words = WordForms.take().read(text);
    boolean asked = text.strip().endsWith("?") || words.size() > MOST_KEYWORDS
        || !words.isEmpty() && StopWords.opensQuestion(words.getFirst().written());
    for (WordForms.Word word : words.subList(0, Math.min(words.size(), MOST_WORDS))) {
      boolean aside = StopWords.isStop(word.written()) || asked && StopWords.isAsking(word.written());
      (aside ? asking : wanted).putIfAbsent(word.terms().getFirst(), new Wanted(word.written(), word.terms()));
    }
    return wanted.isEmpty() ? new ParsedQuery(text, List.copyOf(asking.values()), List.of(), asked)
        : new ParsedQuery(text, List.copyOf(wanted.values()),
            asking.values().stream().filter(w -> !StopWords.isStop(w.written())).toList(), asked);
  }

  /** True for a few words, of which all are expected; false for a question. */
  boolean isKeywords() {
    return !asked && wanted.size() <= MOST_KEYWORDS;
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
