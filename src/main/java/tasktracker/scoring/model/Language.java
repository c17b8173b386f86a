package tasktracker.scoring.model;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The language of a message, detected by its letters and its most frequent words. */
public enum Language {
  EN,
  UK,
  RU,
  OTHER;

  private static final Set<String> ENGLISH = Set.of("the", "a", "an", "is", "are", "was", "i", "you", "we", "it", "to", "of",
      "and", "in", "on", "for", "not", "n't", "this", "that", "do", "does", "have", "has", "with", "be", "can", "my", "what",
      "how", "ok", "yes", "no", "thanks", "hi", "hello", "please", "but", "if", "or", "at", "as", "will", "from", "there");
  private static final Set<String> UKRAINIAN = Set.of("та", "що", "це", "цей", "ця", "вже", "як", "де", "або", "тому", "але",
      "ще", "чому", "хто", "був", "була", "було", "треба", "дуже", "також", "так", "буде", "про", "до", "у", "й", "зараз",
      "привіт", "дякую", "добре", "помилка", "працює", "можна", "немає", "нема", "його", "вона", "вони");
  private static final Set<String> RUSSIAN = Set.of("и", "что", "это", "этот", "эта", "уже", "как", "где", "или", "потому",
      "но", "ещё", "еще", "почему", "кто", "был", "была", "было", "надо", "очень", "тоже", "так", "будет", "про", "до", "с",
      "сейчас", "привет", "спасибо", "хорошо", "ошибка", "работает", "можно", "нет", "его", "она", "они", "только", "он",
      "у", "меня", "если", "чтобы", "вот", "мне", "когда", "не");

  /** The name in the database: {@code en}, {@code uk}, {@code ru}, {@code other}. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Detects the language of a text by its letters and frequent words, in linear time. */
  public static Language of(String text) {
    return Script.of(text) == Script.CYRILLIC ? detectCyrillic(text) : detectLatin(text);
  }

  private static Language detectCyrillic(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (containsAny(lower, "ћђљњџјѓќўә")) {
      return containsAny(lower, "іїєґ") ? UK : OTHER;
    }
    int ukrainian = 3 * count(lower, "іїєґ");
    int russian = 3 * count(lower, "ыэёъ");
    for (String token : lower.split("[^\\p{L}]+")) {
      ukrainian += UKRAINIAN.contains(token) ? 1 : 0;
      russian += RUSSIAN.contains(token) ? 1 : 0;
    }
    return ukrainian > russian ? UK : RU;
  }

  private static Language detectLatin(String text) {
    List<String> tokens = Tokenizer.tokenize(text);
    long words = tokens.stream().filter(t -> Character.isLetter(t.charAt(0))).count();
    long known = tokens.stream().filter(ENGLISH::contains).count();
    boolean ascii = text.chars().filter(Character::isLetter).allMatch(c -> c < 128);
    if (words == 0 || !ascii && known == 0) {
      return OTHER;
    }
    return words < 7 || 6 * known >= words ? EN : OTHER;
  }

  private static boolean containsAny(String text, String letters) {
    return count(text, letters) > 0;
  }

  private static int count(String text, String letters) {
    int count = 0;
    for (int i = 0; i < text.length(); i++) {
      count += letters.indexOf(text.charAt(i)) >= 0 ? 1 : 0;
    }
    return count;
  }
}
