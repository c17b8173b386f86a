package tasktracker.knowledge.builtin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tasktracker.scoring.model.SectionedFile;
import tasktracker.scoring.model.Tokenizer;

/**
 * The cue phrases of all languages by section: each type of atom, and what people say about a proposal. They are matched
 * against whole tokens in one pass; a trailing {@code *} matches any ending.
 */
public final class Cues {

  static final String PROPOSAL = "proposal";
  static final String AGREEMENT = "agreement";
  static final String OBJECTION = "objection";
  static final String FIX = "fix";
  static final String TRANSITION = "transition";
  static final String OPENING = "opening";

  private record Cue(String section, List<String> tokens, double weight, String words) {}

  /** The cue phrases of one text: the sum of weights of each section, and its strongest phrase. */
  public static final class Found {

    private final Map<String, Double> sums = new HashMap<>();
    private final Map<String, Cue> strongest = new HashMap<>();

    /** The logarithm of the sum of weights; negative if evidence against outweighs. */
    public double strength(String section) {
      double sum = sums.getOrDefault(section, 0.0);
      return Math.signum(sum) * Math.log1p(Math.abs(sum));
    }

    @Nullable
    String phrase(String section) {
      Cue cue = strongest.get(section);
      return cue == null ? null : cue.words;
    }

    private void add(Cue cue) {
      sums.merge(cue.section, cue.weight, Double::sum);
      strongest.merge(cue.section, cue, (a, b) -> b.weight > a.weight ? b : a);
    }
  }

  private static final class Shared {
    private static final Cues CUES = new Cues();
  }

  private final Map<String, List<Cue>> byFirst = new HashMap<>();
  private final Map<String, List<Cue>> byFirstPrefix = new HashMap<>();
  private int longestPrefix;

  private Cues() {
    for (String language : List.of("en", "uk", "ru")) {
      SectionedFile.read("knowledge/cues_" + language + ".txt").forEach((section, lines) -> lines.forEach(line -> add(section, line)));
    }
  }

  /** The shared instance of this process. */
  static Cues shared() {
    return Shared.CUES;
  }

  private void add(String section, String line) {
    int equals = line.lastIndexOf('=');
    String phrase = (equals < 0 ? line : line.substring(0, equals)).strip();
    double weight = equals < 0 ? 1 : Double.parseDouble(line.substring(equals + 1).strip());
    List<String> tokens = new ArrayList<>();
    for (String part : phrase.split("\\s+")) {
      tokens.addAll(part.startsWith("<") || part.endsWith("*") ? List.of(part) : tokenize(part));
    }
    Cue cue = new Cue(section, tokens, weight, phrase.replace("*", "…"));
    String first = tokens.getFirst();
    if (first.endsWith("*")) {
      longestPrefix = Math.max(longestPrefix, first.length() - 1);
      byFirstPrefix.computeIfAbsent(first.substring(0, first.length() - 1), f -> new ArrayList<>()).add(cue);
    } else {
      byFirst.computeIfAbsent(first, f -> new ArrayList<>()).add(cue);
    }
  }

  /** The tokens of a text as cue phrases are written: those of the scoring model, with {@code +1} and {@code -1} as words. */
  static List<String> tokenize(String text) {
    String stripped = text.strip();
    if (stripped.startsWith("+1") || stripped.startsWith("-1")) {
      List<String> tokens = new ArrayList<>(List.of(stripped.substring(0, 2)));
      tokens.addAll(Tokenizer.tokenize(stripped.substring(2)));
      return tokens;
    }
    return stripped.equals("+") || stripped.equals("%") ? List.of(stripped) : Tokenizer.tokenize(stripped);
  }

  /** Finds all cue phrases in the tokens, each once. */
  Found find(List<String> tokens) {
    Found found = new Found();
    Set<Cue> seen = new HashSet<>();
    for (int i = 0; i < tokens.size(); i++) {
      collect(byFirst.get(tokens.get(i)), tokens, i, seen, found);
      for (int end = 2; end <= Math.min(longestPrefix, tokens.get(i).length()); end++) {
        collect(byFirstPrefix.get(tokens.get(i).substring(0, end)), tokens, i, seen, found);
      }
    }
    return found;
  }

  /** Whether the text begins with a phrase of the section. */
  boolean startsWith(String section, List<String> tokens) {
    return !tokens.isEmpty()
        && byFirst.getOrDefault(tokens.getFirst(), List.of()).stream()
            .anyMatch(cue -> cue.section.equals(section) && matches(cue.tokens, tokens, 0));
  }

  private static void collect(@Nullable List<Cue> candidates, List<String> tokens, int index, Set<Cue> seen, Found found) {
    if (candidates == null) {
      return;
    }
    for (Cue cue : candidates) {
      if (matches(cue.tokens, tokens, index) && seen.add(cue)) {
        found.add(cue);
      }
    }
  }

  private static boolean matches(List<String> pattern, List<String> tokens, int index) {
    if (index + pattern.size() > tokens.size()) {
      return false;
    }
    for (int i = 0; i < pattern.size(); i++) {
      String expected = pattern.get(i);
      String token = tokens.get(index + i);
      boolean isMatch = expected.endsWith("*") ? token.startsWith(expected.substring(0, expected.length() - 1)) : token.equals(expected);
      if (!isMatch) {
        return false;
      }
    }
    return true;
  }
}
