package tasktracker.person;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;

/** Profile pictures of people. */
@ApplicationScoped
public class Avatars {

  /** A stored picture. */
  public record Avatar(String mediaType, byte[] bytes, Instant fetchedAt) {}

  private final Database database;

  @Inject
  public Avatars(Database database) {
    this.database = database;
  }

  public Optional<Avatar> of(UUID person) {
    return database.ask(sql -> sql.createQuery("select media_type, bytes, fetched_at from avatar where person_id = :person")
        .bind("person", person).map(Database.to(Avatar.class)).findOne());
  }

  /** True when the stored picture has this key. */
  public boolean has(UUID person, String key) {
    return database.ask(sql -> sql.createQuery("select exists (select from avatar where person_id = :person and file_key = :key)")
        .bind("person", person).bind("key", key).mapTo(Boolean.class).one());
  }

  /** Saves a JPEG, PNG or WebP picture; other data is ignored. */
  @Transactional
  public void save(UUID person, byte[] bytes, String key) {
    String type = mediaType(bytes);
    if (type != null) {
      database.run(sql -> sql.createUpdate("""
              insert into avatar (person_id, media_type, bytes, file_key)
              select id, :type, :bytes, :key from person where id = :person
              on conflict (person_id) do update set media_type = excluded.media_type, bytes = excluded.bytes,
                file_key = excluded.file_key, fetched_at = now()""")
          .bind("person", person).bind("type", type).bind("bytes", bytes).bind("key", key).execute());
    }
  }

  /** Detects the media type from the first bytes, whatever type the sender declares. */
  static @Nullable String mediaType(byte[] b) {
    if (b.length > 3 && (b[0] & 0xFF) == 0xFF && (b[1] & 0xFF) == 0xD8) {
      return "image/jpeg";
    }
    if (b.length > 8 && (b[0] & 0xFF) == 0x89 && b[1] == 'P' && b[2] == 'N' && b[3] == 'G') {
      return "image/png";
    }
    return b.length > 12 && b[0] == 'R' && b[1] == 'I' && b[2] == 'F' && b[8] == 'W' && b[9] == 'E' ? "image/webp" : null;
  }

  /** The Telegram user id of a person. */
  public OptionalLong telegramUser(UUID person) {
    return database.ask(sql -> sql.createQuery("select telegram_user_id from telegram_profile where person_id = :person")
        .bind("person", person).mapTo(Long.class).findOne()).map(OptionalLong::of).orElse(OptionalLong.empty());
  }
}
