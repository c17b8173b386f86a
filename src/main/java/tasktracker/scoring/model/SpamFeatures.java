package tasktracker.scoring.model;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The features of the spam head: formatting, and the character n-grams of a text in which everything is masked that says
 * nothing about advertising, namely code, the addresses of links, and letters of scripts that the head was not trained on.
 *
 * @param style see {@link StyleFeatures}
 * @param buckets the buckets of the n-grams
 * @param bucketValue the value of each bucket
 */
public record SpamFeatures(float[] style, int[] buckets, float bucketValue) {

  public static final int BUCKETS = 1 << 15;
  /** Texts with fewer n-grams have smaller features, because little evidence must not make a message spam. */
  private static final int MIN_NGRAMS = 60;
  static final Pattern LINK = Pattern.compile("(?:https?://|www\\.|t\\.me/)[^\\s<>\"'`)\\]]*+", Pattern.CASE_INSENSITIVE);
  private static final Pattern SCHEME = Pattern.compile("^(?:https?://)?(?:www\\.)?");
  private static final List<String> MESSENGERS = List.of("t.me", "telegram.me");
  private static final List<String> SHORTENERS = List.of("bit.ly", "clck.ru", "tinyurl");
  private static final String CODE = " ` ";
  private static final String LINK_MASK = " \u2317";
  private static final char EMOJI_MASK = '\u263A';
  private static final char LETTER_MASK = '\u6F22';
  private static final int VARIATION_SELECTOR = 0xFE0F;
  private static final int JOINER = 0x200D;

  public static SpamFeatures of(String text, List<String> tokens) {
    int[] buckets = FeatureHasher.hashCharacterNgrams(mask(text), BUCKETS);
    return new SpamFeatures(StyleFeatures.extract(text, tokens), buckets, (float) (1 / Math.sqrt(Math.max(buckets.length, MIN_NGRAMS))));
  }

  static String mask(String text) {
    String plain = text.indexOf('`') < 0 ? text : Tokenizer.CODE.matcher(text).replaceAll(CODE);
    StringBuilder masked = new StringBuilder();
    LINK.matcher(plain).replaceAll(link -> LINK_MASK + linkKind(link.group()) + " ").codePoints().forEach(c -> appendMasked(masked, c));
    return masked.toString();
  }

  /** Addresses of messengers and shortened ones are frequent in advertising; others are all alike. */
  private static String linkKind(String link) {
    String host = SCHEME.matcher(link.toLowerCase(Locale.ROOT)).replaceFirst("");
    if (MESSENGERS.stream().anyMatch(name -> host.startsWith(name + "/"))) {
      return "tme";
    }
    if (host.startsWith("wa.me")) {
      return "wame";
    }
    return SHORTENERS.stream().anyMatch(host::startsWith) ? "short" : "";
  }

  private static void appendMasked(StringBuilder masked, int c) {
    if (StyleFeatures.isEmoji(c)) {
      masked.append(EMOJI_MASK);
    } else if (Character.isLetter(c)) {
      masked.appendCodePoint(isTrainedScript(c) ? c : LETTER_MASK);
    } else if (c != VARIATION_SELECTOR && c != JOINER && !Character.isEmojiModifier(c)) {
      masked.appendCodePoint(c);
    }
  }

  private static boolean isTrainedScript(int letter) {
    Character.UnicodeScript script = Character.UnicodeScript.of(letter);
    return script == Character.UnicodeScript.LATIN || script == Character.UnicodeScript.CYRILLIC;
  }
}
