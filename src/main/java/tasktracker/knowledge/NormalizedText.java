package tasktracker.knowledge;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Text reduced to what makes it the same for people: lower case, letters and digits, single spaces. */
public final class NormalizedText {

  private static final Pattern SEPARATORS = Pattern.compile("[^\\p{L}\\p{N}]+");

  private NormalizedText() {}

  /** The normalised text; empty when the text has neither letters nor digits. */
  public static String of(String text) {
    String compatible = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    return SEPARATORS.matcher(compatible.replaceAll("['’ʼ`]", "")).replaceAll(" ").strip();
  }

  /** As {@link #of}, or the text itself where nothing would be left, such as that of a name of emoji. */
  public static String keyOf(String name) {
    String key = of(name);
    return key.isEmpty() ? name.strip() : key;
  }
}
