package tasktracker.message;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tasktracker.message.deletion.DeletionStore;
import tasktracker.person.People;
import tasktracker.person.Speaker;

/**
 * Stores messages idempotently: a message with the same source, chat and id is the same message, whether it arrives by
 * webhook, import or API.
 */
@ApplicationScoped
public class Messages {

  /**
   * The result of storing a batch.
   *
   * @param stored number of new messages
   * @param revised number of stored messages whose text was replaced
   * @param skipped number of duplicates
   */
  public record BatchReceipt(int stored, int revised, int skipped) {}

  private final MessageStore store;
  private final DeletionStore deletions;
  private final Sources sources;
  private final People people;
  private final Event<Object> events;

  @Inject
  public Messages(MessageStore store, DeletionStore deletions, Sources sources, People people, Event<Object> events) {
    this.store = store;
    this.deletions = deletions;
    this.sources = sources;
    this.people = people;
    this.events = events;
  }

  /**
   * Stores a message, or an edit of one. Idempotent. Joins the caller's transaction; {@link MessageReceived} or {@link
   * MessageRevised} is fired inside it.
   */
  @Transactional
  public ReceiveResult receive(UUID source, IncomingMessage incoming) {
    MessageRow row = row(source, incoming, null, new HashMap<>(), new HashMap<>());
    if (store.insert(List.of(row)).isEmpty()) {
      return receiveExisting(row);
    }
    events.fire(received(row, incoming));
    return new ReceiveResult(row.id(), ReceiveResult.Outcome.STORED);
  }

  /**
   * Stores a batch of an import in the caller's transaction. One {@link MessagesStored} event reports the new messages.
   *
   * @param incoming at most a few hundred messages; the same message may occur more than once
   */
  @Transactional
  public BatchReceipt receiveAll(UUID source, UUID importId, List<IncomingMessage> incoming) {
    Map<IncomingMessage.ChatRef, UUID> chats = new HashMap<>();
    // A file may be years old, so known people keep their current names.
    Map<String, UUID> authors = people.findIds(source, incoming.stream().map(m -> m.author().externalId()).distinct().toList());
    Map<String, Speaker> speakers = speakersById(incoming);
    speakers.keySet().removeAll(authors.keySet());
    speakers.forEach((id, speaker) -> authors.put(id, people.identify(source, speaker)));
    List<MessageRow> rows = incoming.stream().map(m -> row(source, m, importId, chats, authors)).toList();
    Set<UUID> stored = new HashSet<>(store.insert(rows));
    int revised = stored.size() == rows.size() ? 0 : reviseEdited(rows);
    if (!stored.isEmpty()) {
      events.fire(new MessagesStored(importId, rows.stream().filter(r -> stored.contains(r.id()))
          .map(r -> new MessagesStored.Stored(r.id(), r.content())).toList()));
    }
    return new BatchReceipt(stored.size(), revised, rows.size() - stored.size() - revised);
  }

  /** The speakers by id, with their real name if any message contains it. */
  private static Map<String, Speaker> speakersById(List<IncomingMessage> incoming) {
    Map<String, Speaker> speakers = new LinkedHashMap<>();
    incoming.forEach(m -> speakers.merge(m.author().externalId(), m.author(), (first, next) -> first.isStandIn() ? next : first));
    return speakers;
  }

  private int reviseEdited(List<MessageRow> rows) {
    Set<UUID> edited = new HashSet<>(store.findPossiblyEdited(rows));
    return (int) rows.stream().filter(row -> edited.contains(row.id())).map(this::receiveExisting)
        .filter(receipt -> receipt.outcome() == ReceiveResult.Outcome.REVISED).count();
  }

  private ReceiveResult receiveExisting(MessageRow row) {
    MessageStore.Existing existing = store.lock(row).orElse(null);
    if (existing == null) {
      return new ReceiveResult(deletions.findDeleted(row).orElseThrow(), ReceiveResult.Outcome.DELETED);
    }
    store.updateReactions(existing.id(), row);
    if (!existing.isNewerEdit() && !existing.isUnreadable()) {
      return new ReceiveResult(existing.id(), ReceiveResult.Outcome.DUPLICATE);
    }
    int revision = existing.isNewerEdit() ? store.revise(existing.id(), row.text()) : store.replace(existing.id(), row.text());
    events.fire(new MessageRevised(existing.id(), revision, row.content()));
    return new ReceiveResult(existing.id(), ReceiveResult.Outcome.REVISED);
  }

  /**
   * Finds the messages, parsed again from stored updates, that contain more than is stored: text instead of a label, or
   * a later edit. Creates no chat and no person, and changes no name.
   */
  public List<IncomingMessage> findOutdated(UUID source, List<IncomingMessage> messages) {
    List<MessageStore.Candidate> rows = IntStream.range(0, messages.size()).mapToObj(i -> candidate(i, messages.get(i))).toList();
    return rows.isEmpty() ? List.of() : store.findOutdated(source, rows).stream().map(o -> messages.get(o.number())).distinct().toList();
  }

  /**
   * Replaces the label with which a message was stored, because it could not be parsed when it arrived, by its text.
   * That is not an edit by its author. Joins the caller's transaction; {@link MessageRevised} is fired inside it.
   *
   * @return whether anything changed; a message that was edited or deleted since is not changed
   */
  @Transactional
  public boolean replaceLabel(UUID source, IncomingMessage messages) {
    MessageStore.Outdated kept = store.lockOutdated(source, candidate(0, messages)).orElse(null);
    if (kept == null) {
      return false;
    }
    MessageText text = MessageText.of(messages);
    int revision = kept.isEdit() ? store.revise(kept.id(), text) : store.replace(kept.id(), text);
    events.fire(new MessageRevised(kept.id(), revision, text.content()));
    return true;
  }

  /**
   * Deletes up to {@code limit} messages of an import. Joins the caller's transaction.
   *
   * @return the number of deleted messages
   */
  @Transactional
  public int deleteImported(UUID importId, int limit) {
    List<UUID> deleted = store.deleteImported(importId, limit);
    if (!deleted.isEmpty()) {
      events.fire(new MessagesDeleted(deleted));
    }
    return deleted.size();
  }

  private static MessageStore.Candidate candidate(int number, IncomingMessage m) {
    return new MessageStore.Candidate(number, m.chat().externalId(), m.externalId(), m.text(), m.sentAt(), m.editedAt());
  }

  private MessageRow row(UUID source, IncomingMessage in, @Nullable UUID importId,
      Map<IncomingMessage.ChatRef, UUID> chats, Map<String, UUID> authors) {
    UUID chat = chats.computeIfAbsent(in.chat(), c -> sources.getOrCreateChat(source, c));
    UUID author = authors.computeIfAbsent(in.author().externalId(), id -> people.identify(source, in.author()));
    return MessageRow.of(in, source, chat, author, importId);
  }

  private MessageReceived received(MessageRow row, IncomingMessage in) {
    String sourceName = sources.find(row.sourceId()).map(Sources.Source::name).orElse("");
    return new MessageReceived(row.id(), row.externalId(), row.sourceId(), sourceName, row.chatId(), in.chat().title(),
        row.authorId(), fullName(in.author()), row.content(), row.sentAt());
  }

  private static String fullName(Speaker author) {
    return author.lastName() == null ? author.firstName() : author.firstName() + " " + author.lastName();
  }
}
