package tasktracker.knowledge.analyst;

/**
 * A link between two atoms of one analysis.
 *
 * @param from the key of the atom that the sentence starts with: <em>from</em> solves <em>to</em>
 * @param strength 0 to 1
 */
public record LinkCandidate(String from, String to, LinkType type, double strength) {}
