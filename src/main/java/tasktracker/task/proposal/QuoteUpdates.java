package tasktracker.task.proposal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import tasktracker.message.MessageRevised;
import tasktracker.message.MessagesDeleted;
import tasktracker.message.MessagesStored;

/** Checks the quotes of proposals when their messages are edited, deleted or restored; the quoted text never changes. */
@ApplicationScoped
public class QuoteUpdates {

  private final ProposalStore store;
  private final Proposals proposals;

  @Inject
  public QuoteUpdates(ProposalStore store, Proposals proposals) {
    this.store = store;
    this.proposals = proposals;
  }

  void on(@Observes MessageRevised event) {
    update(List.of(event.messageId()), quote -> check(quote, event.content(), event.revision()));
  }

  /** Also of messages that are deleted with their import. */
  void on(@Observes MessagesDeleted event) {
    update(event.messages(), quote -> withState(quote, "deleted"));
  }

  /** Restored messages have their former ids; those that are new have no quotes. */
  void on(@Observes MessagesStored event) {
    if (event.importId() == null) {
      Map<UUID, String> texts = new HashMap<>();
      event.messages().forEach(message -> texts.put(message.id(), message.content()));
      update(texts.keySet(), quote -> check(quote, texts.getOrDefault(quote.messageId(), ""), quote.revision()));
    }
  }

  private void update(Collection<UUID> messages, UnaryOperator<ProposalQuote> change) {
    Map<UUID, List<ProposalQuote>> byProposal = store.findQuotes(messages).stream().collect(
        // In one order, so that two edits of messages that the same proposals quote do not wait for each other.
        Collectors.groupingBy(ProposalQuote::proposalId, TreeMap::new, Collectors.toList()));
    byProposal.forEach((proposal, quotes) -> proposals.updateQuotes(proposal, quotes.stream().map(change).toList()));
  }

  /** A quote that the message still contains keeps its validity at its new place. */
  static ProposalQuote check(ProposalQuote quote, String content, int revision) {
    int at = content.startsWith(quote.quote(), quote.startAt()) ? quote.startAt() : content.indexOf(quote.quote());
    return at < 0
        ? withState(quote, "changed")
        : new ProposalQuote(quote.proposalId(), quote.position(), quote.messageId(), revision, at, at + quote.quote().length(),
            quote.quote(), "valid", quote.author(), quote.sentAt());
  }

  private static ProposalQuote withState(ProposalQuote quote, String state) {
    return new ProposalQuote(quote.proposalId(), quote.position(), quote.messageId(), quote.revision(), quote.startAt(), quote.endAt(),
        quote.quote(), state, quote.author(), quote.sentAt());
  }
}
