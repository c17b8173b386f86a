package tasktracker.source.slack;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;
import tasktracker.message.IncomingMessage.ChatKind;
import tasktracker.message.IncomingMessage.ChatRef;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.source.TranscriptEntry;
import tasktracker.source.LenientJson;
import tasktracker.source.Transcript;
import tasktracker.source.UnreadableFile;

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
  private final SlackDayFiles days;
  /** Entries that are looked through at the end for those that were left out. */
  private final Enumeration<? extends ZipEntry> entries;
  private final Queue<TranscriptEntry> unreadable = new ArrayDeque<>();
  private final PriorityQueue<Head> heads =
      new PriorityQueue<>(Comparator.comparing(Head::at).thenComparing(head -> head.chat().externalId()));

  SlackTranscript(SlackArchive archive) {
    this.archive = archive;
    try {
      people("users.json");
      people("org_users.json");
      archive.each("channels.json", row -> directory.know(row, ChatKind.CHANNEL));
      archive.each("groups.json", row -> directory.know(row, ChatKind.GROUP));
      archive.each("mpims.json", row -> directory.know(row, ChatKind.GROUP));
      archive.each("dms.json", row -> directory.know(row, ChatKind.PRIVATE));
      days = archive.days(directory::isFolder);
      entries = days.entries();
    } catch (RuntimeException e) {
      archive.close();
      throw e;
    }
  }

  /** Without a list of people they are known by their ids. A conversation without its id would be another one. */
  private void people(String list) {
    try {
      archive.each(list, directory::meet);
    } catch (UnreadableFile e) {
      leaveOut(list, e);
    }
  }

  private void leaveOut(String name, UnreadableFile why) {
    if (why.isFatal()) {
      throw why;
    }
    unreadable.add(new TranscriptEntry.Unreadable(name, why));
  }

  @Override
  public @Nullable TranscriptEntry next() {
    if (heads.isEmpty()) {
      openNext();
    }
    if (!unreadable.isEmpty()) {
      return unreadable.remove();
    }
    Head head = heads.poll();
    if (head == null) {
      return nextSkippedEntry();
    }
    advance(head.rows(), head.chat());
    return head.line();
  }

  private @Nullable TranscriptEntry nextSkippedEntry() {
    String name = days.nextSkipped(entries);
    return name == null ? null : new TranscriptEntry.Unreadable(name, UnreadableFile.foreign(LocalizedMessage.of("problem.file.slack.entry")));
  }

  /** A group may have no message in any of its files. */
  private void openNext() {
    List<SlackDayFiles.Day> group = days.next(OPEN_AT_ONCE);
    while (!group.isEmpty()) {
      group.forEach(this::open);
      group = heads.isEmpty() && unreadable.isEmpty() ? days.next(OPEN_AT_ONCE) : List.of();
    }
  }

  private void open(SlackDayFiles.Day day) {
    try {
      advance(archive.open(day.entry()), directory.chat(Objects.requireNonNull(day.folder())));
    } catch (UnreadableFile e) {
      leaveOut(ZipEntryName.of(day.entry()).shown(), e);
    }
  }

  private void advance(SlackMessageArray rows, ChatRef chat) {
    try {
      if (rows.moveOn()) {
        heads.add(rows.row().map(row -> head(rows, chat, row)).orElseGet(() -> new Head(rows, chat, TranscriptEntry.Skipped.TOO_LARGE, BigDecimal.ZERO)));
      } else {
        rows.close();
      }
    } catch (UnreadableFile e) {
      rows.close();
      leaveOut(rows.name(), e);
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
