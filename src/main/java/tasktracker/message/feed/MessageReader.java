package tasktracker.message.feed;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.message.IncomingMessage.Reaction;
import tasktracker.message.IncomingMessage.TextEntity;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.StorableText;
import tasktracker.platform.web.Deadline;
import tasktracker.platform.web.json.Json;

/** Reads one message with its formatting, replies, context and edits. */
@ApplicationScoped
public class MessageReader {

  private static final int CONTEXT_MESSAGES = 4;
  private static final int MAX_REPLIES = 20;
  /** UTF-16 units of a text that the page shows; the whole text has its own URL. */
  public static final int SHOWN_LENGTH = 20_000;
  private static final int MAX_REVISIONS = 20;
  private static final int MAX_REACTIONS = 100;

  /**
   * An open message.
   *
   * @param spans its text in formatted pieces; of a text longer than {@link #SHOWN_LENGTH}, the beginning
   * @param around its context in the chat, itself included, oldest first
   * @param answers its replies, oldest first
   * @param revisions its latest edits, newest first, at most twenty
   */
  public record OpenMessage(MessageItem message, List<RichText.Span> spans, List<Reaction> reactions, @Nullable MessageItem answered,
      List<MessageItem> answers, List<MessageItem> around, List<Revision> revisions) {

    /** Whether the text is longer than what is shown. */
    public boolean isCut() {
      return message.content().length() > SHOWN_LENGTH;
    }

    /** Whether it has neither a score nor failed to get one. */
    public boolean isWaiting(@Nullable List<?> failures) {
      return message.importanceScore() == null && (failures == null || failures.isEmpty());
    }

    /** Whether there are more edits than are shown. */
    public boolean hasOlderRevisions() {
      return revisions.size() == MAX_REVISIONS && message.revision() > revisions.size() + 1;
    }
  }

  /** An edit: its time and its changes. */
  public record Revision(int number, @Nullable Instant editedAt, List<WordDiff.Change> changes) {}

  /** The columns that lists do not read. */
  public record Details(String entities, String reactions) {}

  /** A text that was replaced. */
  public record ReplacedText(int revision, String content, Instant replacedAt) {}

  private final Database database;
  private final Feed feed;

  @Inject
  public MessageReader(Database database, Feed feed) {
    this.database = database;
    this.feed = feed;
  }

  /** Finds a message by its id, with everything that its page shows. */
  public Optional<OpenMessage> open(UUID id) {
    return feed.find(id).map(this::open);
  }

  private OpenMessage open(MessageItem message) {
    Deadline deadline = Deadline.ofRendering();
    Details details = findDetails(message);
    TextEntity[] entities = Json.jsonb().fromJson(details.entities(), TextEntity[].class);
    Reaction[] reactions = Json.jsonb().fromJson(details.reactions(), Reaction[].class);
    String text = message.content();
    int shown = StorableText.truncate(text, SHOWN_LENGTH).length();
    return new OpenMessage(message, RichText.spans(text, shown, List.of(entities), deadline), List.of(reactions),
        findAnswered(message).orElse(null), findAnswers(message),
        feed.previews().findContext(message, CONTEXT_MESSAGES), findRevisions(message, deadline));
  }

  /** Reads no more entities and reactions than are shown. */
  private Details findDetails(MessageItem message) {
    return database.ask(sql -> sql.createQuery("""
            select jsonb_path_query_array(entities, cast(:entities as jsonpath)) as entities,
                   jsonb_path_query_array(reactions, cast(:reactions as jsonpath)) as reactions from message where id = :id""")
        .bind("entities", "$[0 to %d]".formatted(RichText.MAX_ENTITIES - 1)).bind("reactions", "$[0 to %d]".formatted(MAX_REACTIONS - 1))
        .bind("id", message.id()).map(Database.to(Details.class)).one());
  }

  private Optional<MessageItem> findAnswered(MessageItem message) {
    return message.replyTo() == null
        ? Optional.empty()
        : select(
            "m.source_id = :source and m.chat_id = :chat and m.external_id = :external", message, message.replyTo()).stream().findFirst();
  }

  private List<MessageItem> findAnswers(MessageItem message) {
    return select("m.source_id = :source and m.chat_id = :chat and m.reply_to = :external", message, message.externalMessageId());
  }

  private List<MessageItem> select(String condition, MessageItem message, String externalId) {
    return database.ask(sql -> sql.createQuery(MessageItem.SELECT_PREVIEWS + "from message m " + MessageItem.JOINS + "where " + condition
        + " order by m.sent_at, m.id limit " + MAX_REPLIES)
        .bind("source", message.sourceId()).bind("chat", message.chatId()).bind("external", externalId)
        .map(Database.to(MessageItem.class)).list());
  }

  private List<Revision> findRevisions(MessageItem message, Deadline deadline) {
    List<ReplacedText> replaced = message.revision() == 1
        ? List.of()
        : database.ask(sql -> sql.createQuery(
            "select revision, left(content, :shown) as content, replaced_at from message_revision"
                + " where message_id = :id order by revision desc limit :most")
            .bind("id", message.id()).bind("shown", SHOWN_LENGTH).bind("most", MAX_REVISIONS).map(Database.to(ReplacedText.class)).list());
    List<Revision> revisions = new ArrayList<>();
    String after = StorableText.truncate(message.content(), SHOWN_LENGTH);
    for (ReplacedText text : replaced) {
      revisions.add(new Revision(text.revision() + 1, text.replacedAt(), WordDiff.between(text.content(), after, deadline)));
      after = text.content();
    }
    return revisions;
  }
}
