package tasktracker.scoring.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rules that recognise messages without content: empty messages, emoji, greetings, acknowledgements, and the output of
 * bots and meeting tools. Whole words are matched, and every word of the message must match: {@code ok} does not match
 * {@code token}.
 */
public final class LowContentRules {

  /** A rule and the content factor it assigns. */
  public enum Rule {
    EMPTY(0.05),
    EMOJI(0.05),
    ACKNOWLEDGEMENT(0.05),
    GREETING(0.05),
    CHATTER(0.05),
    PLACEHOLDER(0.05),
    /** Found by {@link RepeatedShapes} and not by the text alone. */
    AUTOMATED(0.05);

    private final double content;

    Rule(double content) {
      this.content = content;
    }

    /** The content factor of a matching message. */
    public double content() {
      return content;
    }

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Longer messages are not greetings or acknowledgements, even if every word matches. */
  private static final int MAX_WORDS = 9;
  private static final Pattern PLACEHOLDER = Pattern.compile("\\[[\\p{L} ]{2,30}]");
  /** Possessive, because a backtracking group is matched recursively and a long word overflows the stack. */
  static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]++(?:['’ʼ-][\\p{L}\\p{N}]++)*+");
  static final Pattern ELONGATED = Pattern.compile("l++o++l++|a++h++|o++h++|а++|о++|m++|м++|н++у++|y++e++s++|т++а++к++|д++а++");
  private static final List<String> LAUGH_SYLLABLES = List.of("ha", "he", "hi", "lo", "ah", "хa", "ха", "хе", "хи", "хі", "ах", "аха", "ga",
      "га");
  private static final String LAUGH_ENDINGS = "lhaхе";

  private final Set<String> acknowledgements = new HashSet<>();
  private final Set<String> greetings = new HashSet<>();
  private final Set<String> filler = new HashSet<>();
  private final List<Pattern> chatter = new ArrayList<>();

  LowContentRules() {
    for (String language : List.of("en", "uk", "ru")) {
      var sections = SectionedFile.read("scoring/floor_" + language + ".txt");
      section(sections, "acknowledgement").forEach(line -> acknowledgements.addAll(words(line)));
      section(sections, "greeting").forEach(line -> greetings.addAll(words(line)));
      section(sections, "filler").forEach(line -> filler.addAll(words(line)));
    }
    section(SectionedFile.read("scoring/chatter.txt"), "").forEach(line -> chatter.add(pattern(line)));
  }

  private static List<String> section(Map<String, List<String>> sections, String name) {
    return Objects.requireNonNull(sections.get(name), () -> "The file has no section [" + name + "]");
  }

  private static Pattern pattern(String line) {
    String regex = Arrays.stream(line.split("\\*", -1)).map(part -> part.isEmpty() ? "" : Pattern.quote(part))
        .collect(Collectors.joining(".*"));
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  }

  /** Finds the rule that matches the text. */
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
    return findByWords(stripped);
  }

  private Optional<Rule> findByWords(String text) {
    if (text.contains("://") || text.contains("`")) {
      return Optional.empty();
    }
    List<String> words = findWords(text).limit(MAX_WORDS + 1L).toList();
    if (words.isEmpty()) {
      return Optional.of(Rule.EMOJI);
    }
    if (words.size() > MAX_WORDS || !words.stream().allMatch(this::isLowContent)) {
      return isLaughter(words) ? Optional.of(Rule.ACKNOWLEDGEMENT) : Optional.empty();
    }
    return Optional.of(words.stream().anyMatch(greetings::contains) ? Rule.GREETING : Rule.ACKNOWLEDGEMENT);
  }

  private boolean isLowContent(String word) {
    return acknowledgements.contains(word) || greetings.contains(word) || filler.contains(word);
  }

  private static boolean isLaughter(List<String> words) {
    return words.size() <= 3 && words.stream().allMatch(w -> isLaugh(w) || ELONGATED.matcher(w).matches());
  }

  /**
   * Whether the word is a sequence of laughter syllables that may end within a syllable. The syllables overlap ("ах",
   * "аха", "ха"), so a regular expression would backtrack over exponentially many splits.
   */
  private static boolean isLaugh(String word) {
    boolean[] reached = new boolean[word.length() + 1];
    reached[0] = true;
    for (int i = 0; i < word.length(); i++) {
      int at = i;
      LAUGH_SYLLABLES.stream().filter(laugh -> reached[at] && word.startsWith(laugh, at))
          .forEach(laugh -> reached[at + laugh.length()] = true);
    }
    int end = word.length();
    while (end > 0 && !reached[end] && LAUGH_ENDINGS.indexOf(word.charAt(end - 1)) >= 0) {
      end--;
    }
    return end > 0 && reached[end];
  }

  private static List<String> words(String line) {
    return findWords(line).toList();
  }

  private static Stream<String> findWords(String text) {
    return WORD.matcher(text.toLowerCase(Locale.ROOT).replace('’', '\'').replace('ʼ', '\'')).results().map(MatchResult::group);
  }
}
