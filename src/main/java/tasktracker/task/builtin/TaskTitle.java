package tasktracker.task.builtin;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.builtin.TitleWriter;
import tasktracker.task.analyst.DueDate;

/** Writes the title of a task: the verb first, then the rest of the sentence without the due date and courtesies at its end. */
final class TaskTitle {

  private static final Pattern TAIL = Pattern.compile(
      "(?iu)(?:[\\s,.;:!?…()–—-]|(?<!\\p{L})(?:please|pls|plz|thanks|thank you|thx|ok|okay|будь ласка|дякую|пожалуйста|спасибо|and|і|та|и))++$");
  private static final Pattern OBJECT = Pattern.compile("(?iu)^(?:for|на) ");
  private static final Pattern PREPOSITION = Pattern
      .compile("(?iu)(?<!\\p{L})(?:to|at|on|for|in|from|till|until|the|of|на|до|о|об|к|в|у|с|з|від|от)$");
  private static final int MAX_READ = 600;

  private TaskTitle() {}

  /**
   * The title of the work that begins with a word of a message.
   *
   * @param verbText what stands for the first word, or an empty string
   * @param end where the sentence ends
   */
  static String write(String text, Word first, String verbText, int end, @Nullable DueDate due, Set<String> participants) {
    int last = Math.min(end, first.start() + MAX_READ);
    String rest = text.substring(verbText.isEmpty() ? first.start() : first.end(), last);
    String whole = verbText.isEmpty() ? rest : verbText + rest;
    return TitleWriter.write(withoutDue(whole, last, text, due), participants);
  }

  /** A date at the end is given as the due date; one within the sentence stays. */
  private static String withoutDue(String title, int end, String text, @Nullable DueDate due) {
    String rest = trim(title);
    if (due == null || due.quote().end() > end) {
      return rest;
    }
    String phrase = text.substring(due.quote().start(), due.quote().end());
    if (!rest.endsWith(phrase) || rest.length() == phrase.length()) {
      return rest;
    }
    String shorter = trim(rest.substring(0, rest.length() - phrase.length()));
    // "Move it to Monday": there the date is what the work is about.
    return OBJECT.matcher(phrase).find() || PREPOSITION.matcher(shorter).find() ? rest : shorter;
  }

  private static String trim(String text) {
    String bounded = text.strip();
    Matcher tail = TAIL.matcher(bounded);
    // Only the end is looked at, so that the search takes linear time.
    tail.region(Math.max(0, bounded.length() - 40), bounded.length());
    return tail.find() ? bounded.substring(0, tail.start()) : bounded;
  }

  /** The title of work that is named by what somebody else said: "Fix: the export is broken". */
  static String about(String verb, String sentence, Set<String> participants) {
    String rest = TitleWriter.write(sentence, participants);
    List<String> words = List.of(rest.split("\\s+"));
    int room = TitleWriter.MAX_WORDS - verb.split("\\s+").length;
    String shortened = countWords(rest) <= room ? rest : cut(words, room);
    return Character.toUpperCase(verb.charAt(0)) + verb.substring(1) + ": " + shortened;
  }

  private static String cut(List<String> words, int room) {
    StringBuilder title = new StringBuilder();
    for (String word : words) {
      if (countWords(title + " " + word) > room) {
        return TAIL.matcher(title).replaceFirst("") + "…";
      }
      title.append(title.isEmpty() ? "" : " ").append(word);
    }
    return title.toString();
  }

  private static final Pattern COUNTED = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}'’ʼ-]*+");

  static int countWords(CharSequence text) {
    return (int) COUNTED.matcher(text).results().count();
  }
}
