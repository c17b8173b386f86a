package tasktracker.project;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Recognises the project of a text by words. Immutable; linear in the length of the text. Each distinct keyword leaves
 * .25 of the doubt, each component .5, and the name of the project .2: confidence is one minus their product.
 */
public final class ProjectMatcher {

  /** From this confidence on, a text belongs to the project. */
  public static final double THRESHOLD = .75;
  private static final double KEYWORD_DOUBT = .25;
  private static final double COMPONENT_DOUBT = .5;
  private static final double NAME_DOUBT = .2;
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}'’ʼ_.-]*[\\p{L}\\p{N}]|[\\p{L}\\p{N}]");
  private static final int MAX_TEXT = 20_000;
  /** Cyrillic words are looked up by so many letters. */
  private static final int PREFIX = 4;
  /** A Cyrillic word in another case has this part of the keyword at its beginning, and at most three letters more or less. */
  private static final double SAME_BEGINNING = .6;
  private static final int ENDING = 3;

  /** The project of a text and the words that it was recognised by. */
  public record Match(UUID projectId, double confidence, List<String> matched) {}

  /** A phrase to look for. */
  private record Phrase(UUID project, String shown, List<Word> words, double doubt) {

    boolean isAt(List<String> tokens, int at) {
      for (int i = 0; i < words.size(); i++) {
        if (at + i >= tokens.size() || !words.get(i).matches(tokens.get(at + i))) {
          return false;
        }
      }
      return true;
    }
  }

  /** A word of a phrase, in lower case. */
  private record Word(String text) {

    boolean matches(String token) {
      if (!isInflected(text)) {
        return token.equals(text);
      }
      int same = Math.max(PREFIX, (int) Math.ceil(text.length() * SAME_BEGINNING));
      return token.regionMatches(0, text, 0, same) && Math.abs(token.length() - text.length()) <= ENDING;
    }
  }

  private final Map<String, List<Phrase>> byFirstWord = new HashMap<>();

  ProjectMatcher(Collection<Project> projects) {
    for (Project project : projects) {
      if (project.fields().isActive()) {
        add(project.id(), project.fields().name(), NAME_DOUBT);
        project.fields().keywords().forEach(word -> add(project.id(), word, KEYWORD_DOUBT));
        for (Component part : project.fields().components()) {
          add(project.id(), part.name(), COMPONENT_DOUBT);
          part.keywords().forEach(word -> add(project.id(), word, COMPONENT_DOUBT));
        }
      }
    }
  }

  private void add(UUID project, String shown, double doubt) {
    List<Word> words = tokens(shown).stream().map(Word::new).toList();
    if (!words.isEmpty()) {
      byFirstWord.computeIfAbsent(key(words.getFirst().text()), first -> new ArrayList<>()).add(new Phrase(project, shown, words, doubt));
    }
  }

  private static List<String> tokens(String text) {
    return WORD.matcher(text).results().map(MatchResult::group)
        .map(word -> Normalizer.normalize(word, Normalizer.Form.NFC).toLowerCase(Locale.ROOT).replaceAll("['’ʼ]", "")).toList();
  }

  private static boolean isInflected(String word) {
    return word.length() > PREFIX && Character.UnicodeScript.of(word.codePointAt(0)) == Character.UnicodeScript.CYRILLIC;
  }

  private static String key(String word) {
    return isInflected(word) ? word.substring(0, PREFIX) : word;
  }

  /** Whether there is nothing to look for. */
  public boolean isEmpty() {
    return byFirstWord.isEmpty();
  }

  /** The project of a text; empty below {@link #THRESHOLD}, and when two projects are equally likely. */
  public Optional<Match> match(String text) {
    if (byFirstWord.isEmpty()) {
      return Optional.empty();
    }
    Map<UUID, Set<Phrase>> found = find(tokens(text.substring(0, Math.min(MAX_TEXT, text.length()))));
    List<Match> matches = found.entrySet().stream().map(hit -> match(hit.getKey(), hit.getValue()))
        .sorted((a, b) -> Double.compare(b.confidence(), a.confidence())).toList();
    boolean isClear = !matches.isEmpty() && matches.getFirst().confidence() >= THRESHOLD
        && (matches.size() == 1 || matches.get(1).confidence() < matches.getFirst().confidence());
    return isClear ? Optional.of(matches.getFirst()) : Optional.empty();
  }

  private Map<UUID, Set<Phrase>> find(List<String> tokens) {
    Map<UUID, Set<Phrase>> found = new HashMap<>();
    for (int i = 0; i < tokens.size(); i++) {
      for (Phrase phrase : byFirstWord.getOrDefault(key(tokens.get(i)), List.of())) {
        if (phrase.isAt(tokens, i)) {
          found.computeIfAbsent(phrase.project(), id -> new LinkedHashSet<>()).add(phrase);
        }
      }
    }
    return found;
  }

  private static Match match(UUID project, Set<Phrase> phrases) {
    double doubt = 1;
    for (Phrase phrase : phrases) {
      doubt *= phrase.doubt();
    }
    return new Match(project, 1 - doubt, phrases.stream().map(Phrase::shown).distinct().limit(20).toList());
  }
}
