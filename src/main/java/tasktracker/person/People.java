package tasktracker.person;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
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
      Found found = find(sql, source, speaker);
      if (found != null && found.isRenamed() && !speaker.isStandIn()) {
        rename(sql, found.id(), speaker);
      }
      return found == null ? welcome(sql, source, speaker) : found.id();
    });
  }

  /** A person who was looked up, and whether the source calls them something else by now. */
  record Found(UUID id, boolean isRenamed) {}

  /**
   * Those of the ids that the source knows by name, with the persons behind them. Their names are left as they are. Who
   * has only a name that stands in for theirs ({@link Speaker#isStandIn}) is not among them.
   */
  public Map<String, UUID> known(UUID source, Collection<String> externalIds) {
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

  /** Takes the lock that a foreign key takes, so that the person is still there when their message is stored. */
  private static @Nullable Found find(Handle sql, UUID source, Speaker speaker) {
    return sql.createQuery("""
            select p.id, (p.first_name, p.last_name) is distinct from (:firstName, :lastName) as is_renamed
              from speaker s join person p on p.id = s.person_id
             where s.source_id = :source and s.external_id = :externalId for key share of p""")
        .bind("source", source).bind("externalId", speaker.externalId()).bind("firstName", cut(speaker.firstName()))
        .bindByType("lastName", cut(speaker.lastName()), String.class).map(Database.to(Found.class)).findOne().orElse(null);
  }

  /** A row that another transaction has locked is left to it: the next message tells the name again. */
  private static void rename(Handle sql, UUID person, Speaker speaker) {
    sql.createUpdate("""
            update person set first_name = :firstName, last_name = :lastName, updated_at = now()
             where id = (select id from person where id = :id for no key update skip locked)""")
        .bind("id", person).bind("firstName", cut(speaker.firstName())).bind("lastName", cut(speaker.lastName()))
        .execute();
  }

  private static UUID welcome(Handle sql, UUID source, Speaker speaker) {
    // Two messages of a newcomer may arrive at once; whoever comes second waits here and then finds the first.
    sql.createQuery("select pg_advisory_xact_lock(hashtextextended(:key, 1)) is null")
        .bind("key", source + speaker.externalId()).mapTo(Boolean.class).one();
    Found known = find(sql, source, speaker);
    return known == null ? made(sql, source, speaker) : known.id();
  }

  private static UUID made(Handle sql, UUID source, Speaker speaker) {
    UUID person = sameAddress(sql, speaker).or(() -> create(sql, speaker)).or(() -> sameAddress(sql, speaker)).orElseThrow();
    sql.createUpdate("insert into speaker (source_id, external_id, person_id) values (:source, :externalId, :person)")
        .bind("source", source).bind("externalId", speaker.externalId()).bind("person", person).execute();
    keepTelegramProfile(sql, source, person, speaker);
    return person;
  }

  private static Optional<UUID> sameAddress(Handle sql, Speaker speaker) {
    return speaker.email() == null ? Optional.empty() : sql.createQuery("select id from person where email = :email")
        .bind("email", speaker.email()).mapTo(UUID.class).findOne();
  }

  /** Empty when another transaction has created a person of the same address meanwhile. */
  private static Optional<UUID> create(Handle sql, Speaker speaker) {
    return sql.createQuery("""
            insert into person (id, first_name, last_name, email, is_bot)
            values (:id, :firstName, :lastName, :email, :bot) on conflict (email) do nothing returning id""")
        .bind("id", Ids.next()).bind("firstName", cut(speaker.firstName())).bind("lastName", cut(speaker.lastName()))
        .bind("email", speaker.email()).bind("bot", speaker.isBot()).mapTo(UUID.class).findOne();
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
