package tasktracker.search;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.message.MessageItem;
import tasktracker.platform.web.Deadline;

/**
 * A message that was found, and why.
 *
 * @param message the message
 * @param rank its place, from 1
 * @param why {@code words}, {@code spelling}, {@code meaning}: one or more
 * @param matched the words of it that were looked for, as written
 * @param snippet the part that shows it
 * @param before what was said right before it, within half an hour
 * @param after what was said right after it
 * @param similarity how near in meaning, 0 to 1, or null when meaning did not find it
 */
public record Hit(MessageItem message, int rank, List<String> why, List<String> matched, Snippet snippet,
    @Nullable Said before, @Nullable Said after, @Nullable Double similarity) {

  /** What somebody said next to a found message, its beginning. */
  public record Said(UUID id, String author, String text) {}

  static Hit of(MessageItem message, int rank, ReciprocalRankFusion.Fused fused, Search.Ranked ranked, ConversationContext.Around around,
      TextAnalyzer forms, Deadline deadline) {
    Snippet snippet = Snippet.of(message.content(), ranked.terms(), forms, deadline);
    Double cosine = ranked.cosines().get(message.id());
    // What holds the words themselves needs no excuse of being spelt alike.
    List<String> why = fused.reasons().stream()
        .filter(r -> r != ReciprocalRankFusion.Reason.SPELLING || !fused.reasons().contains(ReciprocalRankFusion.Reason.WORDS))
        .map(r -> r.name().toLowerCase(Locale.ROOT)).toList();
    return new Hit(message, rank, why,
        Snippet.matchedWords(snippet), snippet, around.before(), around.after(), cosine == null ? null : (1 + cosine) / 2);
  }

  static Hit near(MessageItem message, int rank, double similarity, Deadline deadline) {
    Snippet snippet = Snippet.of(message.content(), Set.of(), TextAnalyzer.take(), deadline);
    return new Hit(message, rank, List.of("meaning"), List.of(), snippet, null, null, similarity);
  }
}
