package tasktracker.scoring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Messages that carry nothing whatever they are part of: empty ones, emoji, bare greetings and acknowledgements, the
 * lines of bots and of meeting machinery. Words are matched whole and all of the message must be made of them, so that
 * {@code ok} is never found in {@code token}.
 */
final class LowContentRules {

  /** Which rule held a message down. */
  enum Rule {
    EMPTY(0.05),
    EMOJI(0.05),
    ACKNOWLEDGEMENT(0.05),
    GREETING(0.05),
    CHATTER(0.05),
    PLACEHOLDER(0.05);

    private final double content;

    Rule(double content) {
      this.content = content;
    }

    /** What the content factor is then. */
    double content() {
      return content;
    }

    String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** More words than this are no bare greeting, even when each of them could be part of one. */
  private static final int MAX_WORDS = 9;
  private static final Pattern PLACEHOLDER = Pattern.compile("\\[[\\p{L} ]{2,30}]");
  /** Possessive: a group that may give back is repeated by recursion, which overflows the stack on a long word. */
  static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]++(?:['’ʼ-][\\p{L}\\p{N}]++)*+");
  static final Pattern DRAWN_OUT = Pattern.compile("l++o++l++|a++h++|o++h++|а++|о++|m++|м++|н++у++|y++e++s++|т++а++к++|д++а++");
  private static final List<String> LAUGHS = List.of("ha", "he", "hi", "lo", "ah", "хa", "ха", "хе", "хи", "хі", "ах", "аха", "ga", "га");
  private static final String AFTER_LAUGHS = "lhaхе";

  private final Set<String> acknowledgements = new HashSet<>();
  private final Set<String> greetings = new HashSet<>();
  private final Set<String> filler = new HashSet<>();
  private final List<Pattern> chatter = new ArrayList<>();

  LowContentRules() {
    for (String language : List.of("en", "uk", "ru")) {
      var sections = SectionedFile.read("scoring/floor_" + language + ".txt");
      sections.get("acknowledgement").forEach(line -> acknowledgements.addAll(words(line)));
      sections.get("greeting").forEach(line -> greetings.addAll(words(line)));
      sections.get("filler").forEach(line -> filler.addAll(words(line)));
    }
    SectionedFile.read("scoring/chatter.txt").get("").forEach(line -> chatter.add(pattern(line)));
  }

  private static Pattern pattern(String line) {
    String regex = Arrays.stream(line.split("\\*", -1)).map(part -> part.isEmpty() ? "" : Pattern.quote(part))
        .collect(Collectors.joining(".*"));
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  }

  /** The rule that holds the text down, if any does. */
  Optional<Rule> find(String text) {
    String stripped = text.strip();
    if (stripped.isEmpty()) {
      return Optional.of(Rule.EMPTY);
    }
    if (stripped.length() < 120 && chatter.stream().anyMatch(p -> p.matcher(stripped).matches())) {
      return Optional.of(Rule.CHATTER);
    }
    if (PLACEHOLDER.matcher(stripped).matches()) {
      return Optional.of(Rule.PLACEHOLDER);
    }
    return byWords(stripped);
  }

  private Optional<Rule> byWords(String text) {
    if (text.contains("://") || text.contains("`")) {
      return Optional.empty();
    }
    List<String> words = found(text).limit(MAX_WORDS + 1L).toList();
    if (words.isEmpty()) {
      return Optional.of(Rule.EMOJI);
    }
    if (words.size() > MAX_WORDS || !words.stream().allMatch(this::saysNothing)) {
      return laughter(words) ? Optional.of(Rule.ACKNOWLEDGEMENT) : Optional.empty();
    }
    return Optional.of(words.stream().anyMatch(greetings::contains) ? Rule.GREETING : Rule.ACKNOWLEDGEMENT);
  }

  private boolean saysNothing(String word) {
    return acknowledgements.contains(word) || greetings.contains(word) || filler.contains(word);
  }

  private static boolean laughter(List<String> words) {
    return words.size() <= 3 && words.stream().allMatch(w -> isLaugh(w) || DRAWN_OUT.matcher(w).matches());
  }

  /**
   * Whether the word is laughs one after the other, with a few letters of them left at its end. Laughs overlap ("ах",
   * "аха", "ха"): a regular expression would try all ways to part them, which are exponentially many.
   */
  private static boolean isLaugh(String word) {
    boolean[] reached = new boolean[word.length() + 1];
    reached[0] = true;
    for (int i = 0; i < word.length(); i++) {
      int at = i;
      LAUGHS.stream().filter(laugh -> reached[at] && word.startsWith(laugh, at)).forEach(laugh -> reached[at + laugh.length()] = true);
    }
    int end = word.length();
    while (end > 0 && !reached[end] && AFTER_LAUGHS.indexOf(word.charAt(end - 1)) >= 0) {
      end--;
    }
    return end > 0 && reached[end];
  }

  private static List<String> words(String line) {
    return found(line).toList();
  }

  private static Stream<String> found(String text) {
    return WORD.matcher(text.toLowerCase(Locale.ROOT).replace('’', '\'').replace('ʼ', '\'')).results().map(MatchResult::group);
  }
}
