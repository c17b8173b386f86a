package tasktracker.platform.web.template;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Formats patterns with parameters and plural forms: {@code {0} {0#message|messages}} in English, {@code {0}
 * {0#повідомлення|повідомлення|повідомлень}} in Ukrainian. The plural rules are those of CLDR for whole numbers: one and
 * other; one, few and many.
 */
public final class Plurals {

  private static final Pattern CHOICE = Pattern.compile("\\{(\\d+)#([^{}]*)\\}");

  private Plurals() {}

  /** Formats a pattern. */
  public static String format(String pattern, Locale locale, Object... parameters) {
    if (parameters.length == 0) {
      return pattern.replace("''", "'");
    }
    String chosen = CHOICE.matcher(pattern).replaceAll(choice -> Matcher.quoteReplacement(form(choice.group(2), locale,
        number(parameters, Integer.parseInt(choice.group(1))))));
    return new MessageFormat(chosen, locale).format(parameters);
  }

  private static long number(Object[] parameters, int index) {
    return index < parameters.length && parameters[index] instanceof Number n ? Math.abs(n.longValue()) : 0;
  }

  private static String form(String forms, Locale locale, long n) {
    String[] words = forms.split("\\|");
    int index = locale.getLanguage().equals("uk") ? ukrainian(n) : n == 1 ? 0 : 1;
    return words[Math.min(index, words.length - 1)];
  }

  private static int ukrainian(long n) {
    long tens = n % 100;
    long ones = n % 10;
    if (ones == 1 && tens != 11) {
      return 0;
    }
    return ones >= 2 && ones <= 4 && (tens < 12 || tens > 14) ? 1 : 2;
  }
}
