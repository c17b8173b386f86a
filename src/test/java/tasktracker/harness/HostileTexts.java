package tasktracker.harness;

import java.util.List;
import java.util.Random;
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
        repeated("web schemes", "http://"), repeated("links", "https://a.example/b?c=d "),
        endless("a link that goes on", "https://a.example/", ".,"),
        repeated("brackets", "(((("), repeated("dots", "."), repeated("host names", "a.a."), repeated("hyphens", "a-"),
        repeated("apostrophes", "a'"), repeated("addresses", "a@b."), endless("an address that ends wrong", "a@", "b.c"),
        repeated("paths", "/a"),
        repeated("backticks", "`"), endless("code without end", "```", "x"), repeated("backslashes", "\\"), repeated("digits", "1,"),
        repeated("laughs", "ха"),
        endless("a laugh that ends wrong", "ах", "ах"), endless("combining marks", "a", "\u0301"),
        repeated("ligatures that expand", "\uFDFA"),
        repeated("joined emoji", "👩‍👩‍👧‍👦"), repeated("two scripts", "aж"), repeated("two scripts in words", "deploy міграція "),
        repeated("stars", "*a "),
        Named.of("different words", HostileTexts::words));
  }

  /** What tokenizers stumble over: negations without a verb, apostrophes of all kinds, marks without a letter, halves of characters. */
  private static final List<String> PIECES = List.of("n't", "n’t", "nʼt", "'t", "’t", "'s", "'", "’", "ʼ", "`", "\u00B4", "\u2018",
      "\u2032", "\uFF07", "ŉ",
      "ʼn", "not", "cannot", "dont", "don", "п", "ять", "ї", "ё", "Й", "й", "İ", "ß", "ſ", "ﬁ", "\uFDFA", "\u0301", "\u0306", "\u0345",
      "\u0903", "\u200B", "\u200C",
      "\u200D", "\uFEFF", "\u202E", "\u00AD", "\uD83D", "\uDE00", "😀", "👩‍👩‍👧", "𝒜", "𐐀", "中", "あ", "ا", "ก", "1", "١", "½", "_", "-",
      ".", ",", "!", "?", "/", "\\", "@", "#",
      "$", "€", "<n>", "```", "http://", "a.b(", " ", "\n", "\t", "\u00A0", "\u3000", "\0", "\uFFFD", "\uFFFF", "a", "b", "x");

  /** Texts of such pieces and of any characters at all, lone surrogates among them; the same each time. */
  public static Stream<String> random(int count) {
    Random random = new Random(13);
    Stream<String> mixed = IntStream.range(0, count).mapToObj(i -> IntStream.range(0, random.nextInt(12))
        .mapToObj(j -> random.nextInt(4) > 0 ? PIECES.get(random.nextInt(PIECES.size())) : String.valueOf((char) random.nextInt(0x10000)))
        .collect(Collectors.joining()));
    Stream<String> everyCharacter = IntStream.range(0, 0x10000).mapToObj(c -> String.valueOf((char) c));
    Stream<String> pairs = PIECES.stream().flatMap(a -> PIECES.stream().map(b -> a + b));
    return Stream.of(PIECES.stream(), pairs, everyCharacter, mixed).flatMap(texts -> texts);
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
