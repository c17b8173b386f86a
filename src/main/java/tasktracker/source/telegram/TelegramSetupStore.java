package tasktracker.source.telegram;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;
import tasktracker.source.LenientJson;

/** The one row that says how Telegram reaches us. Every statement joins the caller's transaction. */
@ApplicationScoped
public class TelegramSetupStore {

  private @Nullable Database database;

  protected TelegramSetupStore() {}

  @Inject
  public TelegramSetupStore(Database database) {
    this.database = database;
  }

  /** How it stands, by what the database knows. */
  public TelegramSetup now() {
    return database.ask(sql -> sql.createQuery("""
            select t.*, coalesce(s.is_active, true) as is_active,
                   (select max(received_at) from inbox where source_id = s.id) as last_update_at
              from telegram_setup t left join source s on s.name = 'telegram'""")
        .map(Database.to(TelegramSetup.class)).one());
  }

  /** Keeps the address; whatever else is known, the groups above all, stays as it is. */
  void keepUrl(String url) {
    database.run(sql -> sql.createUpdate("update telegram_setup set public_url = :url").bind("url", url).execute());
  }

  void keepMode(String mode) {
    database.run(sql -> sql.createUpdate("""
            update telegram_setup set mode = :mode, poll_problem = null, poll_problem_text = null""").bind("mode", mode).execute());
  }

  void onlyListed(boolean only) {
    database.run(sql -> sql.createUpdate("update telegram_setup set only_listed = :only").bind("only", only).execute());
  }

  void registered(@Nullable String url) {
    database.run(sql -> sql.createUpdate("""
            update telegram_setup set registered_url = :url, active_url = coalesce(:url, ''),
                   registered_at = case when :url is null then null else now() end""")
        .bindByType("url", url, String.class).execute());
  }

  void bot(LenientJson me) {
    database.run(sql -> sql.createUpdate("""
            update telegram_setup set bot_id = :id, bot_username = :username, bot_name = :name, reads_all = :all,
                   problem = null, problem_text = null, checked_at = now()""")
        .bind("id", me.number("id")).bind("username", me.words("username")).bind("name", me.words("first_name"))
        .bind("all", me.isTrue("can_read_all_group_messages")).execute());
  }

  void webhook(LenientJson info) {
    Long pending = info.number("pending_update_count");
    database.run(sql -> sql.createUpdate("""
            update telegram_setup set active_url = :url, pending_updates = :pending, last_error = :error,
                   last_error_at = to_timestamp(:at)""")
        .bind("url", String.valueOf(info.words("url") == null ? "" : info.words("url")))
        .bind("pending", pending == null ? 0 : pending.intValue()).bind("error", info.words("last_error_message"))
        .bindByType("at", info.number("last_error_date"), Long.class).execute());
  }

  void trouble(BotApiException trouble) {
    database.run(sql -> sql.createUpdate("update telegram_setup set problem = :kind, problem_text = :text, checked_at = now()")
        .bind("kind", trouble.kind().wire()).bind("text", trouble.text()).execute());
  }

  /**
   * Takes or keeps the right to poll.
   *
   * @return the offset to ask with; empty when another server polls, or none should
   */
  Optional<Long> lease(String node, int seconds) {
    return database.ask(sql -> sql.createQuery("""
            update telegram_setup t set poll_node = :node, poll_until = now() + :seconds * interval '1 second'
             where mode = 'polling' and (poll_node = :node or poll_until is null or poll_until < now())
               and coalesce((select is_active from source where name = 'telegram'), true)
            returning case when poll_offset_at > now() - interval '1 day' then poll_offset else 0 end""")
        .bind("node", node).bind("seconds", seconds).mapTo(Long.class).findOne());
  }

  /** Moves on behind an update, in the transaction that keeps it; false when another server has taken over. */
  boolean advance(String node, long offset) {
    return database.ask(sql -> sql.createUpdate("""
            update telegram_setup set poll_offset = :offset, poll_offset_at = now()
             where poll_node = :node and poll_until > now()""")
        .bind("node", node).bind("offset", offset).execute()) == 1;
  }

  void polled(String node, @Nullable BotApiException trouble) {
    database.run(sql -> sql.createUpdate("""
            update telegram_setup set polled_at = case when :kind is null then now() else polled_at end,
                   poll_problem = :kind, poll_problem_text = :text where poll_node = :node""")
        .bindByType("kind", trouble == null ? null : trouble.kind().wire(), String.class)
        .bindByType("text", trouble == null ? null : trouble.text(), String.class).bind("node", node).execute());
  }

  void release(String node) {
    database.run(sql -> sql.createUpdate("update telegram_setup set poll_until = now(), poll_node = null where poll_node = :node")
        .bind("node", node).execute());
  }
}
