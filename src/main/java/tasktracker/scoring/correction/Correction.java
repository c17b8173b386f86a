package tasktracker.scoring.correction;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.scoring.model.Aspect;

/**
 * A correction of a score by a person. It overrides the computed score until it is undone or the message is edited.
 *
 * @param actor the name of the account that made the correction
 * @param verdict {@code signal}, {@code noise}, {@code spam}, or the name of an {@link Aspect}
 */
public record Correction(UUID id, UUID messageId, @Nullable UUID accountId, String actor, String verdict, int revision,
    Instant madeAt) {}
