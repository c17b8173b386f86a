package tasktracker.person;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Telegram account of a person. */
public record TelegramProfile(UUID id, long telegramUserId, String firstName, @Nullable String lastName, String fullName,
    @Nullable String username, @Nullable String languageCode, boolean isBot, boolean isPremium, UUID userId, UUID sourceId,
    Instant createdAt, Instant updatedAt) {

  static final String SELECT = """
      select id, telegram_user_id, first_name, last_name, trim(first_name || ' ' || coalesce(last_name, '')) as full_name,
        username, language_code, is_bot, is_premium, person_id as user_id, source_id, created_at, updated_at
        from telegram_profile
      """;
}
