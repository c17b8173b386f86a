package tasktracker.knowledge.atom;

import org.jspecify.annotations.Nullable;

/** The part of an atom that a decision changes. */
public record AtomDecisionState(String status, @Nullable String reviewNote, @Nullable String decidedBy, @Nullable String decidedAt) {}
