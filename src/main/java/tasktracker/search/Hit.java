package tasktracker.search;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.message.feed.MessageItem;
import tasktracker.platform.web.Deadline;

/**
 * A search result.
 *
 * @param message the message
 * @param rank the rank, starting at 1
 * @param why the kinds of search that found it: {@code words}, {@code spelling}, {@code meaning}
 * @param matched the matched words as written in the message
 * @param snippet an extract with the matched words
 * @param before the previous message in the chat, within half an hour
 * @param after the next message in the chat, within half an hour
 * @param similarity the semantic similarity, 0 to 1, or null if the semantic search did not find the message
 */
public record Hit(MessageItem message, int rank, List<String> why, List<String> matched, Snippet snippet,
    @Nullable AdjacentMessage before, @Nullable AdjacentMessage after, @Nullable Double similarity) {

  /** The beginning of a message before or after a search result. */
  public record AdjacentMessage(UUID id, String author, String text) {}

  static Hit create(MessageItem message, int rank, ReciprocalRankFusion.Fused fused, Search.Ranked ranked,
      ConversationContext.AdjacentMessages adjacent,
      TextAnalyzer analyzer, Deadline deadline) {
    Snippet snippet = Snippet.create(message.content(), ranked.terms(), analyzer, deadline);
    Double cosine = ranked.cosines().get(message.id());
    // A full-text match makes the spelling match redundant.
    List<String> why = fused.reasons().stream()
        .filter(r -> r != ReciprocalRankFusion.Reason.SPELLING || !fused.reasons().contains(ReciprocalRankFusion.Reason.WORDS))
        .map(r -> r.name().toLowerCase(Locale.ROOT)).toList();
    return new Hit(message, rank, why,
        Snippet.matchedWords(snippet), snippet, adjacent.before(), adjacent.after(), cosine == null ? null : (1 + cosine) / 2);
  }

  static Hit ofSimilar(MessageItem message, int rank, double similarity, Deadline deadline) {
    Snippet snippet = Snippet.create(message.content(), Set.of(), TextAnalyzer.create(), deadline);
    return new Hit(message, rank, List.of("meaning"), List.of(), snippet, null, null, similarity);
  }
}
