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
import tasktracker.person.People;
import tasktracker.person.Speaker;

/**
 * All messages, each kept once. Whatever way one comes in, by webhook, import or API, it is the same message when
 * source, chat and id are the same.
 */
@ApplicationScoped
public class Messages {

  /**
   * What became of a batch.
   *
   * @param stored how many were new
   * @param revised how many were known and brought a new text
   * @param skipped how many were known already
   */
  public record BatchReceipt(int stored, int revised, int skipped) {}

  private @Nullable MessageStore store;
  private @Nullable DeletionStore deletions;
  private @Nullable Sources sources;
  private @Nullable People people;
  private @Nullable Event<Object> events;

  protected Messages() {}

  @Inject
  public Messages(MessageStore store, DeletionStore deletions, Sources sources, People people, Event<Object> events) {
    this.store = store;
    this.deletions = deletions;
    this.sources = sources;
    this.people = people;
    this.events = events;
  }

  /**
   * Keeps one message, or the edit of one. Doing it again is harmless. Joins the caller's transaction; {@link
   * MessageReceived} or {@link MessageRevised} is fired inside it.
   */
  @Transactional
  public ReceiveResult receive(UUID source, IncomingMessage incoming) {
    MessageRow row = row(source, incoming, null, new HashMap<>(), new HashMap<>());
    if (store.insert(List.of(row)).isEmpty()) {
      return again(row);
    }
    events.fire(received(row, incoming));
    return new ReceiveResult(row.id(), ReceiveResult.Outcome.STORED);
  }

  /**
   * Keeps a batch of an import in the caller's transaction. New messages are told by one {@link MessagesStored}.
   *
   * @param incoming at most a few hundred messages, the same message possibly more than once
   */
  @Transactional
  public BatchReceipt receiveAll(UUID source, UUID importId, List<IncomingMessage> incoming) {
    Map<IncomingMessage.ChatRef, UUID> chats = new HashMap<>();
    // A file may be years old: people who are known keep the names they have now.
    Map<String, UUID> authors = people.findIds(source, incoming.stream().map(m -> m.author().externalId()).distinct().toList());
    Map<String, Speaker> named = named(incoming);
    named.keySet().removeAll(authors.keySet());
    named.forEach((id, speaker) -> authors.put(id, people.identify(source, speaker)));
    List<MessageRow> rows = incoming.stream().map(m -> row(source, m, importId, chats, authors)).toList();
    Set<UUID> stored = new HashSet<>(store.insert(rows));
    int revised = stored.size() == rows.size() ? 0 : reviseAmong(rows);
    if (!stored.isEmpty()) {
      events.fire(new MessagesStored(importId, rows.stream().filter(r -> stored.contains(r.id()))
          .map(r -> new MessagesStored.Stored(r.id(), r.content())).toList()));
    }
    return new BatchReceipt(stored.size(), revised, rows.size() - stored.size() - revised);
  }

  /** Who speaks, by the name that is told if any message tells it. */
  private static Map<String, Speaker> named(List<IncomingMessage> incoming) {
    Map<String, Speaker> named = new LinkedHashMap<>();
    incoming.forEach(m -> named.merge(m.author().externalId(), m.author(), (first, next) -> first.isStandIn() ? next : first));
    return named;
  }

  private int reviseAmong(List<MessageRow> rows) {
    Set<UUID> edited = new HashSet<>(store.possiblyEdited(rows));
    return (int) rows.stream().filter(row -> edited.contains(row.id())).map(this::again)
        .filter(receipt -> receipt.outcome() == ReceiveResult.Outcome.REVISED).count();
  }

  private ReceiveResult again(MessageRow row) {
    MessageStore.Known known = store.lock(row).orElse(null);
    if (known == null) {
      return new ReceiveResult(deletions.deleted(row).orElseThrow(), ReceiveResult.Outcome.DELETED);
    }
    store.react(known.id(), row);
    if (!known.isNews() && !known.isUnread()) {
      return new ReceiveResult(known.id(), ReceiveResult.Outcome.DUPLICATE);
    }
    int revision = known.isNews() ? store.revise(known.id(), row.written()) : store.replace(known.id(), row.written());
    events.fire(new MessageRevised(known.id(), revision, row.content()));
    return new ReceiveResult(known.id(), ReceiveResult.Outcome.REVISED);
  }

  /**
   * Which of these, read again from what their source told, say more than is kept: words where there is only a label, or
   * a later edit. Makes no chat and no person, and changes no name.
   */
  public List<IncomingMessage> outdated(UUID source, List<IncomingMessage> told) {
    List<MessageStore.Told> rows = IntStream.range(0, told.size()).mapToObj(i -> told(i, told.get(i))).toList();
    return rows.isEmpty() ? List.of() : store.outdated(source, rows).stream().map(o -> told.get(o.number())).distinct().toList();
  }

  /**
   * Takes what a message says in the place of the label with which it is kept, because it was not understood when it
   * came. That is no edit of its author. Joins the caller's transaction; {@link MessageRevised} is fired inside it.
   *
   * @return whether anything changed; what was edited or deleted since stays as it is
   */
  @Transactional
  public boolean reread(UUID source, IncomingMessage told) {
    MessageStore.Outdated kept = store.lockOutdated(source, told(0, told)).orElse(null);
    if (kept == null) {
      return false;
    }
    MessageText text = MessageText.of(told);
    int revision = kept.isEdit() ? store.revise(kept.id(), text) : store.replace(kept.id(), text);
    events.fire(new MessageRevised(kept.id(), revision, text.content()));
    return true;
  }

  private static MessageStore.Told told(int number, IncomingMessage m) {
    return new MessageStore.Told(number, m.chat().externalId(), m.externalId(), m.text(), m.sentAt(), m.editedAt());
  }

  private MessageRow row(UUID source, IncomingMessage in, @Nullable UUID importId,
      Map<IncomingMessage.ChatRef, UUID> chats, Map<String, UUID> authors) {
    UUID chat = chats.computeIfAbsent(in.chat(), c -> sources.chat(source, c));
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
