package tasktracker.search;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tartarus.snowball.SnowballStemmer;

/** Stop words and question words of English, Ukrainian and Russian. */
final class StopWords {

  private static final String LUCENE_RESOURCES = "/org/apache/lucene/analysis/";
  private static final Set<String> STOP_WORDS = read(SnowballStemmer.class,
      List.of(LUCENE_RESOURCES + "snowball/english_stop.txt", LUCENE_RESOURCES + "snowball/russian_stop.txt",
          LUCENE_RESOURCES + "uk/stopwords.txt"));
  private static final Set<String> QUESTION_WORDS = read(StopWords.class, List.of("/search/asking-words.txt"));
  private static final Set<String> REPORTING_WORDS = read(StopWords.class, List.of("/search/telling-words.txt"));

  private StopWords() {}

  /** @param written the word in lower case */
  static boolean isStop(String written) {
    return STOP_WORDS.contains(written) || written.length() == 1 && Character.isLetter(written.charAt(0));
  }

  /** Whether the word starts a question or a request, such as "what" or "summarize". */
  static boolean startsQuestion(String written) {
    return QUESTION_WORDS.contains(written);
  }

  /** Whether the word contributes little to the topic of a question. */
  static boolean isQuestionWord(String written) {
    return QUESTION_WORDS.contains(written) || REPORTING_WORDS.contains(written);
  }

  private static Set<String> read(Class<?> near, List<String> resources) {
    Set<String> words = new HashSet<>();
    for (String resource : resources) {
      try (InputStream in = near.getResourceAsStream(resource)) {
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).lines()
            .map(line -> line.replaceFirst("[|#].*", "").strip()).filter(line -> !line.isEmpty())
            .forEach(line -> words.addAll(List.of(line.replace('ё', 'е').split("\\s+"))));
      } catch (IOException e) {
        throw new UncheckedIOException("The stop words cannot be read: " + resource, e);
      }
    }
    return Set.copyOf(words);
  }
}
