package tasktracker.message;

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
import tasktracker.platform.web.Json;

/** Reads one message with all that belongs to understanding it. */
@ApplicationScoped
public class MessageReading {

  private static final int NEIGHBOURS = 4;
  private static final int REPLIES = 20;

  /**
   * A message, opened.
   *
   * @param spans its text in pieces
   * @param around what was said before and after it in the chat, itself included, oldest first
   * @param answers messages that reply to it, oldest first
   * @param revisions what its edits changed, newest first
   */
  public record Open(MessageView view, List<RichText.Span> spans, List<Reaction> reactions, @Nullable MessageView answered,
      List<MessageView> answers, List<MessageView> around, List<Revision> revisions) {

    public MessageItem message() {
      return view.message();
    }
  }

  /** An edit: when it was made and what it changed. */
  public record Revision(int number, @Nullable Instant editedAt, List<WordDiff.Change> changes) {}

  /** What the list does not need. */
  public record Depth(String entities, String reactions) {}

  /** A text that was replaced. */
  public record Former(int revision, String content, Instant replacedAt) {}

  private @Nullable Database database;
  private @Nullable Feed feed;

  protected MessageReading() {}

  @Inject
  public MessageReading(Database database, Feed feed) {
    this.database = database;
    this.feed = feed;
  }

  /** The message of that id, with everything around it. */
  public Optional<Open> open(UUID id) {
    return feed.find(id).map(this::open);
  }

  private Open open(MessageItem message) {
    Depth depth = database.ask(sql -> sql.createQuery("select entities, reactions from message where id = :id")
        .bind("id", message.id()).map(Database.to(Depth.class)).one());
    TextEntity[] entities = Json.jsonb().fromJson(depth.entities(), TextEntity[].class);
    Reaction[] reactions = Json.jsonb().fromJson(depth.reactions(), Reaction[].class);
    return new Open(new MessageView(message), RichText.spans(message.content(), List.of(entities)), List.of(reactions),
        answered(message).map(MessageView::new).orElse(null), views(answers(message)),
        views(feed.around(message, NEIGHBOURS)), revisions(message));
  }

  private static List<MessageView> views(List<MessageItem> messages) {
    return messages.stream().map(MessageView::new).toList();
  }

  private Optional<MessageItem> answered(MessageItem message) {
    return message.replyTo() == null ? Optional.empty() : select(
        "m.source_id = :source and m.chat_id = :chat and m.external_id = :external", message, message.replyTo()).stream().findFirst();
  }

  private List<MessageItem> answers(MessageItem message) {
    return select("m.source_id = :source and m.chat_id = :chat and m.reply_to = :external", message, message.externalMessageId());
  }

  private List<MessageItem> select(String condition, MessageItem message, String externalId) {
    return database.ask(sql -> sql.createQuery(MessageItem.SELECT + "from message m " + MessageItem.FROM + "where " + condition
            + " order by m.sent_at, m.id limit " + REPLIES)
        .bind("source", message.sourceId()).bind("chat", message.chatId()).bind("external", externalId)
        .map(Database.to(MessageItem.class)).list());
  }

  private List<Revision> revisions(MessageItem message) {
    List<Former> former = message.revision() == 1 ? List.of() : database.ask(sql -> sql.createQuery(
            "select revision, content, replaced_at from message_revision where message_id = :id order by revision desc")
        .bind("id", message.id()).map(Database.to(Former.class)).list());
    List<Revision> revisions = new ArrayList<>();
    String after = message.content();
    for (Former text : former) {
      revisions.add(new Revision(text.revision() + 1, text.replacedAt(), WordDiff.between(text.content(), after)));
      after = text.content();
    }
    return revisions;
  }
}
