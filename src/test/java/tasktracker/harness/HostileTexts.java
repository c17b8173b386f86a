package tasktracker.harness;

import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;

/**
 * Adversarial texts of any length in UTF-16 units that reveal algorithms slower than linear. For {@code @MethodSource
 * ("tasktracker.harness.HostileTexts#all")}.
 */
public final class HostileTexts {

  private HostileTexts() {}

  /** All of them, by name. */
  public static Stream<Named<IntFunction<String>>> all() {
    return Stream.of(repeated("one letter", "a"), repeated("spaces", " "), repeated("lines", "\n"), repeated("at signs", "@"),
        repeated("web schemes", "http://"), repeated("links", "https://a.example/b?c=d "), endless("a link that goes on", "https://a.example/", ".,"),
        repeated("brackets", "(((("), repeated("dots", "."), repeated("host names", "a.a."), repeated("hyphens", "a-"),
        repeated("apostrophes", "a'"), repeated("addresses", "a@b."), endless("an address that ends wrong", "a@", "b.c"), repeated("paths", "/a"),
        repeated("backticks", "`"), endless("code without end", "```", "x"), repeated("backslashes", "\\"), repeated("digits", "1,"), repeated("laughs", "ха"),
        endless("a laugh that ends wrong", "ах", "ах"), endless("combining marks", "a", "\u0301"), repeated("ligatures that expand", "\uFDFA"),
        repeated("joined emoji", "👩‍👩‍👧‍👦"), repeated("two scripts", "aж"), repeated("two scripts in words", "deploy міграція "), repeated("stars", "*a "),
        Named.of("different words", HostileTexts::words));
  }

  private static Named<IntFunction<String>> repeated(String name, String part) {
    return Named.of(name, length -> part.repeat(length / part.length()));
  }

  /** A matching beginning, a long repetition, and an ending that makes patterns backtrack. */
  private static Named<IntFunction<String>> endless(String name, String beginning, String part) {
    return Named.of(name, length -> beginning + part.repeat((length - beginning.length()) / part.length()) + "!");
  }

  private static String words(int length) {
    return IntStream.range(0, length / 8).mapToObj(i -> "w" + Integer.toString(36 * 36 * 36 * 36 + i, 36)).collect(Collectors.joining(" "));
  }
}
