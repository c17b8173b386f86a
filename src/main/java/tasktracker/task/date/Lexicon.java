package tasktracker.task.date;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The words of dates in all languages, from {@code dates/*.txt}. Immutable after loading. */
final class Lexicon {

  static final Lexicon INSTANCE = new Lexicon(List.of("en", "uk", "ru"));
  static final int MAX_WORDS = 7;

  private final Map<String, Map<TokenKind, Integer>> senses = new HashMap<>();
  private final Set<String> prefixes = new HashSet<>();

  private Lexicon(List<String> languages) {
    languages.forEach(this::load);
  }

  private void load(String language) {
    try (InputStream in = Objects.requireNonNull(Lexicon.class.getResourceAsStream("/dates/" + language + ".txt"));
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      reader.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(this::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(String line) {
    int equals = line.indexOf('=');
    String[] head = line.substring(0, equals).trim().split(" ");
    boolean weak = head[0].endsWith("-short");
    TokenKind kind = TokenKind
        .valueOf((weak ? head[0].substring(0, head[0].length() - 6) : head[0]).toUpperCase(Locale.ROOT).replace('-', '_'));
    for (String form : line.substring(equals + 1).trim().split(" ")) {
      expand(form).forEach(word -> put(word, kind, Integer.parseInt(head[1]), weak));
    }
  }

  private static List<String> expand(String form) {
    int open = form.indexOf('{');
    if (open < 0) {
      return form.isEmpty() ? List.of() : List.of(form);
    }
    List<String> words = new ArrayList<>();
    for (String ending : form.substring(open + 1, form.length() - 1).split(",", -1)) {
      words.add(form.substring(0, open) + ending);
    }
    return words;
  }

  private void put(String word, TokenKind kind, int value, boolean weak) {
    Map<TokenKind, Integer> entry = senses.computeIfAbsent(word, w -> new EnumMap<>(TokenKind.class));
    entry.putIfAbsent(kind, value);
    if (weak) {
      entry.put(TokenKind.SHORT, 1);
    }
    for (int at = word.indexOf('_'); at >= 0; at = word.indexOf('_', at + 1)) {
      prefixes.add(word.substring(0, at));
    }
  }

  Map<TokenKind, Integer> senses(String word) {
    return senses.getOrDefault(word, Map.of());
  }

  /** Whether a longer phrase begins with these words, which are joined with underscores. */
  boolean isPrefix(String words) {
    return prefixes.contains(words);
  }
}
