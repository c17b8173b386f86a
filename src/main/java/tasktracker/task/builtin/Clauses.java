package tasktracker.task.builtin;

import java.util.List;
import java.util.Set;
import tasktracker.knowledge.builtin.Terms;

/**
 * The words of one sentence and where its clauses begin.
 *
 * @param isQuestion whether it ends with a question mark
 * @param isRussian whether words of both Ukrainian and Russian are read as Russian
 * @param inList whether it is an item of a list
 */
record Clauses(List<Word> words, boolean isQuestion, boolean isRussian, boolean inList, PeopleNames names) {

  /** Words that may stand before the verb of a request. */
  private static final Set<String> LEADS = Set.of("ok", "okay", "so", "and", "then", "but", "also", "now", "yes", "yeah", "sure", "well",
      "great", "good", "thanks", "hi", "hey", "hello", "right", "approved", "agreed", "first", "next", "finally", "alright", "dear", "fine",
      "і", "й", "та", "а", "але", "тоді", "отже", "так", "ок", "добре", "гаразд", "привіт", "дякую", "ще", "спершу", "далі", "потім",
      "будь", "ласка", "и", "но", "тогда", "хорошо", "да", "ладно", "привет", "спасибо", "сначала", "потом", "далее", "пожалуйста",
      "шановні", "уважаемые", "всім", "всем", "усім", "all", "everyone", "team", "guys", "folks", "колеги", "коллеги", "друзі",
      "друзья", "ребята");
  private static final Set<String> QUESTION_WORDS = Set.of("how", "what", "why", "when", "where", "who", "which", "whose", "is", "are",
      "does", "do", "did", "was", "were", "has", "have", "як", "що", "чому", "коли", "де", "скільки", "хто", "який", "яка", "яке", "які",
      "куди", "звідки", "навіщо", "как", "что", "почему", "когда", "где", "сколько", "кто", "какой", "какая", "какое", "какие", "куда",
      "откуда", "зачем");
  private static final Set<String> AUXILIARIES = Set.of("is", "are", "was", "were", "has", "had", "does", "did", "will", "would", "can",
      "could", "should", "looks", "look", "fails", "failed", "works", "worked", "went", "took", "came", "seems", "ran", "passed", "got",
      "needs", "isn", "of", "still", "done", "finished", "n't");
  private static final Set<String> SUBORDINATE = Set.of("whether", "if", "that", "what", "how", "why", "which", "who", "where", "when");
  private static final Set<String> OBJECT_STARTS = Set.of("the", "a", "an", "it", "this", "that", "these", "those", "your", "yours", "our",
      "my", "me", "us", "them", "him", "her", "all", "every", "each", "some", "one", "both");
  private static final Set<String> INSTRUCTIONS = Set.of("steps", "step", "instruction", "instructions", "how-to", "recipe", "кроки",
      "крок",
      "інструкція", "пам'ятка", "шаги", "шаг", "инструкция", "памятка");
  private static final int AHEAD = 4;
  private static final int MAX_LEAD = 6;
  private static final int GAP = 5;

  Word get(int index) {
    return words.get(index);
  }

  int size() {
    return words.size();
  }

  boolean has(int index) {
    return index >= 0 && index < words.size();
  }

  /** Whether it asks for information, with or without a question mark. */
  boolean asksSomething() {
    return isQuestion || !words.isEmpty() && QUESTION_WORDS.contains(words.getFirst().text());
  }

  /** Whether it tells how something is done, and not that it is to be done. */
  boolean isInstruction() {
    return words.stream().anyMatch(word -> INSTRUCTIONS.contains(word.text()));
  }

  boolean hasQuestionWord() {
    return words.stream().limit(GAP).anyMatch(word -> QUESTION_WORDS.contains(word.text()));
  }

  /** Whether a clause begins at the word: only words that lead to it are between it and a mark. */
  boolean isClauseStart(int index) {
    int at = index - 1;
    while (at >= 0 && !get(at).isBreak() && isLead(at) && index - at <= MAX_LEAD) {
      at--;
    }
    return at < 0 || get(at).isBreak();
  }

  /** Whether nothing but words that lead to it is before the word. */
  boolean isSentenceStart(int index) {
    return index <= MAX_LEAD && words.subList(0, index).stream().allMatch(word -> word.isBreak() || word.is("-"))
        || index <= MAX_LEAD && allLead(index);
  }

  private boolean allLead(int index) {
    for (int i = 0; i < index; i++) {
      if (!get(i).isBreak() && !get(i).is("-") && !isLead(i)) {
        return false;
      }
    }
    return true;
  }

  private boolean isLead(int index) {
    Word word = get(index);
    return LEADS.contains(word.text()) || word.isMention() || ActWords.shared().isIn("filler", word.text()) || names.isName(word)
        || word.text().length() <= 2 && Character.isDigit(word.text().charAt(0));
  }

  /** Whether the English verb at the beginning is an order, and not a noun, as in "Report is late". */
  boolean isImperative(int index) {
    int rest = 0;
    boolean isSubordinate = false;
    for (int i = index + 1; i < size() && !get(i).isBreak(); i++) {
      String next = get(i).text();
      isSubordinate |= SUBORDINATE.contains(next);
      boolean isNear = i <= index + AHEAD && !isSubordinate;
      if (isNear && AUXILIARIES.contains(next) || i == index + 1 && next.endsWith("ed") && !next.equals("need")) {
        return false;
      }
      rest++;
    }
    return rest >= 1;
  }

  /** Whether an object follows the verb at once, so that it can hardly be a noun. */
  boolean hasObject(int index) {
    return has(index + 1) && OBJECT_STARTS.contains(get(index + 1).text());
  }

  /** Whether one of the two words before is a negation. */
  boolean isNegatedBefore(int index) {
    return has(index - 1) && get(index - 1).isNegation() || has(index - 2) && get(index - 2).isNegation() && !get(index - 1).isBreak();
  }

  /** The verb of the work after a phrase that ends before the index, or -1. */
  int verbAfter(int index) {
    boolean isNegated = false;
    for (int i = index; i < Math.min(size(), index + GAP); i++) {
      Word word = get(i);
      isNegated |= word.isNegation();
      if (isNegated || word.isBreak() && !word.is(",")) {
        return -1;
      }
      if (!word.isWord() || isSkipped(word)) {
        continue;
      }
      if (word.isLatin()) {
        boolean isForbidden = has(i + 1) && get(i + 1).isNegation();
        return !isForbidden && isWork(word) || word.is("see") && has(i + 1) && SUBORDINATE.contains(get(i + 1).text()) ? i : -1;
      }
      if (Verbs.isInfinitive(word)) {
        return i;
      }
    }
    return -1;
  }

  private boolean isSkipped(Word word) {
    return ActWords.shared().isIn("filler", word.text()) || word.isLatin() && word.text().endsWith("ly") && !word.is("reply")
        && !word.is("apply") || names.isName(word);
  }

  /** Whether the English word can say what is to be done. */
  private static boolean isWork(Word word) {
    boolean isVerb = Verbs.isEnglish(word.text());
    boolean isWord = word.text().length() > 1 && Character.isLetter(word.text().charAt(0)) && !Terms.isStopWord(word.text());
    return (isVerb || isWord) && (!ActWords.shared().isIn("stative", word.text()) || word.is("have") || word.is("find") || word.is("get"));
  }

  /** The first verb in the imperative that begins a clause, or -1. */
  int imperative() {
    for (int i = 0; i < size(); i++) {
      Verbs.Verb verb = Verbs.of(get(i), isRussian);
      boolean isOrder = verb != null && (verb.form() == Verbs.Form.IMPERATIVE || verb.form() == Verbs.Form.INFINITIVE
          || verb.form() == Verbs.Form.BASE && isImperative(i));
      if (isOrder && isClauseStart(i) && !isNegatedBefore(i)) {
        return i;
      }
    }
    return -1;
  }

  String text(int from, int to) {
    return String.join(" ", words.subList(from, Math.min(to, size())).stream().map(Word::text).toList()).replace(" n't", "n't");
  }
}
