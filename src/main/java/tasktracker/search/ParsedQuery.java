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
 * A parsed search query.
 *
 * @param text the query as typed
 * @param keywords the words to find; the stop words if there are no others
 * @param questionWords words of a question such as "what" and "discussed", which have a low weight
 * @param joined tokens with punctuation, and compounds: "c++", "example.com", "wifi"; messages that contain them rank higher
 * @param exactQuery a tsquery for messages that contain the query as typed, which rank first
 * @param isQuestion whether the query is a question or a sentence, not keywords
 */
record ParsedQuery(String text, List<QueryWord> keywords, List<QueryWord> questionWords, List<String> joined, String exactQuery,
    boolean isQuestion) {

  /**
   * A word of the query with the terms of all its forms.
   *
   * @param written the word as typed, in lower case
   * @param terms the terms, any of which matches
   */
  record QueryWord(String written, List<String> terms) {}

  /** A query with more words is a sentence, and a message need not contain all of them. */
  private static final int MAX_KEYWORDS = 4;
  private static final int MAX_WORDS = 40;

  static ParsedQuery of(String text) {
    Map<String, QueryWord> keywords = new LinkedHashMap<>();
    Map<String, QueryWord> questionWords = new LinkedHashMap<>();
    List<TextAnalyzer.Word> words = TextAnalyzer.create().analyzeQuery(text, MAX_WORDS);
    boolean isQuestion = text.strip().endsWith("?") || countTokens(text, words) > MAX_KEYWORDS
        || !words.isEmpty() && StopWords.startsQuestion(words.getFirst().written());
    for (TextAnalyzer.Word word : words) {
      boolean isQuestionWord = word.isSymbol() || StopWords.isStop(word.written())
          || isQuestion && StopWords.isQuestionWord(word.written());
      (isQuestionWord ? questionWords : keywords).putIfAbsent(word.queryTerms().getFirst(),
          new QueryWord(word.written(), word.queryTerms()));
    }
    List<String> joined = words.stream().flatMap(word -> Stream.concat(word.joined().stream(), TextSearchFormat.compounds(word))).distinct()
        .limit(MAX_WORDS).toList();
    return keywords.isEmpty()
        ? new ParsedQuery(text, List.copyOf(questionWords.values()), List.of(), joined, TextSearchFormat.toExactQuery(words), isQuestion)
        : new ParsedQuery(text, List.copyOf(keywords.values()),
            questionWords.values().stream().filter(w -> !StopWords.isStop(w.written())).toList(), joined,
            TextSearchFormat.toExactQuery(words), isQuestion);
  }

  /** The number of tokens separated by spaces. A URL is one token of several words. */
  private static long countTokens(String text, List<TextAnalyzer.Word> words) {
    return words.isEmpty()
        ? 0
        : 1 + IntStream.range(1, words.size())
            .filter(i -> text.substring(words.get(i - 1).end(), words.get(i).start()).codePoints().anyMatch(Characters::isSpace)).count();
  }

  /** Whether the query consists of keywords, all of which are expected in a message. */
  boolean isKeywordQuery() {
    return !isQuestion;
  }

  boolean isEmpty() {
    return keywords.isEmpty();
  }

  /** The texts to embed: the query as typed and, for a question, its keywords. */
  List<String> embeddingTexts() {
    List<String> texts = new ArrayList<>(List.of(text));
    if (!isKeywordQuery() && !keywords.isEmpty()) {
      texts.add(keywords.stream().map(QueryWord::written).collect(Collectors.joining(" ")));
    }
    return texts;
  }
}
