package tasktracker.search;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tasktracker.message.MessageItem;

/**
 * A message that was found, and why.
 *
 * @param message the message
 * @param rank its place, from 1
 * @param why {@code words}, {@code spelling}, {@code meaning}: one or more
 * @param matched the words of it that were looked for, as written
 * @param snippet the part that shows it
 * @param similarity how near in meaning, 0 to 1, or null when meaning did not find it
 */
public record Hit(MessageItem message, int rank, List<String> why, List<String> matched, Snippet snippet,
    @Nullable Double similarity) {

  static Hit of(MessageItem message, int rank, Fusion.Fused fused, Search.Ranked ranked, WordForms forms) {
    Snippet snippet = Snippet.of(message.content(), ranked.terms(), forms);
    Double cosine = ranked.cosines().get(message.id());
    return new Hit(message, rank, fused.reasons().stream().map(r -> r.name().toLowerCase(java.util.Locale.ROOT)).toList(),
        Snippet.matchedWords(snippet), snippet, cosine == null ? null : (1 + cosine) / 2);
  }

  static Hit near(MessageItem message, int rank, double similarity) {
    Snippet snippet = Snippet.of(message.content(), Set.of(), WordForms.take());
    return new Hit(message, rank, List.of("meaning"), List.of(), snippet, similarity);
  }
}
