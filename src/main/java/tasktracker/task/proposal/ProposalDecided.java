package tasktracker.task.proposal;

import java.util.UUID;

/** A proposal of a run was decided, or waits again. Fired inside the transaction. */
public record ProposalDecided(UUID proposalId, UUID runId) {}
