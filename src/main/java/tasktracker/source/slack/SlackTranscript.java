package tasktracker.source.slack;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import tasktracker.message.IncomingMessage.ChatKind;
import tasktracker.message.IncomingMessage.ChatRef;
import tasktracker.source.TranscriptEntry;
import tasktracker.source.LenientJson;
import tasktracker.source.Transcript;

/**
 * The messages of all conversations in the order of time: day by day, and within a day the earliest of all
 * conversations first. One message of each conversation is in memory. On a day of more conversations than can be open
 * together one group of them comes after the other.
 */
final class SlackTranscript implements Transcript {

  private static final int OPEN_AT_ONCE = 32;

  /** A conversation's file of the day, standing behind a message. */
  private record Head(SlackMessageArray rows, ChatRef chat, TranscriptEntry line, BigDecimal at) {}

  private final SlackArchive archive;
  private final SlackDirectory directory = new SlackDirectory();
  private final SlackDays days;
  private final PriorityQueue<Head> heads =
      new PriorityQueue<>(Comparator.comparing(Head::at).thenComparing(head -> head.chat().externalId()));

  SlackTranscript(SlackArchive archive) {
    this.archive = archive;
    try {
      archive.each("users.json", directory::meet);
      archive.each("org_users.json", directory::meet);
      archive.each("channels.json", row -> directory.know(row, ChatKind.CHANNEL));
      archive.each("groups.json", row -> directory.know(row, ChatKind.GROUP));
      archive.each("mpims.json", row -> directory.know(row, ChatKind.GROUP));
      archive.each("dms.json", row -> directory.know(row, ChatKind.PRIVATE));
      days = archive.days();
    } catch (RuntimeException e) {
      archive.close();
      throw e;
    }
  }

  @Override
  public @Nullable TranscriptEntry next() {
    if (heads.isEmpty()) {
      openNext();
    }
    Head head = heads.poll();
    if (head == null) {
      return null;
    }
    advance(head.rows(), head.chat());
    return head.line();
  }

  /** A group may have no message in any of its files. */
  private void openNext() {
    List<SlackDays.Day> group = days.next(OPEN_AT_ONCE);
    while (!group.isEmpty()) {
      group.forEach(day -> advance(archive.open(day.entry()), directory.chat(day.folder())));
      group = heads.isEmpty() ? days.next(OPEN_AT_ONCE) : List.of();
    }
  }

  private void advance(SlackMessageArray rows, ChatRef chat) {
    if (rows.moveOn()) {
      heads.add(rows.row().map(row -> head(rows, chat, row)).orElseGet(() -> new Head(rows, chat, TranscriptEntry.Skipped.TOO_LARGE, BigDecimal.ZERO)));
    } else {
      rows.close();
    }
  }

  private Head head(SlackMessageArray rows, ChatRef chat, LenientJson row) {
    return new Head(rows, chat, new SlackMessage(chat, row, directory).read(), SlackMessage.at(row));
  }

  @Override
  public void close() {
    heads.forEach(head -> head.rows().close());
    heads.clear();
    archive.close();
  }
}
