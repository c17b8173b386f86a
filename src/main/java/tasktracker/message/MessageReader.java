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
import tasktracker.platform.data.StorableText;
import tasktracker.platform.web.Deadline;
import tasktracker.platform.web.Json;

/** Reads one message with all that belongs to understanding it. */
@ApplicationScoped
public class MessageReader {

  private static final int NEIGHBOURS = 4;
  private static final int REPLIES = 20;
  /** Characters (UTF-16) of a text that the page shows; all of it has an address of its own. */
  public static final int SHOWN = 20_000;
  private static final int MOST_REVISIONS = 20;
  private static final int MOST_REACTIONS = 100;

  /**
   * A message, opened.
   *
   * @param spans its text in pieces; of a text longer than {@link #SHOWN}, the beginning
   * @param around what was said before and after it in the chat, itself included, oldest first
   * @param answers messages that reply to it, oldest first
   * @param revisions what its latest edits changed, newest first, at most twenty of them
   */
  public record Open(MessageView view, List<RichText.Span> spans, List<Reaction> reactions, @Nullable MessageView answered,
      List<MessageView> answers, List<MessageView> around, List<Revision> revisions) {

    public MessageItem message() {
      return view.message();
    }

    /** Whether the text goes on behind what is shown. */
    public boolean isCut() {
      return message().content().length() > SHOWN;
    }

    /** Whether there were more edits than are shown. */
    public boolean hasOlderRevisions() {
      return revisions.size() == MOST_REVISIONS && message().revision() > revisions.size() + 1;
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

  protected MessageReader() {}

  @Inject
  public MessageReader(Database database, Feed feed) {
    this.database = database;
    this.feed = feed;
  }

  /** The message of that id, with everything around it. */
  public Optional<Open> open(UUID id) {
    return feed.find(id).map(this::open);
  }

  private Open open(MessageItem message) {
    Deadline deadline = Deadline.ofRendering();
    Depth depth = depth(message);
    TextEntity[] entities = Json.jsonb().fromJson(depth.entities(), TextEntity[].class);
    Reaction[] reactions = Json.jsonb().fromJson(depth.reactions(), Reaction[].class);
    String text = message.content();
    int shown = StorableText.truncate(text, SHOWN).length();
    return new Open(new MessageView(message), RichText.spans(text, shown, List.of(entities), deadline), List.of(reactions),
        answered(message).map(MessageView::new).orElse(null), views(answers(message)),
        views(feed.previews().around(message, NEIGHBOURS)), revisions(message, deadline));
  }

  /** No more of either list than is shown leaves the database. */
  private Depth depth(MessageItem message) {
    return database.ask(sql -> sql.createQuery("""
            select jsonb_path_query_array(entities, cast(:entities as jsonpath)) as entities,
                   jsonb_path_query_array(reactions, cast(:reactions as jsonpath)) as reactions from message where id = :id""")
        .bind("entities", "$[0 to %d]".formatted(RichText.MOST_ENTITIES - 1)).bind("reactions", "$[0 to %d]".formatted(MOST_REACTIONS - 1))
        .bind("id", message.id()).map(Database.to(Depth.class)).one());
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
    return database.ask(sql -> sql.createQuery(MessageItem.PREVIEWS + "from message m " + MessageItem.FROM + "where " + condition
            + " order by m.sent_at, m.id limit " + REPLIES)
        .bind("source", message.sourceId()).bind("chat", message.chatId()).bind("external", externalId)
        .map(Database.to(MessageItem.class)).list());
  }

  private List<Revision> revisions(MessageItem message, Deadline deadline) {
    List<Former> former = message.revision() == 1 ? List.of() : database.ask(sql -> sql.createQuery(
            "select revision, left(content, :shown) as content, replaced_at from message_revision where message_id = :id order by revision desc limit :most")
        .bind("id", message.id()).bind("shown", SHOWN).bind("most", MOST_REVISIONS).map(Database.to(Former.class)).list());
    List<Revision> revisions = new ArrayList<>();
    String after = StorableText.truncate(message.content(), SHOWN);
    for (Former text : former) {
      revisions.add(new Revision(text.revision() + 1, text.replacedAt(), WordDiff.between(text.content(), after, deadline)));
      after = text.content();
    }
    return revisions;
  }
}
