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
import tasktracker.platform.web.json.JsonLimitExceeded;
import tasktracker.source.format.LenientJson;
import tasktracker.source.format.Transcript;
import tasktracker.source.format.TranscriptEntry;
import tasktracker.source.format.UnreadableFile;

/**
 * The messages of all conversations in chronological order: day by day, and within a day merged over all conversations.
 * One message of each conversation is in memory. On a day with more conversations than can be open together, groups of
 * them are read one after the other.
 */
final class SlackTranscript implements Transcript {

  private static final int MAX_OPEN_FILES = 32;

  /** An open file of a day, with its next message. */
  private record OpenFile(SlackMessageArray rows, ChatRef chat, TranscriptEntry line, BigDecimal at) {}

  private final SlackArchive archive;
  private final SlackDirectory directory = new SlackDirectory();
  private final SlackDayFiles days;
  /** Entries that are searched at the end for skipped ones. */
  private final Enumeration<? extends ZipEntry> entries;
  private final Queue<TranscriptEntry> unreadable = new ArrayDeque<>();
  private final PriorityQueue<OpenFile> openFiles = new PriorityQueue<>(
      Comparator.comparing(OpenFile::at).thenComparing(head -> head.chat().externalId()));

  SlackTranscript(SlackArchive archive) {
    this.archive = archive;
    try {
      people("users.json");
      people("org_users.json");
      archive.forEach("channels.json", row -> directory.addConversation(row, ChatKind.CHANNEL));
      archive.forEach("groups.json", row -> directory.addConversation(row, ChatKind.GROUP));
      archive.forEach("mpims.json", row -> directory.addConversation(row, ChatKind.GROUP));
      archive.forEach("dms.json", row -> directory.addConversation(row, ChatKind.PRIVATE));
      days = archive.days(directory::isFolder);
      entries = days.entries();
    } catch (RuntimeException | Error e) {
      archive.close();
      throw e;
    }
  }

  /**
   * Without a readable list of people, authors have their ids as names. A conversation list is required, because the id
   * of a conversation identifies it.
   */
  private void people(String list) {
    try {
      archive.forEach(list, directory::addPerson);
    } catch (UnreadableFile e) {
      skipUnreadable(list, e);
    }
  }

  private void skipUnreadable(String name, UnreadableFile why) {
    if (why.isFatal()) {
      throw why;
    }
    unreadable.add(new TranscriptEntry.Unreadable(name, why));
  }

  @Override
  public @Nullable TranscriptEntry next() {
    if (openFiles.isEmpty()) {
      openNext();
    }
    if (!unreadable.isEmpty()) {
      return unreadable.remove();
    }
    OpenFile head = openFiles.poll();
    if (head == null) {
      return days.nextSkipped(entries);
    }
    advance(head.rows(), head.chat());
    return head.line();
  }

  /** A group of files may contain no message. */
  private void openNext() {
    List<SlackDayFiles.Day> group = days.next(MAX_OPEN_FILES);
    while (!group.isEmpty()) {
      group.forEach(this::open);
      group = openFiles.isEmpty() && unreadable.isEmpty() ? days.next(MAX_OPEN_FILES) : List.of();
    }
  }

  private void open(SlackDayFiles.Day day) {
    try {
      advance(archive.open(day.entry()), directory.chat(Objects.requireNonNull(day.folder())));
    } catch (UnreadableFile e) {
      skipUnreadable(ZipEntryName.of(day.entry()).shown(), e);
    }
  }

  private void advance(SlackMessageArray rows, ChatRef chat) {
    try {
      if (rows.advance()) {
        openFiles.add(head(rows, chat));
      } else {
        rows.close();
      }
    } catch (UnreadableFile e) {
      rows.close();
      skipUnreadable(rows.name(), e);
    }
  }

  /** A message that is too large or nested too deep is told first, because its time is not known. */
  private OpenFile head(SlackMessageArray rows, ChatRef chat) {
    LocalizedMessage position = rows.position();
    try {
      return rows.row().map(row -> new OpenFile(rows, chat, entry(rows, chat, row, position), SlackMessage.at(row)))
          .orElseGet(() -> new OpenFile(rows, chat, TranscriptEntry.Skipped.TOO_LARGE, BigDecimal.ZERO));
    } catch (JsonLimitExceeded e) {
      return new OpenFile(rows, chat, new TranscriptEntry.Unreadable(rows.name(), UnreadableFile.limitExceeded(e).inPart(rows.name())),
          BigDecimal.ZERO);
    }
  }

  private TranscriptEntry entry(SlackMessageArray rows, ChatRef chat, LenientJson row, LocalizedMessage position) {
    try {
      return new SlackMessage(chat, row, directory).parse(position);
    } catch (UnreadableFile e) {
      return new TranscriptEntry.Unreadable(rows.name(), e.inPart(rows.name()));
    }
  }

  @Override
  public void close() {
    try {
      openFiles.forEach(head -> head.rows().close());
      openFiles.clear();
    } finally {
      archive.close();
    }
  }
}
