package tasktracker.platform.security.account;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.security.Role;

/**
 * An account for pages and the API.
 *
 * @param role wire name of its {@link Role}
 * @param signedInAt time of the last sign-in, if any
 */
public record AccountRow(UUID id, String name, String displayName, String role, boolean isActive, Instant createdAt,
    @Nullable Instant signedInAt, Instant passwordChangedAt) {}
