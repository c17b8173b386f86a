package tasktracker.knowledge.builtin;

import java.util.Set;

/** Sentences that begin with a word that refers to something said before. */
final class Anaphora {

  private static final Set<String> REFERRING = Set.of("it", "it's", "its", "this", "that", "that's", "these", "those", "he", "she", "they",
      "they're", "them", "він", "вона", "воно", "вони", "це", "ця", "цей", "ці", "його", "її", "їх", "тому", "там", "он", "она", "оно",
      "они",
      "это", "эта", "этот", "эти", "его", "её", "ее", "поэтому");

  private Anaphora() {}

  static boolean startsWith(Utterance.Part part) {
    return part.tokens().stream().filter(token -> Character.isLetterOrDigit(token.charAt(0))).findFirst().filter(REFERRING::contains)
        .isPresent();
  }
}
