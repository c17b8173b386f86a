package tasktracker.knowledge.builtin;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tasktracker.scoring.model.Aspect;
import tasktracker.scoring.model.SectionedFile;

/**
 * Rates how strongly a line of minutes has the form of a decision or an action. Talk is reported with the name of the
 * speaker and in the first person; a decision is said by nobody, and an action says who does what.
 */
public final class MinutesForm {

  private static final double VOTES = 0.6;
  private static final double REPORTED = 1.5;
  private static final double HEDGED = 1;
  private static final double IMPERATIVE = 1.5;
  private static final double ACTOR = 1.5;
  private static final double FRAGMENT = 2;
  private static final double QUESTION = 1;
  private static final int MIN_WORDS = 4;
  private static final int MAX_READ = 400;

  private static final Pattern REPORT = Pattern.compile("^\\s*+(?:\\.\\.\\.|…|[\\w@()'’ .\\p{L}-]{2,25}:\\s)");
  private static final Pattern FIRST_WORDS = Pattern.compile("[\\p{L}'-]++");
  private static final Pattern ACTION = Pattern.compile(
      "^@?[\\p{L}\\w.-]+(?:(?:, and |, | and | & | та | і | и )@?[\\p{L}\\w.-]+){0,3} (?:to|will|shall|should|must|має|мають|повинен|должен|должна) \\p{Ll}+");
  private static final Pattern INFINITIVE = Pattern.compile("^\\p{Lu}\\p{Ll}{2,}(?:ти|тися|ть|ться)\\s");
  private static final Map<String, List<String>> WORDS = SectionedFile.read("knowledge/minutes.txt");
  private static final Set<String> IMPERATIVES = words("imperative");
  private static final Set<String> HEDGES = words("hedge");
  private static final Set<String> NO_ACTORS = words("no-actor");

  private MinutesForm() {}

  private static Set<String> words(String section) {
    Set<String> words = new HashSet<>();
    WORDS.getOrDefault(section, List.of()).forEach(line -> words.addAll(List.of(line.split("\\s+"))));
    return words;
  }

  /** @param votes the number of acknowledgements in the following lines */
  public static double score(Utterance utterance, int votes) {
    String text = utterance.text().length() > MAX_READ ? utterance.text().substring(0, MAX_READ) : utterance.text();
    List<String> words = FIRST_WORDS.matcher(text).results().map(word -> Terms.normalize(word.group())).toList();
    double score = utterance.z(Aspect.DECISION) + VOTES * Math.log1p(votes);
    score -= REPORT.matcher(text).find() ? REPORTED : 0;
    score -= words.stream().anyMatch(HEDGES::contains) ? HEDGED : 0;
    score += isImperative(text, words) ? IMPERATIVE : 0;
    score += !words.isEmpty() && !NO_ACTORS.contains(words.getFirst()) && ACTION.matcher(text).find() ? ACTOR : 0;
    score -= text.strip().split("\\s+").length < MIN_WORDS ? FRAGMENT : 0;
    return text.indexOf('?') >= 0 ? score - QUESTION : score;
  }

  private static boolean isImperative(String text, List<String> words) {
    String first = words.stream().limit(3).filter(word -> !word.equals("to") && !word.equals("please") && !word.equals("not")).findFirst()
        .orElse("");
    return IMPERATIVES.contains(first) || INFINITIVE.matcher(text).find();
  }
}
