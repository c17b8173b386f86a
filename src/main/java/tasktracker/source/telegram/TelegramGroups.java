package tasktracker.source.telegram;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.message.IncomingMessage.ChatRef;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.Ids;
import tasktracker.platform.security.Audit;
import tasktracker.platform.web.Problem;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.source.LenientJson;

/** The groups we are to listen to. Removing one keeps its messages; nothing about the address touches them. */
@ApplicationScoped
public class TelegramGroups {

  /** Listed, or asked about at a time. */
  private static final int MOST = 500;
  private @Nullable Database database;
  private @Nullable BotApiClient bot;
  private @Nullable TelegramSetupStore setupStore;
  private @Nullable Audit audit;

  protected TelegramGroups() {}

  @Inject
  public TelegramGroups(Database database, BotApiClient bot, TelegramSetupStore setupStore, Audit audit) {
    this.database = database;
    this.bot = bot;
    this.setupStore = setupStore;
    this.audit = audit;
  }

  /** The first groups by title, up to five hundred. */
  public List<TelegramGroup> all() {
    return database.ask(sql -> sql.createQuery("""
            select g.*, c.id as chat_id,
                   (select coalesce(sum(n.messages), 0) from message_count n where n.chat_id = c.id) as messages,
                   (select max(m.sent_at) from message m where m.chat_id = c.id) as last_message_at
              from telegram_group g
              left join source s on s.name = 'telegram'
              left join chat_alias a on a.source_id = s.id and a.external_id = g.chat_key
              left join chat c on c.id = a.chat_id or a.chat_id is null and c.source_id = s.id and c.external_id = g.chat_key
             order by lower(coalesce(g.title, '')), g.telegram_id limit :most""").bind("most", MOST).map(Database.to(TelegramGroup.class)).list());
  }

  /** Adds the group that a person named by link, name or id; Telegram tells what it is called. */
  public void add(@Nullable String typed, String by) {
    LenientJson chat = ask(GroupIdParser.candidates(typed));
    if ("private".equals(chat.text("type")) || chat.number("id") == null) {
      throw new InvalidInput("group.person", "This is a user, not a group.");
    }
    boolean isNew = put(chat, by);
    audit.record("telegram.group_added", "telegram_group", chat.text("id"), Map.of("new", isNew));
    member(chat.number("id"));
  }

  /** Digits may mean a supergroup or a group of old: the first that Telegram knows. */
  private LenientJson ask(List<String> candidates) {
    for (String candidate : candidates.subList(0, candidates.size() - 1)) {
      try {
        return bot.chat(candidate);
      } catch (BotApiException trouble) {
        if (trouble.kind() != BotApiException.Kind.REFUSED) {
          throw trouble;
        }
      }
    }
    return bot.chat(candidates.getLast());
  }

  private boolean put(LenientJson chat, @Nullable String by) {
    long id = chat.number("id");
    String kind = chat.text("type") == null ? "group" : chat.text("type");
    ChatRef ref = PeerKey.chat(kind, id, chat.words("title"));
    return database.ask(sql -> sql.createQuery("""
            insert into telegram_group as g (id, telegram_id, chat_key, kind, title, username, added_by, refreshed_at)
            values (:id, :telegramId, :key, :kind, :title, :username, :by, now())
            on conflict (telegram_id) do update set kind = excluded.kind, title = coalesce(excluded.title, g.title),
               username = excluded.username, problem_text = null, refreshed_at = now()
            returning xmax = 0""")
        .bind("id", Ids.next()).bind("telegramId", id).bind("key", ref.externalId()).bind("kind", kind)
        .bind("title", ref.title()).bind("username", chat.words("username")).bind("by", by).mapTo(Boolean.class).one());
  }

  /** Telegram says that the bot was added to a group, made its administrator, or thrown out. Joins the caller's transaction. */
  void membership(LenientJson update) {
    LenientJson chat = update.row("chat");
    LenientJson now = update.row("new_chat_member");
    if (chat == null || now == null || chat.number("id") == null || "private".equals(chat.text("type"))) {
      return;
    }
    boolean isOut = List.of("left", "kicked").contains(String.valueOf(now.text("status")));
    if (!isOut && !isKnown(chat.number("id"))) {
      put(chat, null);
    }
    status(chat.number("id"), now.text("status"), null);
  }

  /** A group goes on as a supergroup under another id. Joins the caller's transaction. */
  void migrated(String oldKey, String newKey) {
    database.run(sql -> sql.createUpdate("""
            update telegram_group set chat_key = :new, telegram_id = ('-100' || split_part(:new, ':', 2))::bigint, kind = 'supergroup'
             where chat_key = :old and not exists (select from telegram_group where chat_key = :new)""")
        .bind("old", oldKey).bind("new", newKey).execute());
  }

  private boolean isKnown(long id) {
    return database.ask(sql -> sql.createQuery("select exists (select from telegram_group where telegram_id = :id)")
        .bind("id", id).mapTo(Boolean.class).one());
  }

  private void status(long id, @Nullable String status, @Nullable String problem) {
    database.run(sql -> sql.createUpdate("""
            update telegram_group set bot_status = coalesce(:status, bot_status), problem_text = :problem where telegram_id = :id""")
        .bind("id", id).bindByType("status", status, String.class).bindByType("problem", problem, String.class).execute());
  }

  /** Asks what the bot is in the group; what Telegram answers instead is shown with it. */
  private void member(long id) {
    Long me = setupStore.now().botId();
    try {
      status(id, bot.member(id, me == null ? bot.me().number("id") : me).text("status"), null);
    } catch (BotApiException trouble) {
      status(id, null, trouble.text());
    }
  }

  /** The group of that id at Telegram. */
  public Optional<UUID> find(long telegramId) {
    return database.ask(sql -> sql.createQuery("select id from telegram_group where telegram_id = :id").bind("id", telegramId)
        .mapTo(UUID.class).findOne());
  }

  /** Asks Telegram anew for the names of the groups that were asked about longest ago, and what the bot is in them. */
  public void refresh() {
    ids("true").forEach(this::refresh);
  }

  /** The same, for a few that were not asked about within an hour. */
  void refreshStale() {
    ids("coalesce(refreshed_at, created_at) < now() - interval '1 hour'").stream().limit(20).forEach(this::refresh);
  }

  private List<Long> ids(String condition) {
    return database.ask(sql -> sql.createQuery("select telegram_id from telegram_group where " + condition + " order by refreshed_at nulls first limit :most")
        .bind("most", MOST)
        .mapTo(Long.class).list());
  }

  private void refresh(long id) {
    try {
      put(bot.chat(String.valueOf(id)), null);
      member(id);
    } catch (BotApiException trouble) {
      if (trouble.kind() != BotApiException.Kind.REFUSED && trouble.kind() != BotApiException.Kind.FORBIDDEN) {
        throw trouble;
      }
      database.run(sql -> sql.createUpdate("update telegram_group set refreshed_at = now(), problem_text = :text where telegram_id = :id")
          .bind("id", id).bind("text", trouble.text()).execute());
    }
  }

  /** Forgets the group; what was said in it stays. */
  @Transactional
  public void remove(UUID id) {
    long gone = database.ask(sql -> sql.createQuery("delete from telegram_group where id = :id returning telegram_id")
        .bind("id", id).mapTo(Long.class).findOne()).orElseThrow(() -> Problem.notFound(LocalizedMessage.of("problem.none.group")));
    audit.record("telegram.group_removed", "telegram_group", gone, Map.of());
  }

  /** Why an update of this chat is only put aside; null when it is welcome. */
  @Nullable String unwelcome(UUID source, List<String> chatKeys) {
    return database.ask(sql -> sql.createQuery("""
            select case when not s.is_active then 'ignored, because Telegram is switched off here'
                        when t.only_listed and cardinality(:keys) > 0 and not exists (
                          select from telegram_group where chat_key = any(:keys))
                          then 'ignored, because only listed groups are taken' end
              from source s, telegram_setup t where s.id = :source""")
        .bind("source", source).bindArray("keys", String.class, chatKeys).mapTo(String.class).one());
  }
}
