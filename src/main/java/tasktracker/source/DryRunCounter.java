package tasktracker.source;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tasktracker.message.IncomingMessage;
import tasktracker.message.IncomingMessage.ChatRef;
import tasktracker.person.Speaker;
import tasktracker.platform.data.StorableText;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.source.format.TranscriptEntry;
import tasktracker.source.format.UnreadableFile;

/** Counts the entries of a file. Stores a number for each chat and each author, up to a limit, and no message. */
final class DryRunCounter {

  private static final int MAX_CHATS = 10_000;
  /** Further authors are not counted. */
  private static final int MAX_AUTHORS = 20_000;
  private static final int CHATS_SHOWN = 500;
  private static final int AUTHORS_SHOWN = 20;
  private static final int PARTS_SHOWN = 100;

  private static final class Chat {
    private final ChatRef ref;
    private long messages;
    private long duplicates;
    private @Nullable Instant first;
    private @Nullable Instant last;

    Chat(ChatRef ref) {
      this.ref = ref;
    }

    void count(Instant sentAt, boolean known) {
      messages++;
      duplicates += known ? 1 : 0;
      first = first == null || sentAt.isBefore(first) ? sentAt : first;
      last = last == null || sentAt.isAfter(last) ? sentAt : last;
    }

    DryRun.ChatCount toChatCount() {
      return new DryRun.ChatCount(ref.externalId(), ref.title() == null ? ref.externalId() : ref.title(),
          ref.kind().name().toLowerCase(Locale.ROOT), messages, duplicates, first, last);
    }
  }

  private record Author(Speaker speaker, long[] messages) {}

  private final Map<String, Chat> chats = new LinkedHashMap<>();
  private final Map<String, Author> authors = new HashMap<>();
  private final Map<String, Long> skipped = new TreeMap<>();
  private final List<TranscriptEntry.Unreadable> unreadable = new ArrayList<>();
  private long lines;
  private long faults;

  long lines() {
    return lines;
  }

  void skip(TranscriptEntry.Skipped line) {
    lines++;
    faults += line.fault() ? 1 : 0;
    skipped.merge(line.kind(), 1L, Long::sum);
  }

  void skip(TranscriptEntry.Unreadable part) {
    lines++;
    faults++;
    if (unreadable.size() < PARTS_SHOWN) {
      unreadable.add(part);
    }
  }

  /** The first parts that could not be read. */
  List<TranscriptEntry.Unreadable> unreadable() {
    return unreadable;
  }

  /** Why nothing could be read; empty when something could, or when the file is empty. */
  Optional<UnreadableFile> refusal() {
    boolean isNothingRead = chats.isEmpty() && skipped.isEmpty();
    return isNothingRead ? unreadable.stream().findFirst().map(TranscriptEntry.Unreadable::why) : Optional.empty();
  }

  /**
   * Counts a batch.
   *
   * @param known indexes in the batch of messages that are already stored
   * @throws UnreadableFile when there are more chats than any account has
   */
  void count(List<IncomingMessage> batch, Set<Integer> known) {
    count(batch, known, Set.of());
  }

  /** Counts a batch but for the messages with those indexes, which were skipped. */
  void count(List<IncomingMessage> batch, Set<Integer> known, Set<Integer> skipped) {
    for (int i = 0; i < batch.size(); i++) {
      if (!skipped.contains(i)) {
        count(batch.get(i), known.contains(i));
      }
    }
    if (chats.size() > MAX_CHATS) {
      throw UnreadableFile.wrongFormat(LocalizedMessage.of("problem.file.chats", String.valueOf(MAX_CHATS)));
    }
  }

  private void count(IncomingMessage m, boolean isKnown) {
    lines++;
    chats.computeIfAbsent(m.chat().externalId(), key -> new Chat(m.chat())).count(m.sentAt(), isKnown);
    count(m.author());
  }

  private void count(Speaker speaker) {
    if (authors.size() < MAX_AUTHORS || authors.containsKey(speaker.externalId())) {
      Author author = authors.computeIfAbsent(speaker.externalId(), id -> new Author(speaker, new long[1]));
      author.messages()[0]++;
      if (author.speaker().isStandIn() && !speaker.isStandIn()) {
        authors.put(speaker.externalId(), new Author(speaker, author.messages()));
      }
    }
  }

  DryRun result() {
    List<DryRun.ChatCount> told = chats.values().stream().map(Chat::toChatCount)
        .sorted(Comparator.comparingLong(DryRun.ChatCount::messages).reversed()).toList();
    return new DryRun(lines, told.stream().mapToLong(DryRun.ChatCount::messages).sum(),
        told.stream().mapToLong(DryRun.ChatCount::duplicates).sum(), faults, authors.size(), first(told), last(told),
        skipped, told.stream().limit(CHATS_SHOWN).toList(), topAuthors(), parts());
  }

  private List<DryRun.UnreadablePart> parts() {
    return unreadable.stream().map(part -> new DryRun.UnreadablePart(part.name(), StorableText.of(part.why().reason().english()))).toList();
  }

  private static @Nullable Instant first(List<DryRun.ChatCount> chats) {
    return chats.stream().map(DryRun.ChatCount::firstSentAt).min(Comparator.naturalOrder()).orElse(null);
  }

  private static @Nullable Instant last(List<DryRun.ChatCount> chats) {
    return chats.stream().map(DryRun.ChatCount::lastSentAt).max(Comparator.naturalOrder()).orElse(null);
  }

  private List<DryRun.AuthorCount> topAuthors() {
    return authors.values().stream().map(a -> new DryRun.AuthorCount(a.speaker().firstName(), a.messages()[0]))
        .sorted(Comparator.comparingLong(DryRun.AuthorCount::messages).reversed()).limit(AUTHORS_SHOWN).toList();
  }
}
