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

/** Words of English, Ukrainian and Russian that are in so many messages that they find none. */
final class StopWords {

  private static final String LUCENE = "/org/apache/lucene/analysis/";
  private static final Set<String> STOP = read(SnowballStemmer.class,
      List.of(LUCENE + "snowball/english_stop.txt", LUCENE + "snowball/russian_stop.txt", LUCENE + "uk/stopwords.txt"));
  private static final Set<String> ASKING = read(StopWords.class, List.of("/search/asking-words.txt"));
  private static final Set<String> TELLING = read(StopWords.class, List.of("/search/telling-words.txt"));

  private StopWords() {}

  /** @param written a word in lower case */
  static boolean isStop(String written) {
    return STOP.contains(written) || written.length() == 1 && Character.isLetter(written.charAt(0));
  }

  /** True for words that open a question, or tell what to do with what is found. */
  static boolean opensQuestion(String written) {
    return ASKING.contains(written);
  }

  /** True for words that in a question say little about what is looked for. */
  static boolean isAsking(String written) {
    return ASKING.contains(written) || TELLING.contains(written);
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
