package tasktracker.task.analyst;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names of people as others write them: in another alphabet, and with the endings of cases. "Кевіна" is Kevin, "Taras" is
 * Тарас.
 */
public final class NameForms {

  private static final int MIN_STEM = 3;
  private static final int MAX_ENDING = 4;
  private static final Set<String> ENDINGS = Set.of("", "a", "e", "o", "u", "i", "ou", "iu", "em", "om", "im", "ovi", "evi", "oi", "ei",
      "s",
      "m");
  private static final Map<String, String> LATIN_PAIRS = new LinkedHashMap<>();
  private static final String CYRILLIC = "абвгґдеєёжзиіїйклмнопрстуфхцчшщыэюя";
  private static final String SOUNDS = "abvhhdeeejziiiiklmnoprstufhccssieua";

  static {
    LATIN_PAIRS.put("sh", "s");
    LATIN_PAIRS.put("ch", "c");
    LATIN_PAIRS.put("zh", "j");
    LATIN_PAIRS.put("kh", "h");
    LATIN_PAIRS.put("ts", "c");
    LATIN_PAIRS.put("ck", "k");
    LATIN_PAIRS.put("ph", "f");
    LATIN_PAIRS.put("ya", "a");
    LATIN_PAIRS.put("ia", "a");
    LATIN_PAIRS.put("yu", "u");
    LATIN_PAIRS.put("iu", "u");
    LATIN_PAIRS.put("ye", "e");
    LATIN_PAIRS.put("ie", "e");
  }
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]++(?:[-'’ʼ][\\p{L}\\p{N}]++)*+");

  private NameForms() {}

  /** The sounds of a name without its last vowels; empty if it is too short to be told from other words. */
  public static String stem(String name) {
    String skeleton = skeleton(name);
    int end = skeleton.length();
    while (end > MIN_STEM && "aeiou".indexOf(skeleton.charAt(end - 1)) >= 0) {
      end--;
    }
    return end < MIN_STEM ? "" : skeleton.substring(0, end);
  }

  /** The stems of which a word can be a form, the longest first. */
  public static List<String> candidates(String word) {
    String skeleton = skeleton(word);
    List<String> stems = new ArrayList<>();
    for (int cut = 0; cut <= Math.min(MAX_ENDING, skeleton.length() - MIN_STEM); cut++) {
      int end = skeleton.length() - cut;
      if (ENDINGS.contains(skeleton.substring(end))) {
        stems.add(skeleton.substring(0, end));
      }
    }
    return stems;
  }

  /** Whether a text names the person: by the username, or by a word of the display name. */
  public static boolean areIn(String text, ChatPerson person) {
    String username = person.username();
    if (username != null && text.toLowerCase(Locale.ROOT).contains("@" + username.toLowerCase(Locale.ROOT))) {
      return true;
    }
    List<String> stems = words(person.displayName()).stream().map(NameForms::stem).filter(stem -> !stem.isEmpty()).toList();
    return words(text).stream().anyMatch(word -> words(person.displayName()).contains(word)
        || candidates(word).stream().anyMatch(stems::contains));
  }

  private static List<String> words(String text) {
    return WORD.matcher(text.toLowerCase(Locale.ROOT)).results().map(java.util.regex.MatchResult::group).toList();
  }

  /** The sounds of a name in Latin letters, the same for its spellings in several languages. */
  private static String skeleton(String name) {
    StringBuilder sounds = new StringBuilder();
    String lower = name.toLowerCase(Locale.ROOT);
    for (int i = 0; i < lower.length(); i++) {
      String pair = i + 1 < lower.length() ? LATIN_PAIRS.get(lower.substring(i, i + 2)) : null;
      String sound = pair != null ? pair : sound(lower.charAt(i));
      i += pair != null ? 1 : 0;
      if (!sound.isEmpty() && (sounds.isEmpty() || sounds.charAt(sounds.length() - 1) != sound.charAt(0))) {
        sounds.append(sound);
      }
    }
    return sounds.toString();
  }

  private static String sound(char letter) {
    int at = CYRILLIC.indexOf(letter);
    if (at >= 0) {
      return SOUNDS.substring(at, at + 1);
    }
    return switch (letter) {
      case 'g' -> "h";
      case 'y' -> "i";
      case 'w' -> "v";
      case 'q' -> "k";
      case 'x' -> "ks";
      default -> letter >= 'a' && letter <= 'z' ? String.valueOf(letter) : "";
    };
  }
}
