package tasktracker.message;

import org.jspecify.annotations.Nullable;

/**
 * The number beside the class of a message, 0 to 100. Noise has 0 to 29, a weak signal 30 to 70, a signal 71 to 100, and spam
 * none. It grows with the importance within its class.
 */
public final class Strength {

  /** The strength of {@code message m} in SQL; null for none. */
  public static final String SQL = "message_strength(m.noise_classification, m.importance_score)";
  /** The key by which lists are ordered, where spam comes below all others. The index {@code message_strength} contains it. */
  public static final String ORDER_SQL = "coalesce(" + SQL + ", -1)";
  /** The key of a message without a strength. */
  public static final int NONE = -1;
  public static final int MAX = 100;

  private static final int MAX_NOISE = 29;
  private static final int MIN_WEAK = 30;
  private static final int MAX_WEAK = 70;
  private static final int MIN_SIGNAL = 71;
  /** A signal by its content alone has an importance of 42 hundredths. */
  private static final int LEAST_IMPORTANCE = 42;

  private Strength() {}

  /** As {@link #SQL}: the strength of a message with this class and importance, or null for spam. */
  public static @Nullable Integer of(String classification, double importance) {
    int cents = (int) Math.round(importance * 100);
    return switch (classification) {
      case "noise" -> Math.min(MAX_NOISE, cents / 2);
      case "weak_signal" -> Math.clamp(cents, MIN_WEAK, MAX_WEAK);
      case "signal" -> MIN_SIGNAL + Math.clamp(cents - LEAST_IMPORTANCE, 0, MAX - LEAST_IMPORTANCE) / 2;
      default -> null;
    };
  }
}
