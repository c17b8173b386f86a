package tasktracker.task.proposal;

import java.time.Instant;
import java.util.UUID;

/**
 * A quote that a proposal, and the task that it became, rests on.
 *
 * @param position its place among the quotes of the proposal, from 0; the most important is first
 * @param revision the revision of the message that was quoted
 * @param startAt the position of the first UTF-16 unit in that revision
 * @param endAt the position after the last one
 * @param state {@code valid}, {@code changed} or {@code deleted}
 */
public record ProposalQuote(UUID proposalId, int position, UUID messageId, int revision, int startAt, int endAt, String quote, String state,
    String author, Instant sentAt) {

  /** Whether the message still says this. */
  public boolean isValid() {
    return state.equals("valid");
  }
}
