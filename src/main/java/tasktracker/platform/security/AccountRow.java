package tasktracker.platform.security;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account as pages and programs see it.
 *
 * @param role wire name of its {@link Role}
 * @param signedInAt when it signed in last, if it ever did
 */
public record AccountRow(UUID id, String name, String displayName, String role, boolean isActive, Instant createdAt,
    @Nullable Instant signedInAt, Instant passwordChangedAt) {}
