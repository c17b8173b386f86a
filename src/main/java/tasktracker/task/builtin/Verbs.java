package tasktracker.task.builtin;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tasktracker.scoring.model.SectionedFile;

/** Verbs of work and their forms: English ones by their base form, Ukrainian and Russian ones by tables. */
final class Verbs {

  enum Form {
    BASE, INFINITIVE, FIRST, IMPERATIVE, SECOND, THIRD
  }

  /** @param infinitive how a title begins */
  record Verb(String infinitive, Form form) {}

  private static final List<Form> COLUMNS = List.of(Form.INFINITIVE, Form.FIRST, Form.IMPERATIVE, Form.IMPERATIVE, Form.SECOND, Form.THIRD);
  private static final Set<String> ENGLISH = new HashSet<>();
  private static final Map<String, Verb> UKRAINIAN = read("tasks/verbs_uk.txt");
  private static final Map<String, Verb> RUSSIAN = read("tasks/verbs_ru.txt");
  private static final Set<String> NO_INFINITIVES = Set.of("часть", "область", "память", "запись", "модель", "сеть", "связь", "печать",
      "скорость", "точность", "безопасность", "возможность", "новость", "очередь", "смерть", "кровать", "есть", "лишь", "опять", "очень",
      "путь", "день", "пять", "шесть", "десять", "двадцать", "тридцать", "дверь", "площадь", "помощь", "ночь", "речь", "шість", "п'ять",
      "будь", "статті", "мати", "хоть", "ведь", "здесь", "суть", "гость", "кость", "радость", "стоимость", "отчётность", "отчетность",
      "ведомость", "должность", "личность", "ясность", "готовность", "новости", "части", "сети", "пути", "сути", "почти", "діти", "дети",
      "гості", "кухні", "мить", "путі", "чверть", "смерті", "якість", "швидкість", "кількість", "здатність", "безпеку");

  static {
    SectionedFile.read("knowledge/minutes.txt").getOrDefault("imperative", List.of())
        .forEach(line -> ENGLISH.addAll(List.of(line.split("\\s+"))));
  }

  private Verbs() {}

  private static Map<String, Verb> read(String resource) {
    Map<String, Verb> verbs = new HashMap<>();
    for (String line : SectionedFile.read(resource).getOrDefault("", List.of())) {
      String[] columns = line.split("\\s+");
      for (int i = 0; i < columns.length; i++) {
        for (String form : columns[i].split("/")) {
          verbs.putIfAbsent(form, new Verb(columns[0], COLUMNS.get(i)));
        }
      }
    }
    return verbs;
  }

  /** The verb of a word, or null; of a form of both Ukrainian and Russian that of the language. */
  static @Nullable Verb of(Word word, boolean isRussian) {
    if (word.isLatin()) {
      return isEnglish(word.text()) ? new Verb(word.text(), Form.BASE) : null;
    }
    Verb first = (isRussian ? RUSSIAN : UKRAINIAN).get(word.text());
    return first != null ? first : (isRussian ? UKRAINIAN : RUSSIAN).get(word.text());
  }

  static boolean isEnglish(String word) {
    return ENGLISH.contains(word) || ActWords.shared().isIn("verb", word);
  }

  /** The base form of an English verb in the third person, such as "sends"; null for other words. */
  static @Nullable String baseOfThird(String word) {
    if (word.length() < 4 || !word.endsWith("s")) {
      return null;
    }
    String bare = word.substring(0, word.length() - 1);
    if (isEnglish(bare)) {
      return bare;
    }
    if (word.endsWith("es") && isEnglish(word.substring(0, word.length() - 2))) {
      return word.substring(0, word.length() - 2);
    }
    return word.endsWith("ies") && isEnglish(word.substring(0, word.length() - 3) + "y")
        ? word.substring(0, word.length() - 3) + "y"
        : null;
  }

  /** Whether a Cyrillic word has the form of an infinitive; nouns with the same endings are left out. */
  static boolean isInfinitive(Word word) {
    String text = word.text();
    if (word.isLatin() || text.length() < 4 || NO_INFINITIVES.contains(text)) {
      return false;
    }
    boolean isUkrainian = text.endsWith("ти") || text.endsWith("тися") || text.endsWith("тись");
    return isUkrainian || text.endsWith("ть") && !text.endsWith("сть") && !text.endsWith("ить") || text.endsWith("ться")
        || text.endsWith("чь") || isKnownInfinitive(text);
  }

  private static boolean isKnownInfinitive(String text) {
    Verb uk = UKRAINIAN.get(text);
    Verb ru = RUSSIAN.get(text);
    return uk != null && uk.form == Form.INFINITIVE || ru != null && ru.form == Form.INFINITIVE
        || text.endsWith("ить") && (uk == null || uk.form != Form.THIRD) && text.length() > 5;
  }
}
