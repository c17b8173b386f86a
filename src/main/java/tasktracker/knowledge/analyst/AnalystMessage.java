package tasktracker.knowledge.analyst;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message as an analyst reads it.
 *
 * @param thread the id of the forum topic or thread in its chat, or null
 * @param threadTitle the title of the thread, or null
 * @param replyTo the message that it answers, or null; it need not be part of the input
 * @param text the text of the current revision; positions of quotes count its UTF-16 units
 * @param vector the embedding of the text (384 numbers, length 1), or null when there is none
 * @param messageClass {@code signal}, {@code weak_signal}, {@code noise}, {@code spam}, or null when it has no score
 * @param aspects the strength of each aspect by its wire name, see {@link tasktracker.scoring.model.Aspect}; empty without a score
 * @param reactions the number of emoji reactions
 * @param isCandidate whether atoms may rest on this message first; others are context and additional evidence
 */
public record AnalystMessage(UUID id, @Nullable String thread, @Nullable String threadTitle, UUID authorId, String authorName,
    @Nullable UUID replyTo, Instant sentAt, String text, float @Nullable [] vector, @Nullable String messageClass,
    Map<String, Double> aspects, int reactions, boolean isCandidate) {}
