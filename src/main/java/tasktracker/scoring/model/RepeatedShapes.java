package tasktracker.scoring.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Recognises the messages of bots that no list knows: most of their messages in a chat have one of a few shapes. The shape of
 * a message is its text with numbers, links, names, code and quoted text masked. Immutable.
 */
public final class RepeatedShapes {

  public static final RepeatedShapes NONE = new RepeatedShapes(Map.of());
  /** The number of an author's latest messages from which the shapes are learnt. */
  public static final int LEARNT_FROM = 30;
  /** The number of characters of a text that its shape is made of. */
  public static final int READ_LENGTH = 200;
  private static final int MIN_MESSAGES = 12;
  private static final int MIN_REPEATS = 4;
  private static final double MIN_SHARE = 0.6;
  /** Shorter shapes are also those of people: "ok", "+1", "good morning all". */
  private static final int MIN_WORDS = 4;
  static final Pattern QUOTED = Pattern.compile("\"[^\"\\n]{1,100}+\"|«[^«»\\n]{1,100}+»|[“„][^“”„\\n]{1,100}+[“”]|`[^`\\n]{1,100}+`");
  private static final String MASK = "#";

  private final Map<String, Integer> repeats;

  private RepeatedShapes(Map<String, Integer> repeats) {
    this.repeats = repeats;
  }

  /** Learns from the latest messages of one author in one chat. */
  public static RepeatedShapes of(Collection<String> texts) {
    Map<String, Integer> counts = new HashMap<>();
    texts.forEach(text -> shape(text).ifPresent(shape -> counts.merge(shape, 1, Integer::sum)));
    counts.values().removeIf(count -> count < MIN_REPEATS);
    int repeated = counts.values().stream().mapToInt(count -> count).sum();
    return texts.size() < MIN_MESSAGES || repeated < MIN_SHARE * texts.size() ? NONE : new RepeatedShapes(Map.copyOf(counts));
  }

  /** The number of messages with the shape of this text; 0 when the author is not automated or the shape is not repeated. */
  public int count(String text) {
    return repeats.isEmpty() ? 0 : shape(text).map(shape -> repeats.getOrDefault(shape, 0)).orElse(0);
  }

  static Optional<String> shape(String text) {
    String beginning = text.length() <= READ_LENGTH ? text : text.substring(0, READ_LENGTH);
    List<String> words = new ArrayList<>();
    for (String word : QUOTED.matcher(beginning).replaceAll(MASK).strip().split("\\s+")) {
      String masked = words.isEmpty() ? maskValue(word) : maskName(word);
      if (!masked.equals(MASK) || words.isEmpty() || !words.getLast().equals(MASK)) {
        words.add(masked.toLowerCase(Locale.ROOT));
      }
    }
    return words.stream().filter(word -> Character.isLetter(word.codePointAt(0))).count() < MIN_WORDS
        ? Optional.empty()
        : Optional.of(String.join(" ", words));
  }

  private static String maskValue(String word) {
    boolean isValue = word.chars().anyMatch(c -> Character.isDigit(c) || c == '/' || c == '@' || c == '_' || c == '#')
        || word.contains("www.");
    return isValue || word.isEmpty() ? MASK : word;
  }

  /** Within a sentence, a word that begins with a capital is a name. */
  private static String maskName(String word) {
    return Character.isUpperCase(word.codePointAt(0)) ? MASK : maskValue(word);
  }
}
