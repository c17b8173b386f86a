package tasktracker.source.telegram;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;
import tasktracker.source.format.LenientJson;
import tasktracker.source.telegram.bot.BotApiException;

/** SQL statements about the single row of connection settings. All join the caller's transaction. */
@ApplicationScoped
public class TelegramSetupStore {

  private final Database database;

  @Inject
  public TelegramSetupStore(Database database) {
    this.database = database;
  }

  /** The connection as the database knows it. */
  public TelegramSetup get() {
    return database.ask(sql -> sql.createQuery("""
            select t.*, coalesce(s.is_active, true) as is_active,
                   (select max(received_at) from inbox where source_id = s.id) as last_update_at
              from telegram_setup t left join source s on s.name = 'telegram'""")
        .map(Database.to(TelegramSetup.class)).one());
  }

  /** Saves the URL and changes nothing else. */
  void saveUrl(String url) {
    database.run(sql -> sql.createUpdate("update telegram_setup set public_url = :url").bind("url", url).execute());
  }

  void saveMode(String mode) {
    database.run(sql -> sql.createUpdate("""
            update telegram_setup set mode = :mode, poll_problem = null, poll_problem_text = null""").bind("mode", mode).execute());
  }

  void saveOnlyListed(boolean only) {
    database.run(sql -> sql.createUpdate("update telegram_setup set only_listed = :only").bind("only", only).execute());
  }

  void saveRegistration(@Nullable String url) {
    database.run(sql -> sql.createUpdate("""
            update telegram_setup set registered_url = :url, active_url = coalesce(:url, ''),
                   registered_at = case when :url is null then null else now() end""")
        .bindByType("url", url, String.class).execute());
  }

  void saveBot(LenientJson me) {
    database.run(sql -> sql.createUpdate("""
            update telegram_setup set bot_id = :id, bot_username = :username, bot_name = :name, reads_all = :all,
                   problem = null, problem_text = null, checked_at = now()""")
        .bind("id", me.number("id")).bind("username", me.nonBlank("username")).bind("name", me.nonBlank("first_name"))
        .bind("all", me.isTrue("can_read_all_group_messages")).execute());
  }

  void saveWebhookInfo(LenientJson info) {
    Long pending = info.number("pending_update_count");
    database.run(sql -> sql.createUpdate("""
            update telegram_setup set active_url = :url, pending_updates = :pending, last_error = :error,
                   last_error_at = to_timestamp(:at)""")
        .bind("url", String.valueOf(info.nonBlank("url") == null ? "" : info.nonBlank("url")))
        .bind("pending", pending == null ? 0 : pending.intValue()).bind("error", info.nonBlank("last_error_message"))
        .bindByType("at", info.number("last_error_date"), Long.class).execute());
  }

  void saveError(BotApiException error) {
    database.run(sql -> sql.createUpdate("update telegram_setup set problem = :kind, problem_text = :text, checked_at = now()")
        .bind("kind", error.kind().wire()).bind("text", error.text()).execute());
  }

  /**
   * Acquires or renews the lease for polling.
   *
   * @return the offset of the next request; empty when another node holds the lease or polling is off
   */
  public Optional<Long> acquireLease(String node, int seconds) {
    return database.ask(sql -> sql.createQuery("""
            update telegram_setup t set poll_node = :node, poll_until = now() + :seconds * interval '1 second'
             where mode = 'polling' and (poll_node = :node or poll_until is null or poll_until < now())
               and coalesce((select is_active from source where name = 'telegram'), true)
            returning case when poll_offset_at > now() - interval '1 day' then poll_offset else 0 end""")
        .bind("node", node).bind("seconds", seconds).mapTo(Long.class).findOne());
  }

  /**
   * Advances the offset in the transaction that stores the update; returns false when another node has taken the lease.
   */
  public boolean advanceOffset(String node, long offset) {
    return database.ask(sql -> sql.createUpdate("""
            update telegram_setup set poll_offset = :offset, poll_offset_at = now()
             where poll_node = :node and poll_until > now()""")
        .bind("node", node).bind("offset", offset).execute()) == 1;
  }

  public void savePollResult(String node, @Nullable BotApiException error) {
    database.run(sql -> sql.createUpdate("""
            update telegram_setup set polled_at = case when :kind is null then now() else polled_at end,
                   poll_problem = :kind, poll_problem_text = :text where poll_node = :node""")
        .bindByType("kind", error == null ? null : error.kind().wire(), String.class)
        .bindByType("text", error == null ? null : error.text(), String.class).bind("node", node).execute());
  }

  public void releaseLease(String node) {
    database.run(sql -> sql.createUpdate("update telegram_setup set poll_until = now(), poll_node = null where poll_node = :node")
        .bind("node", node).execute());
  }
}
