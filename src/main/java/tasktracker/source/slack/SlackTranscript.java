package tasktracker.source.slack;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import tasktracker.message.IncomingMessage.ChatKind;
import tasktracker.message.IncomingMessage.ChatRef;
import tasktracker.person.Speaker;
import tasktracker.source.Line;
import tasktracker.source.Row;
import tasktracker.source.Transcript;

/**
 * The messages of all conversations in the order of time: day by day, and within a day the earliest of all
 * conversations first. One message of each conversation is in memory.
 */
final class SlackTranscript implements Transcript {

  /** A conversation's file of the day, standing at a message. */
  private record Head(SlackRows rows, ChatRef chat, Row row, BigDecimal at) {}

  private final SlackArchive archive;
  private final Map<String, Speaker> users = new HashMap<>();
  private final Map<String, ChatRef> chats = new HashMap<>();
  private final Queue<List<SlackArchive.Day>> days;
  private final PriorityQueue<Head> heads =
      new PriorityQueue<>(Comparator.comparing(Head::at).thenComparing(head -> head.chat().externalId()));

  SlackTranscript(SlackArchive archive) {
    this.archive = archive;
    try {
      archive.each("users.json", this::meet);
      archive.each("org_users.json", this::meet);
      archive.each("channels.json", row -> know(row, ChatKind.CHANNEL));
      archive.each("groups.json", row -> know(row, ChatKind.GROUP));
      archive.each("mpims.json", row -> know(row, ChatKind.GROUP));
      archive.each("dms.json", row -> know(row, ChatKind.PRIVATE));
      days = new ArrayDeque<>(archive.days().values());
    } catch (RuntimeException e) {
      archive.close();
      throw e;
    }
  }

  @Override
  public @Nullable Line next() {
    while (heads.isEmpty() && !days.isEmpty()) {
      days.remove().forEach(this::open);
    }
    Head head = heads.poll();
    if (head == null) {
      return null;
    }
    advance(head.rows(), head.chat());
    return new SlackMessage(head.chat(), head.row(), users).read();
  }

  private void open(SlackArchive.Day day) {
    ChatRef chat = chats.getOrDefault(day.folder(), new ChatRef(day.folder(), ChatKind.OTHER, day.folder()));
    advance(archive.open(day.entry()), chat);
  }

  private void advance(SlackRows rows, ChatRef chat) {
    Row row = rows.next();
    if (row == null) {
      rows.close();
    } else {
      heads.add(new Head(rows, chat, row, SlackMessage.at(row)));
    }
  }

  private void meet(Row user) {
    String id = user.words("id");
    if (id != null) {
      users.put(id, SlackPeople.speaker(id, user));
    }
  }

  /** A conversation's folder has its name; that of two people, which has none, its id. */
  private void know(Row row, ChatKind kind) {
    String id = row.words("id");
    if (id != null) {
      String name = row.words("name");
      chats.put(name == null ? id : name, new ChatRef(id, kind, name == null ? SlackPeople.together(row, users) : name));
    }
  }

  @Override
  public void close() {
    heads.forEach(head -> head.rows().close());
    heads.clear();
    archive.close();
  }
}
