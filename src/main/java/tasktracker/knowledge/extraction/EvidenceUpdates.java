package tasktracker.knowledge.extraction;

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
import tasktracker.knowledge.atom.Atoms;
import tasktracker.knowledge.atom.EvidenceQuote;
import tasktracker.knowledge.atom.EvidenceStore;
import tasktracker.message.MessageRevised;
import tasktracker.message.MessagesDeleted;
import tasktracker.message.MessagesStored;

/** Checks the quotes of atoms when their messages are edited, deleted or restored. An atom whose words changed returns to review. */
@ApplicationScoped
public class EvidenceUpdates {

  private final EvidenceStore store;
  private final Atoms atoms;

  @Inject
  public EvidenceUpdates(EvidenceStore store, Atoms atoms) {
    this.store = store;
    this.atoms = atoms;
  }

  void on(@Observes MessageRevised event) {
    update(List.of(event.messageId()), quote -> check(quote, event.content(), event.revision()));
  }

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

  private void update(Collection<UUID> messages, UnaryOperator<EvidenceQuote> change) {
    Map<UUID, List<EvidenceQuote>> byAtom = store.findByMessages(messages).stream().collect(
        // In one order, so that two edits of messages that the same atoms quote do not wait for each other.
        Collectors.groupingBy(EvidenceQuote::atomId, TreeMap::new, Collectors.toList()));
    byAtom.forEach((atom, quotes) -> atoms.updateEvidence(atom, quotes.stream().map(change).toList()));
  }

  /** A quote that the message still contains keeps its validity at its new place. */
  static EvidenceQuote check(EvidenceQuote quote, String content, int revision) {
    int at = content.startsWith(quote.quote(), quote.startAt()) ? quote.startAt() : content.indexOf(quote.quote());
    return at < 0
        ? withState(quote, "changed")
        : new EvidenceQuote(quote.atomId(), quote.position(), quote.messageId(), revision, at, at + quote.quote().length(), quote.quote(),
            "valid",
            quote.author(), quote.sentAt());
  }

  private static EvidenceQuote withState(EvidenceQuote quote, String state) {
    return new EvidenceQuote(quote.atomId(), quote.position(), quote.messageId(), quote.revision(), quote.startAt(), quote.endAt(),
        quote.quote(),
        state, quote.author(), quote.sentAt());
  }
}
