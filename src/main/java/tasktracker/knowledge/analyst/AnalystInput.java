package tasktracker.knowledge.analyst;

import java.util.List;

/**
 * What an analyst reads.
 *
 * @param messages messages of one chat, oldest first: those to examine, and others that are only context and evidence
 * @param topics the topics that exist, to be chosen before a new one is proposed
 * @param decided the latest atoms that people approved or rejected, newest first
 * @param maxAtoms the maximum number of atoms of the result
 */
public record AnalystInput(List<AnalystMessage> messages, List<KnownTopic> topics, List<DecidedAtom> decided, int maxAtoms) {}
