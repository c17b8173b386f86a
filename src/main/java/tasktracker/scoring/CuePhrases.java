package tasktracker.scoring;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Words and phrases that point to an aspect, found as whole tokens in one pass. A pattern's last sign {@code *} stands
 * for any ending, which does for scoring what a stemmer would.
 */
final class CuePhrases {

  /** A cue that was found, in the words of the message. */
  record Hit(Aspect aspect, String words, double weight) {}

  private record Cue(Aspect aspect, List<String> tokens, double weight) {}

  private final Map<String, List<Cue>> byFirst = new HashMap<>();
  private final Map<String, List<Cue>> byFirstPrefix = new HashMap<>();
  private int longestPrefix;

  private CuePhrases() {}

  /** The cues of the languages that are written in this script. */
  static CuePhrases of(Script script) {
    CuePhrases cues = new CuePhrases();
    for (String language : script == Script.LATIN ? List.of("en") : List.of("uk", "ru")) {
      SectionedFile.read("scoring/cues_" + language + ".txt").forEach((section, lines) -> lines.forEach(line ->
          cues.add(Aspect.of(section).orElseThrow(), line)));
    }
    return cues;
  }

  private void add(Aspect aspect, String line) {
    int equals = line.lastIndexOf('=');
    String phrase = (equals < 0 ? line : line.substring(0, equals)).strip();
    double weight = equals < 0 ? 1 : Double.parseDouble(line.substring(equals + 1).strip());
    List<String> tokens = new ArrayList<>();
    for (String part : phrase.split("\\s+")) {
      tokens.addAll(part.startsWith("<") || part.endsWith("*") ? List.of(part) : Tokenizer.of(part));
    }
    String first = tokens.getFirst();
    boolean isPrefix = first.endsWith("*");
    longestPrefix = isPrefix ? Math.max(longestPrefix, first.length() - 1) : longestPrefix;
    (isPrefix ? byFirstPrefix : byFirst).computeIfAbsent(isPrefix ? first.substring(0, first.length() - 1) : first,
        f -> new ArrayList<>()).add(new Cue(aspect, tokens, weight));
  }

  /** All cues in the text, each once. */
  List<Hit> find(List<String> tokens) {
    List<Hit> hits = new ArrayList<>();
    Set<Cue> seen = new HashSet<>();
    for (int i = 0; i < tokens.size(); i++) {
      collect(byFirst.get(tokens.get(i)), tokens, i, seen, hits);
      for (int end = 2; end <= Math.min(longestPrefix, tokens.get(i).length()); end++) {
        collect(byFirstPrefix.get(tokens.get(i).substring(0, end)), tokens, i, seen, hits);
      }
    }
    return hits;
  }

  private static void collect(Collection<Cue> candidates, List<String> tokens, int at, Set<Cue> seen, List<Hit> hits) {
    if (candidates == null) {
      return;
    }
    for (Cue cue : candidates) {
      if (matches(cue.tokens, tokens, at) && seen.add(cue)) {
        hits.add(new Hit(cue.aspect, words(tokens.subList(at, at + cue.tokens.size())), cue.weight));
      }
    }
  }

  private static String words(List<String> tokens) {
    return String.join(" ", tokens).replace("n't", "not").replace("<", "").replace(">", "");
  }

  private static boolean matches(List<String> pattern, List<String> tokens, int at) {
    if (at + pattern.size() > tokens.size()) {
      return false;
    }
    for (int i = 0; i < pattern.size(); i++) {
      String wanted = pattern.get(i);
      String token = tokens.get(at + i);
      boolean same = wanted.endsWith("*") ? token.startsWith(wanted.substring(0, wanted.length() - 1)) : token.equals(wanted);
      if (!same) {
        return false;
      }
    }
    return true;
  }

  /** How strongly the hits point to each aspect: the sum of their weights, flattened so that many say little more. */
  static Map<Aspect, Double> strengths(List<Hit> hits) {
    Map<Aspect, Double> sums = new EnumMap<>(Aspect.class);
    hits.forEach(hit -> sums.merge(hit.aspect, hit.weight, Double::sum));
    sums.replaceAll((aspect, sum) -> Math.signum(sum) * Math.log1p(Math.abs(sum)));
    return sums;
  }
}
