package tasktracker.ops.check;

/**
 * Something safe that an administrator may do.
 *
 * @param verb one of {@link Fixes}
 * @param target to what: an id, a kind, a number of a session; empty when it is the whole
 */
public record Fix(String verb, String target) {}
