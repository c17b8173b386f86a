package tasktracker.scoring.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Splits a message into lower-case words. Other text becomes a placeholder token: {@code <url>}, {@code <code>}, {@code
 * <trace>}, {@code <path>}, {@code <mail>}, {@code <money>}, {@code <n>}, {@code ?}, {@code !}. English negations become
 * {@code n't}, whether written {@code doesn't}, {@code doesnt}, {@code cannot} or {@code not}.
 */
public final class Tokenizer {

  // Quantifiers are possessive and no character class overlaps the next one, so matching takes linear time.
  static final Pattern CODE = Pattern.compile("```.*?(```|$)|`[^`]++`", Pattern.DOTALL);
  static final Pattern TRACE = Pattern.compile("^[ \\t]*+at [\\w.$]++\\(|exception in thread|caused by:|traceback \\(most",
      Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
  static final Pattern URL = Pattern.compile("(https?://|www\\.|t\\.me/)\\S", Pattern.CASE_INSENSITIVE);
  static final Pattern MAIL = Pattern.compile("[^\\s@]++@[^\\s@]+\\.\\w++");
  static final Pattern MONEY = Pattern.compile("[$€£₴₽]\\d.*|\\d[\\d.,]*+[kк]?[$€£₴₽].*");
  static final Pattern PATH = Pattern.compile("~?/?[\\w.-]++(/[\\w.*-]++){2,}+/?|[/~][\\w.-]++/[\\w./-]*+|[a-z]:\\\\.*");
  static final Pattern CALL = Pattern.compile("[\\w.$:-]*\\w\\(.*|\\w++(::|->)\\w.*|\\w++\\.[\\w.]++\\(.*");
  private static final Map<String, String> BARE_NEGATIONS = Map.ofEntries(Map.entry("dont", "do"), Map.entry("doesnt", "does"),
      Map.entry("didnt", "did"), Map.entry("cant", "ca"), Map.entry("cannot", "ca"), Map.entry("wont", "wo"),
      Map.entry("isnt", "is"), Map.entry("wasnt", "was"), Map.entry("arent", "are"), Map.entry("couldnt", "could"),
      Map.entry("shouldnt", "should"), Map.entry("wouldnt", "would"), Map.entry("hasnt", "has"), Map.entry("havent", "have"));
  private static final int MAX_LENGTH = 4000;

  private Tokenizer() {}

  /** The tokens in their order. Only the first 4,000 characters of the text are read; it takes linear time. */
  public static List<String> tokenize(String text) {
    String plain = (text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text).replace('’', '\'').replace('ʼ', '\'');
    List<String> tokens = new ArrayList<>();
    if (TRACE.matcher(plain).find()) {
      tokens.add("<trace>");
    }
    if (plain.indexOf('`') >= 0) {
      plain = CODE.matcher(plain).replaceAll(" <code> ");
    }
    for (String chunk : plain.toLowerCase(Locale.ROOT).split("\\s+")) {
      addChunk(tokens, chunk);
    }
    return tokens;
  }

  private static void addChunk(List<String> tokens, String chunk) {
    String placeholder = chunk.length() < 3 ? "" : findPlaceholder(chunk);
    if (placeholder.isEmpty()) {
      addWords(tokens, chunk);
    } else {
      tokens.add(placeholder);
    }
  }

  private static String findPlaceholder(String chunk) {
    if (chunk.equals("<code>") || CALL.matcher(chunk).matches()) {
      return "<code>";
    }
    if (URL.matcher(chunk).find()) {
      return "<url>";
    }
    if (MONEY.matcher(chunk).matches()) {
      return "<money>";
    }
    if (MAIL.matcher(chunk).matches()) {
      return "<mail>";
    }
    return chunk.chars().anyMatch(c -> c == '/' || c == '\\') && PATH.matcher(chunk).matches() ? "<path>" : "";
  }

  private static void addWords(List<String> tokens, String chunk) {
    int start = -1;
    for (int i = 0; i <= chunk.length(); i++) {
      if (i < chunk.length() && isWordPart(chunk, i, start)) {
        start = start < 0 ? i : start;
        continue;
      }
      if (start >= 0) {
        addWord(tokens, chunk.substring(start, i));
        start = -1;
      }
      if (i < chunk.length()) {
        addPunctuation(tokens, chunk.charAt(i));
      }
    }
  }

  private static boolean isWordPart(String chunk, int i, int start) {
    char c = chunk.charAt(i);
    if (Character.isLetterOrDigit(c) || c == '_') {
      return true;
    }
    boolean inside = start >= 0 && i + 1 < chunk.length() && Character.isLetterOrDigit(chunk.charAt(i + 1));
    return inside && (c == '\'' || c == '-' || c == '.');
  }

  private static void addWord(List<String> tokens, String word) {
    if (word.length() > 3 && word.endsWith("n't")) {
      tokens.add(word.substring(0, word.length() - 3));
      tokens.add("n't");
    } else if (BARE_NEGATIONS.containsKey(word)) {
      tokens.add(BARE_NEGATIONS.get(word));
      tokens.add("n't");
    } else if (word.equals("not")) {
      tokens.add("n't");
    } else {
      tokens.add(Character.isDigit(word.charAt(0)) && word.chars().noneMatch(Character::isLetter) ? "<n>" : word);
    }
  }

  private static void addPunctuation(List<String> tokens, char punctuation) {
    if ((punctuation == '?' || punctuation == '!') && (tokens.isEmpty() || tokens.getLast().charAt(0) != punctuation)) {
      tokens.add(String.valueOf(punctuation));
    }
  }
}
