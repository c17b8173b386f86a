package tasktracker.knowledge.builtin;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Forms of verbs that say what was done, or what a group will do, in three languages. */
final class VerbForms {

  private static final Pattern ENGLISH_PAST = Pattern.compile("[a-z]{2,}ed");
  private static final Set<String> ENGLISH_IRREGULAR = Set.of("sent", "made", "put", "took", "gave", "split", "wrote", "built", "got",
      "set",
      "cut", "ran", "did", "rewrote", "reset", "went", "brought", "bought", "rebuilt", "shut", "swept", "rerun");
  private static final Set<String> ENGLISH_SUBJECTS = Set.of("i", "we", "they", "i've", "we've");
  /** A message that begins with the past tense says what its author did. */
  private static final Pattern CYRILLIC_PAST = Pattern
      .compile("\\p{IsCyrillic}{3,}(?:ав|яв|ив|ів|їв|ила|ала|яла|или|али|яли|ил|ал|ял|ел|ёл|ела|ели|ули|ула|ув|ул)");
  private static final Pattern UKRAINIAN_WE = Pattern.compile("\\p{IsCyrillic}{3,}(?:ємо|имо|емо)");
  private static final Pattern RUSSIAN_WE = Pattern.compile("\\p{IsCyrillic}{2,}(?:аем|яем|уем|ём|дим|жим|зим|сим|тим|чим)");
  private static final Set<String> NO_PLAN = Set.of("можемо", "маємо", "бачимо", "знаємо", "думаємо", "хочемо", "чекаємо", "розуміємо",
      "можем",
      "имеем", "видим", "знаем", "думаем", "хотим", "ждём", "понимаем", "своём", "моём", "приём", "объём", "подъём", "спостерігаємо");
  private static final int MAX_LEAD = 3;

  private VerbForms() {}

  /** Whether the sentence begins with what somebody did: "Removed the old key", "I split the queue", "Прошив сканери". */
  static boolean beginsWithDeed(List<String> tokens) {
    List<String> words = tokens.stream().filter(token -> Character.isLetter(token.charAt(0))).limit(MAX_LEAD).toList();
    if (words.isEmpty()) {
      return false;
    }
    String first = words.getFirst();
    if (CYRILLIC_PAST.matcher(first).matches()) {
      return true;
    }
    String verb = ENGLISH_SUBJECTS.contains(first) && words.size() > 1 ? words.get(1) : first;
    return ENGLISH_PAST.matcher(verb).matches() || ENGLISH_IRREGULAR.contains(verb);
  }

  /** Whether a verb is in the first person plural, in which Ukrainian and Russian say what is decided. */
  static boolean hasPlan(List<String> tokens) {
    return tokens.stream().anyMatch(token -> !NO_PLAN.contains(token)
        && (UKRAINIAN_WE.matcher(token).matches() || RUSSIAN_WE.matcher(token).matches()));
  }
}
