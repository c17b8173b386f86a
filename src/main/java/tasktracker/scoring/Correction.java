package tasktracker.scoring;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a person said a message is. It stands above the machine until it is undone or the message is edited.
 *
 * @param actor who, by name
 * @param verdict {@code signal}, {@code noise}, {@code spam}, or the name of an {@link Aspect}
 */
public record Correction(UUID id, UUID messageId, @Nullable UUID accountId, String actor, String verdict, int revision,
    Instant madeAt) {}
