package tasktracker.person;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.Ids;

/** Repository of all people who have written in a chat. */
@ApplicationScoped
public class People {

  private static final String SILENT = """
      not exists (select from message m where m.author_id = p.id)
        and not exists (select from deleted_message d where d.author_id = p.id)""";
  private final Database database;

  @Inject
  public People(Database database) {
    this.database = database;
  }

  /**
   * Finds the person with the speaker's id at a source, or creates one, and updates the name. Joins the caller's
   * transaction.
   */
  @Transactional
  public UUID identify(UUID source, Speaker speaker) {
    return database.ask(sql -> {
      Found found = find(sql, source, speaker);
      if (found != null && found.isRenamed() && !speaker.isStandIn()) {
        rename(sql, found.id(), speaker);
      }
      return found == null ? findOrCreate(sql, source, speaker) : found.id();
    });
  }

  /** A person that was found, and whether the name has changed at the source. */
  record Found(UUID id, boolean isRenamed) {}

  /**
   * Finds the people with these ids at a source, by external id, except those with a placeholder for a name
   * ({@link Speaker#isStandIn}). Does not update their names.
   */
  public Map<String, UUID> findIds(UUID source, Collection<String> externalIds) {
    return database.ask(sql -> sql.createQuery("""
            select s.external_id, s.person_id from speaker s join person p on p.id = s.person_id
             where s.source_id = :source and s.external_id = any(:ids)
               and not (p.last_name is null and p.first_name in (:deleted, :unknown, s.external_id))""")
        .bind("source", source).bindArray("ids", String.class, externalIds)
        .bind("deleted", Speaker.DELETED).bind("unknown", Speaker.UNKNOWN)
        .reduceRows(new HashMap<>(), (known, row) -> {
          known.put(row.getColumn("external_id", String.class), row.getColumn("person_id", UUID.class));
          return known;
        }));
  }

  /** Takes the same lock as a foreign key, so that the person cannot be deleted before the message is stored. */
  private static @Nullable Found find(Handle sql, UUID source, Speaker speaker) {
    return sql.createQuery("""
            select p.id, (p.first_name, p.last_name) is distinct from (:firstName, :lastName) as is_renamed
              from speaker s join person p on p.id = s.person_id
             where s.source_id = :source and s.external_id = :externalId for key share of p""")
        .bind("source", source).bind("externalId", speaker.externalId()).bind("firstName", truncate(speaker.firstName()))
        .bindByType("lastName", truncate(speaker.lastName()), String.class).map(Database.to(Found.class)).findOne().orElse(null);
  }

  /**
   * Deletes the people of a source that were created since then and that have no messages, not even deleted ones. Joins the
   * caller's transaction. The second statement sees what was committed before the rows were locked: a message that
   * arrived in the meantime is not deleted with its author.
   */
  @Transactional
  public void deleteUnused(UUID source, @Nullable Instant since) {
    database.run(sql -> {
      List<UUID> locked = sql.createQuery("""
              select p.id from person p join speaker s on s.person_id = p.id and s.source_id = :source
               where p.created_at >= :since and\s""" + SILENT + " for update of p skip locked")
          .bind("source", source).bind("since", since).mapTo(UUID.class).list();
      sql.createUpdate("delete from person p where p.id = any(:locked) and " + SILENT)
          .bindArray("locked", UUID.class, locked).execute();
    });
  }

  /** Skips a row that another transaction has locked; the next message updates the name. */
  private static void rename(Handle sql, UUID person, Speaker speaker) {
    sql.createUpdate("""
            update person set first_name = :firstName, last_name = :lastName, updated_at = now()
             where id = (select id from person where id = :id for no key update skip locked)""")
        .bind("id", person).bind("firstName", truncate(speaker.firstName())).bind("lastName", truncate(speaker.lastName()))
        .execute();
  }

  private static UUID findOrCreate(Handle sql, UUID source, Speaker speaker) {
    // When two messages of a new person arrive at once, the second transaction waits here and then finds the person.
    sql.createQuery("select pg_advisory_xact_lock(hashtextextended(:key, 1)) is null")
        .bind("key", source + speaker.externalId()).mapTo(Boolean.class).one();
    Found known = find(sql, source, speaker);
    return known == null ? createSpeaker(sql, source, speaker) : known.id();
  }

  private static UUID createSpeaker(Handle sql, UUID source, Speaker speaker) {
    UUID person = findByEmail(sql, speaker).or(() -> create(sql, speaker)).or(() -> findByEmail(sql, speaker)).orElseThrow();
    sql.createUpdate("insert into speaker (source_id, external_id, person_id) values (:source, :externalId, :person)")
        .bind("source", source).bind("externalId", speaker.externalId()).bind("person", person).execute();
    saveTelegramProfile(sql, source, person, speaker);
    return person;
  }

  private static Optional<UUID> findByEmail(Handle sql, Speaker speaker) {
    return speaker.email() == null
        ? Optional.empty()
        : sql.createQuery("select id from person where email = :email")
            .bind("email", speaker.email()).mapTo(UUID.class).findOne();
  }

  /** Empty when another transaction has created a person with the same email address meanwhile. */
  private static Optional<UUID> create(Handle sql, Speaker speaker) {
    return sql.createQuery("""
            insert into person (id, first_name, last_name, email, is_bot)
            values (:id, :firstName, :lastName, :email, :bot) on conflict (email) do nothing returning id""")
        .bind("id", Ids.next()).bind("firstName", truncate(speaker.firstName())).bind("lastName", truncate(speaker.lastName()))
        .bind("email", speaker.email()).bind("bot", speaker.isBot()).mapTo(UUID.class).findOne();
  }

  private static void saveTelegramProfile(Handle sql, UUID source, UUID person, Speaker speaker) {
    if (!speaker.externalId().matches("user:\\d{1,18}")) {
      return;
    }
    sql.createUpdate("""
            insert into telegram_profile (id, telegram_user_id, person_id, source_id, first_name, last_name, username,
              language_code, is_bot, is_premium)
            values (:id, :telegramId, :person, :source, :firstName, :lastName, :username, :language, :bot, :premium)
            on conflict do nothing""")
        .bind("id", Ids.next()).bind("telegramId", Long.parseLong(speaker.externalId().substring(5)))
        .bind("person", person).bind("source", source).bind("firstName", truncate(speaker.firstName()))
        .bind("lastName", truncate(speaker.lastName())).bind("username", speaker.username())
        .bind("language", speaker.languageCode()).bind("bot", speaker.isBot()).bind("premium", speaker.isPremium())
        .execute();
  }

  private static @Nullable String truncate(@Nullable String name) {
    return name == null || name.length() <= 200 ? name : name.substring(0, name.offsetByCodePoints(0, 100));
  }
}
