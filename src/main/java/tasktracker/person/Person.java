package tasktracker.person;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A person who writes in chats. */
public record Person(
    UUID id,
    String firstName,
    @Nullable String lastName,
    String fullName,
    @Nullable String email,
    @Nullable String phone,
    @Nullable String avatarUrl,
    boolean isActive,
    boolean isBot,
    Instant createdAt,
    Instant updatedAt) {

  static final String SELECT = """
      select p.id, p.first_name, p.last_name, trim(p.first_name || ' ' || coalesce(p.last_name, '')) as full_name,
        p.email, p.phone, case when a.person_id is not null then '/avatars/' || p.id end as avatar_url, p.is_active,
        p.is_bot, p.created_at, p.updated_at
        from person p left join avatar a on a.person_id = p.id
      """;
}
