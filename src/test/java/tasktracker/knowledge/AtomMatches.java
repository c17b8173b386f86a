package tasktracker.knowledge;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import tasktracker.knowledge.analyst.AtomCandidate;
import tasktracker.knowledge.analyst.AtomType;

/**
 * Compares found atoms with a reference list. An atom matches when it has the same type and shares a message of its
 * evidence.
 */
record AtomMatches(List<AtomCandidate> found, List<LabelledChat.LabelledAtom> labelled) {

  long foundOfLabelled() {
    return labelled.stream().filter(atom -> found.stream().anyMatch(candidate -> matches(candidate, atom, true))).count();
  }

  long rightOfFound() {
    return found.stream().filter(this::isRight).count();
  }

  boolean isRight(AtomCandidate candidate) {
    return labelled.stream().anyMatch(atom -> matches(candidate, atom, true));
  }

  /** Atoms of the list that were found with this or another type. */
  long foundOfAnyType() {
    return labelled.stream().filter(atom -> found.stream().anyMatch(candidate -> matches(candidate, atom, false))).count();
  }

  private static boolean matches(AtomCandidate candidate, LabelledChat.LabelledAtom atom, boolean sameType) {
    List<UUID> quoted = candidate.quotes().stream().map(quote -> quote.messageId()).toList();
    return (!sameType || candidate.type() == atom.type()) && atom.evidence().stream().anyMatch(quoted::contains);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "found %d of %d (%.2f; of any type %.2f), right %d of %d (%.2f)", foundOfLabelled(), labelled.size(),
        (double) foundOfLabelled() / labelled.size(), (double) foundOfAnyType() / labelled.size(), rightOfFound(), found.size(),
        (double) rightOfFound() / Math.max(1, found.size()));
  }

  /** The same for each type. */
  Map<AtomType, String> byType() {
    Map<AtomType, String> rows = new TreeMap<>();
    for (AtomType type : AtomType.values()) {
      rows.put(type, new AtomMatches(found.stream().filter(atom -> atom.type() == type).toList(),
          labelled.stream().filter(atom -> atom.type() == type).toList()).toString());
    }
    return rows;
  }
}
