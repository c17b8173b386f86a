package tasktracker.scoring.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Words and phrases that indicate an aspect. They are matched against whole tokens in one pass. A trailing {@code *}
 * matches any ending, which makes a stemmer unnecessary.
 */
public final class CuePhrases {

  /** A cue phrase found in a message, as written there. */
  record Match(Aspect aspect, String words, double weight) {}

  private record Cue(Aspect aspect, List<String> tokens, double weight) {}

  private final Map<String, List<Cue>> byFirst = new HashMap<>();
  private final Map<String, List<Cue>> byFirstPrefix = new HashMap<>();
  private int longestPrefix;

  private CuePhrases() {}

  /** Loads the cue phrases of the languages written in this script. */
  public static CuePhrases load(Script script) {
    CuePhrases cues = new CuePhrases();
    for (String language : script == Script.LATIN ? List.of("en") : List.of("uk", "ru")) {
      SectionedFile.read("scoring/cues_" + language + ".txt")
          .forEach((section, lines) -> lines.forEach(line -> cues.add(Aspect.of(section).orElseThrow(), line)));
    }
    return cues;
  }

  private void add(Aspect aspect, String line) {
    int equals = line.lastIndexOf('=');
    String phrase = (equals < 0 ? line : line.substring(0, equals)).strip();
    double weight = equals < 0 ? 1 : Double.parseDouble(line.substring(equals + 1).strip());
    List<String> tokens = new ArrayList<>();
    for (String part : phrase.split("\\s+")) {
      tokens.addAll(part.startsWith("<") || part.endsWith("*") ? List.of(part) : Tokenizer.tokenize(part));
    }
    String firstToken = tokens.getFirst();
    boolean isPrefix = firstToken.endsWith("*");
    longestPrefix = isPrefix ? Math.max(longestPrefix, firstToken.length() - 1) : longestPrefix;
    (isPrefix ? byFirstPrefix : byFirst).computeIfAbsent(isPrefix ? firstToken.substring(0, firstToken.length() - 1) : firstToken,
        f -> new ArrayList<>()).add(new Cue(aspect, tokens, weight));
  }

  /** Finds all cue phrases in the tokens, each once. */
  public List<Match> find(List<String> tokens) {
    List<Match> matches = new ArrayList<>();
    Set<Cue> seen = new HashSet<>();
    for (int i = 0; i < tokens.size(); i++) {
      collect(byFirst.get(tokens.get(i)), tokens, i, seen, matches);
      for (int end = 2; end <= Math.min(longestPrefix, tokens.get(i).length()); end++) {
        collect(byFirstPrefix.get(tokens.get(i).substring(0, end)), tokens, i, seen, matches);
      }
    }
    return matches;
  }

  private static void collect(@Nullable Collection<Cue> candidates, List<String> tokens, int index, Set<Cue> seen, List<Match> matches) {
    if (candidates == null) {
      return;
    }
    for (Cue cue : candidates) {
      if (matches(cue.tokens, tokens, index) && seen.add(cue)) {
        matches.add(new Match(cue.aspect, toWords(tokens.subList(index, index + cue.tokens.size())), cue.weight));
      }
    }
  }

  private static String toWords(List<String> tokens) {
    return String.join(" ", tokens).replace("n't", "not").replace("<", "").replace(">", "");
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

  /** The strength of the cue phrases by aspect: the logarithm of the sum of their weights. */
  public static Map<Aspect, Double> strengths(List<Match> matches) {
    Map<Aspect, Double> sums = new EnumMap<>(Aspect.class);
    matches.forEach(match -> sums.merge(match.aspect, match.weight, Double::sum));
    sums.replaceAll((aspect, sum) -> Math.signum(sum) * Math.log1p(Math.abs(sum)));
    return sums;
  }
}
