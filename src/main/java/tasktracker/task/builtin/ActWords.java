package tasktracker.task.builtin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tasktracker.scoring.model.SectionedFile;

/** The phrases by which people ask for, promise and agree on work, in all languages. */
final class ActWords {

  static final String ASK = "ask";
  static final String PLEASE = "please";
  static final String PROMISE = "promise";
  static final String NEED = "need";
  static final String OPEN = "open";
  static final String OFFER = "offer";
  static final String PROPOSAL = "proposal";
  static final String SELF_ACCEPT = "self_accept";
  static final String ACCEPT = "accept";
  static final List<String> LANGUAGES = List.of("en", "uk", "ru");

  /**
   * A phrase in a text.
   *
   * @param from the index of its first word
   * @param to the index after its last word
   */
  record Match(String section, int from, int to, double weight) {}

  private record Phrase(String section, List<String> words, double weight) {}

  private static final class Shared {
    private static final ActWords WORDS = new ActWords();
  }

  private final Map<String, List<Phrase>> byFirst = new HashMap<>();
  private final Map<String, Set<String>> single = new HashMap<>();

  private ActWords() {
    for (String language : LANGUAGES) {
      SectionedFile.read("tasks/acts_" + language + ".txt").forEach((section, lines) -> lines.forEach(line -> add(section, line)));
    }
    SectionedFile.read("tasks/lists.txt").forEach((section, lines) -> lines.forEach(line -> add(section, line)));
  }

  /** The shared instance of this process. */
  static ActWords shared() {
    return Shared.WORDS;
  }

  private void add(String section, String line) {
    if (section.equals("verb") || section.equals("stative") || section.equals("filler")) {
      single.computeIfAbsent(section, s -> new HashSet<>()).addAll(List.of(line.split("\\s+")));
      return;
    }
    int equals = line.lastIndexOf('=');
    String phrase = equals < 0 ? line : line.substring(0, equals);
    double weight = equals < 0 ? 1 : Double.parseDouble(line.substring(equals + 1).strip());
    List<String> words = Word.read(phrase).stream().map(Word::text).toList();
    byFirst.computeIfAbsent(words.getFirst(), first -> new ArrayList<>()).add(new Phrase(section, words, weight));
  }

  /** Whether the word is one of a section of single words: {@code verb}, {@code stative}, {@code filler}. */
  boolean isIn(String section, String word) {
    return single.getOrDefault(section, Set.of()).contains(word);
  }

  /** All phrases in their order; of those of one section that begin at the same word, the longest. */
  List<Match> find(List<Word> words) {
    List<Match> found = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      found.addAll(findAt(words, i));
    }
    return found;
  }

  private List<Match> findAt(List<Word> words, int index) {
    Map<String, Match> longest = new HashMap<>();
    for (Phrase phrase : byFirst.getOrDefault(words.get(index).text(), List.of())) {
      if (isAt(phrase.words, words, index)) {
        Match match = new Match(phrase.section, index, index + phrase.words.size(), phrase.weight);
        longest.merge(phrase.section, match, (a, b) -> b.to > a.to ? b : a);
      }
    }
    return List.copyOf(longest.values());
  }

  private static boolean isAt(List<String> phrase, List<Word> words, int index) {
    if (index + phrase.size() > words.size()) {
      return false;
    }
    for (int i = 0; i < phrase.size(); i++) {
      if (!words.get(index + i).is(phrase.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether a phrase of the section is among the words. */
  boolean has(String section, List<Word> words) {
    return find(words).stream().anyMatch(match -> match.section.equals(section));
  }
}
