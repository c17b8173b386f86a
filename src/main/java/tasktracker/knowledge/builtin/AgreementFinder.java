package tasktracker.knowledge.builtin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tasktracker.knowledge.analyst.Quote;

/** Finds what people say to a proposal: votes, short words of agreement and objections, by reply or soon after it. */
public final class AgreementFinder {

  /** The number of following messages, and of seconds, in which a vote without a reply is looked for. */
  private static final int FOLLOWING = 12;
  private static final double SECONDS = 1800;
  private static final int MIN_REACTIONS = 2;

  /**
   * The votes for and against.
   *
   * @param quotes the messages that agree
   */
  public record Votes(List<Quote> quotes, int agreed, int objected, int reactions) {

    /** Whether the proposal was accepted: somebody said so, or several reacted, and nobody objected. */
    public boolean isAccepted() {
      return objected == 0 && (agreed > 0 || reactions >= MIN_REACTIONS);
    }

    int all() {
      return agreed + reactions;
    }
  }

  private final List<Utterance> utterances;
  private final Map<UUID, List<Utterance>> replies = new HashMap<>();

  public AgreementFinder(List<Utterance> utterances) {
    this.utterances = utterances;
    for (Utterance utterance : utterances) {
      UUID repliedTo = utterance.message().replyTo();
      if (repliedTo != null) {
        replies.computeIfAbsent(repliedTo, id -> new ArrayList<>()).add(utterance);
      }
    }
  }

  public Votes find(Utterance proposal) {
    List<Utterance> answers = new ArrayList<>(replies.getOrDefault(proposal.id(), List.of()));
    answers.addAll(following(proposal));
    List<Quote> quotes = new ArrayList<>();
    int objected = 0;
    for (Utterance answer : answers) {
      if (!answer.isBy(proposal) && answer.agreement() > 0) {
        Sentence sentence = answer.parts().getFirst().sentence();
        quotes.add(new Quote(answer.id(), sentence.start(), sentence.end()));
      }
      objected += !answer.isBy(proposal) && answer.agreement() < 0 ? 1 : 0;
    }
    return new Votes(quotes, quotes.size(), objected, proposal.message().reactions());
  }

  /** The messages after it in the same forum topic that answer nothing else, until the next one with content of its own. */
  private List<Utterance> following(Utterance proposal) {
    List<Utterance> following = new ArrayList<>();
    for (int i = proposal.index() + 1; i < Math.min(utterances.size(), proposal.index() + 1 + FOLLOWING); i++) {
      Utterance next = utterances.get(i);
      boolean isNear = next.lane().equals(proposal.lane()) && next.secondsSince(proposal) <= SECONDS;
      if (isNear && next.message().replyTo() == null) {
        if (next.isCandidate() && next.agreement() == 0 && next.parts().getFirst().cues().strength(Cues.PROPOSAL) > 1) {
          break;
        }
        following.add(next);
      }
    }
    return following;
  }
}
