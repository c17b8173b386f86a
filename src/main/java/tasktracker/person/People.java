package tasktracker.person;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.Ids;

/** Everybody who ever spoke in a chat. */
@ApplicationScoped
public class People {

  private @Nullable Database database;

  protected People() {}

  @Inject
  public People(Database database) {
    this.database = database;
  }

  /**
   * The person a source knows under the speaker's id, made when heard for the first time; the name is brought up to
   * date. Joins the caller's transaction.
   */
  @Transactional
  public UUID identify(UUID source, Speaker speaker) {
    return database.ask(sql -> {
      UUID person = find(sql, source, speaker.externalId());
      return person == null ? welcome(sql, source, speaker) : refreshed(sql, person, speaker);
    });
  }

  /** Those of the ids that the source knows, with the persons behind them. Their names are left as they are. */
  public Map<String, UUID> known(UUID source, Collection<String> externalIds) {
    return database.ask(sql -> sql.createQuery(
            "select external_id, person_id from speaker where source_id = :source and external_id = any(:ids)")
        .bind("source", source).bindArray("ids", String.class, externalIds)
        .reduceRows(new HashMap<>(), (known, row) -> {
          known.put(row.getColumn("external_id", String.class), row.getColumn("person_id", UUID.class));
          return known;
        }));
  }

  private static @Nullable UUID find(Handle sql, UUID source, String externalId) {
    return sql.createQuery("select person_id from speaker where source_id = :source and external_id = :externalId")
        .bind("source", source).bind("externalId", externalId).mapTo(UUID.class).findOne().orElse(null);
  }

  private static UUID welcome(Handle sql, UUID source, Speaker speaker) {
    // Two messages of a newcomer may arrive at once; whoever comes second waits here and then finds the first.
    sql.createQuery("select pg_advisory_xact_lock(hashtextextended(:key, 1)) is null")
        .bind("key", source + speaker.externalId()).mapTo(Boolean.class).one();
    UUID known = find(sql, source, speaker.externalId());
    return known == null ? made(sql, source, speaker) : known;
  }

  private static UUID made(Handle sql, UUID source, Speaker speaker) {
    UUID person = sameAddress(sql, speaker);
    if (person == null) {
      person = add(sql, speaker);
    }
    sql.createUpdate("insert into speaker (source_id, external_id, person_id) values (:source, :externalId, :person)")
        .bind("source", source).bind("externalId", speaker.externalId()).bind("person", person).execute();
    keepTelegramProfile(sql, source, person, speaker);
    return person;
  }

  /** Another source may name the same address at this moment: whoever comes second finds the first. */
  private static UUID add(Handle sql, Speaker speaker) {
    UUID id = Ids.next();
    int added = sql.createUpdate("""
            insert into person (id, first_name, last_name, email, is_bot)
            values (:id, :firstName, :lastName, :email, :bot) on conflict (email) do nothing""")
        .bind("id", id).bind("firstName", cut(speaker.firstName())).bind("lastName", cut(speaker.lastName()))
        .bind("email", speaker.email()).bind("bot", speaker.isBot()).execute();
    return added == 1 ? id : Objects.requireNonNull(sameAddress(sql, speaker));
  }

  private static @Nullable UUID sameAddress(Handle sql, Speaker speaker) {
    return speaker.email() == null ? null : sql.createQuery("select id from person where email = :email")
        .bind("email", speaker.email()).mapTo(UUID.class).findOne().orElse(null);
  }

  private static UUID refreshed(Handle sql, UUID person, Speaker speaker) {
    sql.createUpdate("""
            update person set first_name = :firstName, last_name = :lastName, updated_at = now()
             where id = :id and (first_name, last_name) is distinct from (:firstName, :lastName)""")
        .bind("id", person).bind("firstName", cut(speaker.firstName())).bind("lastName", cut(speaker.lastName()))
        .execute();
    return person;
  }

  private static void keepTelegramProfile(Handle sql, UUID source, UUID person, Speaker speaker) {
    if (!speaker.externalId().matches("user:\\d{1,18}")) {
      return;
    }
    sql.createUpdate("""
            insert into telegram_profile (id, telegram_user_id, person_id, source_id, first_name, last_name, username,
              language_code, is_bot, is_premium)
            values (:id, :telegramId, :person, :source, :firstName, :lastName, :username, :language, :bot, :premium)
            on conflict do nothing""")
        .bind("id", Ids.next()).bind("telegramId", Long.parseLong(speaker.externalId().substring(5)))
        .bind("person", person).bind("source", source).bind("firstName", cut(speaker.firstName()))
        .bind("lastName", cut(speaker.lastName())).bind("username", speaker.username())
        .bind("language", speaker.languageCode()).bind("bot", speaker.isBot()).bind("premium", speaker.isPremium())
        .execute();
  }

  private static @Nullable String cut(@Nullable String name) {
    return name == null || name.length() <= 200 ? name : name.substring(0, name.offsetByCodePoints(0, 100));
  }
}
