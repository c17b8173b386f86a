package tasktracker.platform.security.account;

import com.nulabinc.zxcvbn.Zxcvbn;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.problem.FormError;
import tasktracker.platform.web.problem.Problem;

/**
 * Refuses weak new passwords, as estimated by zxcvbn: common passwords and words in any spelling, keyboard sequences,
 * repetitions, dates, and the names of their owner. Thread-safe.
 */
final class PasswordStrength {

  static final int MIN_LENGTH = 10;
  static final int MAX_LENGTH = 200;
  /** On a scale of 0 to 4; 3 means more than 100 million guesses. */
  private static final int MIN_SCORE = 3;
  /**
   * Only this many characters are estimated, because the cost is cubic: 100 characters with substitutions take 3.3 GB and
   * 800 ms, 40 of them 60 MB and 20 ms.
   */
  private static final int ESTIMATED_LENGTH = 40;
  private static final int MIN_NAME_LENGTH = 3;
  /** The most words of a name; each makes the estimate more expensive. */
  private static final int MAX_WORDS = 20;
  private static final List<String> PRODUCT_WORDS = List.of("task tracker", "tasktracker", "task", "tracker");
  /** zxcvbn has no Ukrainian dictionary. */
  private static final List<String> UKRAINIAN = List.of("пароль", "привіт", "україна", "україні", "слава", "київ", "львів", "кохання",
      "сонечко", "адмін", "адміністратор");
  private static final String CYRILLIC = "йцукенгшщзхїфівапролджєячсмитьбюъыэё'ґ";
  private static final String SAME_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,.]s'``\\";

  /** Dictionaries of 11 MB that are rarely needed, so they may be garbage-collected. */
  private static volatile SoftReference<Zxcvbn> estimator = new SoftReference<>(null);

  private PasswordStrength() {}

  /**
   * Refuses a password that is too short, too long or too easy to guess.
   *
   * @param owner the owner's sign-in name and display name
   * @throws Problem 422 with a hint
   */
  static void require(String password, String... owner) {
    if (password.length() < MIN_LENGTH || password.length() > MAX_LENGTH) {
      throw FormError.invalid("password.length");
    }
    if (containsNameOf(password, owner)) {
      throw FormError.invalid("password.name");
    }
    String beginning = password.substring(0, Math.min(password.length(), ESTIMATED_LENGTH));
    List<String> known = known(owner);
    if (score(beginning, known) < MIN_SCORE || score(toLatinKeys(beginning), known) < MIN_SCORE) {
      throw FormError.invalid("password.weak");
    }
  }

  private static boolean containsNameOf(String password, String... owner) {
    return owner.length > 0 && owner[0].length() >= MIN_NAME_LENGTH
        && password.toLowerCase(Locale.ROOT).contains(owner[0].toLowerCase(Locale.ROOT));
  }

  private static List<String> known(String... owner) {
    List<String> known = new ArrayList<>(PRODUCT_WORDS);
    known.addAll(UKRAINIAN);
    for (String name : owner) {
      Arrays.stream(name.split("[\\s._@+-]+")).filter(word -> word.length() >= MIN_NAME_LENGTH).limit(MAX_WORDS).forEach(known::add);
    }
    return known;
  }

  private static int score(String password, List<String> known) {
    return estimator().measure(password, known).getScore();
  }

  /** The characters of the same keys on a Latin keyboard: {@code йцукен} is {@code qwerty}, and as common. */
  private static String toLatinKeys(String password) {
    return password.toLowerCase(Locale.ROOT).chars().mapToObj(PasswordStrength::toLatinKey).collect(Collectors.joining());
  }

  private static String toLatinKey(int character) {
    int key = CYRILLIC.indexOf(character);
    return key < 0 ? Character.toString(character) : SAME_KEYS.substring(key, key + 1);
  }

  private static Zxcvbn estimator() {
    @Nullable
    Zxcvbn kept = estimator.get();
    if (kept == null) {
      kept = new Zxcvbn();
      estimator = new SoftReference<>(kept);
    }
    return kept;
  }
}
