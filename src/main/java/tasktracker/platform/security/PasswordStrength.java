package tasktracker.platform.security;

import com.nulabinc.zxcvbn.Zxcvbn;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.Problem;

/**
 * Refuses new passwords that are guessed first, as zxcvbn estimates: common passwords and words in any spelling,
 * keyboard runs, repeats, dates, and what is known of their owner. Safe for use by many threads.
 */
final class PasswordStrength {

  static final int SHORTEST = 10;
  static final int LONGEST = 200;
  /** Of 0 to 4; 3 is more than 100 million guesses. */
  private static final int LEAST_SCORE = 3;
  /** The estimate is cubic: 100 characters full of substitutions take 3.3 GB and 800 ms, 40 of them 60 MB and 20 ms. */
  private static final int ESTIMATED = 40;
  private static final int SHORTEST_NAME = 3;
  /** Of one name; each makes the estimate dearer. */
  private static final int MOST_WORDS = 20;
  private static final List<String> OF_THE_PRODUCT = List.of("task tracker", "tasktracker", "task", "tracker");
  /** zxcvbn knows no Ukrainian. */
  private static final List<String> UKRAINIAN = List.of("пароль", "привіт", "україна", "україні", "слава", "київ", "львів", "кохання",
      "сонечко", "адмін", "адміністратор");
  private static final String CYRILLIC = "йцукенгшщзхїфівапролджєячсмитьбюъыэё'ґ";
  private static final String SAME_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,.]s'``\\";

  /** 11 MB of words, needed now and then: gone when memory is short. */
  private static volatile SoftReference<Zxcvbn> estimator = new SoftReference<>(null);

  private PasswordStrength() {}

  /**
   * Refuses a password that is too short, too long or too easy to guess.
   *
   * @param owner the owner's sign-in name and display name
   * @throws Problem 422 with what to do better
   */
  static void require(String password, String... owner) {
    if (password.length() < SHORTEST || password.length() > LONGEST) {
      throw FormError.unfit("password.length");
    }
    if (holdsNameOf(password, owner)) {
      throw FormError.unfit("password.name");
    }
    String estimated = password.substring(0, Math.min(password.length(), ESTIMATED));
    List<String> known = known(owner);
    if (score(estimated, known) < LEAST_SCORE || score(onLatinKeys(estimated), known) < LEAST_SCORE) {
      throw FormError.unfit("password.weak");
    }
  }

  private static boolean holdsNameOf(String password, String... owner) {
    return owner.length > 0 && owner[0].length() >= SHORTEST_NAME
        && password.toLowerCase(Locale.ROOT).contains(owner[0].toLowerCase(Locale.ROOT));
  }

  private static List<String> known(String... owner) {
    List<String> known = new ArrayList<>(OF_THE_PRODUCT);
    known.addAll(UKRAINIAN);
    for (String name : owner) {
      Arrays.stream(name.split("[\\s._@+-]+")).filter(word -> word.length() >= SHORTEST_NAME).limit(MOST_WORDS).forEach(known::add);
    }
    return known;
  }

  private static int score(String password, List<String> known) {
    return estimator().measure(password, known).getScore();
  }

  /** What the same keys write on a Latin keyboard: {@code йцукен} is {@code qwerty}, and as often chosen. */
  private static String onLatinKeys(String password) {
    return password.toLowerCase(Locale.ROOT).chars().mapToObj(PasswordStrength::onLatinKey).collect(Collectors.joining());
  }

  private static String onLatinKey(int character) {
    int key = CYRILLIC.indexOf(character);
    return key < 0 ? Character.toString(character) : SAME_KEYS.substring(key, key + 1);
  }

  private static Zxcvbn estimator() {
    @Nullable Zxcvbn kept = estimator.get();
    if (kept == null) {
      kept = new Zxcvbn();
      estimator = new SoftReference<>(kept);
    }
    return kept;
  }
}
