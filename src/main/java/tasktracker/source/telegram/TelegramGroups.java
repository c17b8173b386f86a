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
import tasktracker.platform.security.audit.Audit;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;
import tasktracker.source.format.LenientJson;
import tasktracker.source.telegram.bot.BotApiClient;
import tasktracker.source.telegram.bot.BotApiException;

/** The repository of groups. Removing a group keeps its messages. */
@ApplicationScoped
public class TelegramGroups {

  /** Maximum number of groups that are listed or refreshed. */
  private static final int MAX_GROUPS = 500;
  private final Database database;
  private final BotApiClient bot;
  private final TelegramSetupStore setupStore;
  private final Audit audit;

  @Inject
  public TelegramGroups(Database database, BotApiClient bot, TelegramSetupStore setupStore, Audit audit) {
    this.database = database;
    this.bot = bot;
    this.setupStore = setupStore;
    this.audit = audit;
  }

  /** Lists the first five hundred groups by title. */
  public List<TelegramGroup> list() {
    return database.ask(sql -> sql.createQuery("""
            select g.*, c.id as chat_id,
                   (select coalesce(sum(n.messages), 0) from message_count n where n.chat_id = c.id) as messages,
                   (select max(m.sent_at) from message m where m.chat_id = c.id) as last_message_at
              from telegram_group g
              left join source s on s.name = 'telegram'
              left join chat_alias a on a.source_id = s.id and a.external_id = g.chat_key
              left join chat c on c.id = a.chat_id or a.chat_id is null and c.source_id = s.id and c.external_id = g.chat_key
             order by lower(coalesce(g.title, '')), g.telegram_id limit :most""").bind("most", MAX_GROUPS)
        .map(Database.to(TelegramGroup.class)).list());
  }

  /** Adds the group that a person entered as link, name or id; Telegram returns its title. */
  public void add(@Nullable String typed, String by) {
    LenientJson chat = findChat(GroupIdParser.candidates(typed));
    if ("private".equals(chat.text("type")) || chat.number("id") == null) {
      throw new InvalidInput("group.person", "This is a user, not a group.");
    }
    boolean isNew = save(chat, by);
    audit.record("telegram.group_added", "telegram_group", chat.text("id"), Map.of("new", isNew));
    refreshBotStatus(chat.number("id"));
  }

  /** Digits can be a supergroup or a basic group: returns the first one that Telegram knows. */
  private LenientJson findChat(List<String> candidates) {
    for (String candidate : candidates.subList(0, candidates.size() - 1)) {
      try {
        return bot.getChat(candidate);
      } catch (BotApiException trouble) {
        if (trouble.kind() != BotApiException.Kind.REFUSED) {
          throw trouble;
        }
      }
    }
    return bot.getChat(candidates.getLast());
  }

  private boolean save(LenientJson chat, @Nullable String by) {
    long id = BotApiClient.id(chat);
    String kind = chat.text("type") == null ? "group" : chat.text("type");
    ChatRef ref = PeerKey.chat(kind, id, chat.nonBlank("title"));
    return database.ask(sql -> sql.createQuery("""
            insert into telegram_group as g (id, telegram_id, chat_key, kind, title, username, added_by, refreshed_at)
            values (:id, :telegramId, :key, :kind, :title, :username, :by, now())
            on conflict (telegram_id) do update set kind = excluded.kind, title = coalesce(excluded.title, g.title),
               username = excluded.username, problem_text = null, refreshed_at = now()
            returning xmax = 0""")
        .bind("id", Ids.next()).bind("telegramId", id).bind("key", ref.externalId()).bind("kind", kind)
        .bind("title", ref.title()).bind("username", chat.nonBlank("username")).bind("by", by).mapTo(Boolean.class).one());
  }

  /** Handles an update about the bot's membership in a group. Joins the caller's transaction. */
  public void updateMembership(LenientJson update) {
    LenientJson chat = update.object("chat");
    LenientJson now = update.object("new_chat_member");
    if (chat == null || now == null || chat.number("id") == null || "private".equals(chat.text("type"))) {
      return;
    }
    boolean isOut = List.of("left", "kicked").contains(String.valueOf(now.text("status")));
    if (!isOut && !isKnown(chat.number("id"))) {
      save(chat, null);
    }
    saveBotStatus(chat.number("id"), now.text("status"), null);
  }

  /** A group was upgraded to a supergroup with another id. Joins the caller's transaction. */
  public void updateChatKey(String oldKey, String newKey) {
    database.run(sql -> sql.createUpdate("""
            update telegram_group set chat_key = :new, telegram_id = ('-100' || split_part(:new, ':', 2))::bigint, kind = 'supergroup'
             where chat_key = :old and not exists (select from telegram_group where chat_key = :new)""")
        .bind("old", oldKey).bind("new", newKey).execute());
  }

  private boolean isKnown(long id) {
    return database.ask(sql -> sql.createQuery("select exists (select from telegram_group where telegram_id = :id)")
        .bind("id", id).mapTo(Boolean.class).one());
  }

  private void saveBotStatus(long id, @Nullable String status, @Nullable String problem) {
    database.run(sql -> sql.createUpdate("""
            update telegram_group set bot_status = coalesce(:status, bot_status), problem_text = :problem where telegram_id = :id""")
        .bind("id", id).bindByType("status", status, String.class).bindByType("problem", problem, String.class).execute());
  }

  /** Requests the bot's membership status; an error of Telegram is stored with the group. */
  private void refreshBotStatus(long id) {
    Long me = setupStore.get().botId();
    try {
      saveBotStatus(id, bot.getChatMember(id, me == null ? BotApiClient.id(bot.getMe()) : me).text("status"), null);
    } catch (BotApiException trouble) {
      saveBotStatus(id, null, trouble.text());
    }
  }

  /** Finds the group with that Telegram id. */
  public Optional<UUID> find(long telegramId) {
    return database.ask(sql -> sql.createQuery("select id from telegram_group where telegram_id = :id").bind("id", telegramId)
        .mapTo(UUID.class).findOne());
  }

  /** Refreshes titles and the bot's membership status, of the groups that were refreshed longest ago first. */
  public void refresh() {
    listIds("true").forEach(this::refresh);
  }

  /** Refreshes up to twenty groups that were not refreshed within an hour. */
  void refreshStale() {
    listIds("coalesce(refreshed_at, created_at) < now() - interval '1 hour'").stream().limit(20).forEach(this::refresh);
  }

  private List<Long> listIds(String condition) {
    return database.ask(sql -> sql
        .createQuery("select telegram_id from telegram_group where " + condition + " order by refreshed_at nulls first limit :most")
        .bind("most", MAX_GROUPS)
        .mapTo(Long.class).list());
  }

  private void refresh(long id) {
    try {
      save(bot.getChat(String.valueOf(id)), null);
      refreshBotStatus(id);
    } catch (BotApiException trouble) {
      if (trouble.kind() != BotApiException.Kind.REFUSED && trouble.kind() != BotApiException.Kind.FORBIDDEN) {
        throw trouble;
      }
      database.run(sql -> sql.createUpdate("update telegram_group set refreshed_at = now(), problem_text = :text where telegram_id = :id")
          .bind("id", id).bind("text", trouble.text()).execute());
    }
  }

  /** Removes the group; its messages remain. */
  @Transactional
  public void remove(UUID id) {
    long gone = database.ask(sql -> sql.createQuery("delete from telegram_group where id = :id returning telegram_id")
        .bind("id", id).mapTo(Long.class).findOne()).orElseThrow(() -> Problem.notFound(LocalizedMessage.of("problem.none.group")));
    audit.record("telegram.group_removed", "telegram_group", gone, Map.of());
  }

  /** Why updates of these chats are ignored; empty when they are accepted. */
  public Optional<LocalizedMessage> ignoreReason(UUID source, List<String> chatKeys) {
    return database.ask(sql -> sql.createQuery("""
            select case when not s.is_active then 'telegram.ignored.disabled'
                        when t.only_listed and cardinality(:keys) > 0 and not exists (
                          select from telegram_group where chat_key = any(:keys))
                          then 'telegram.ignored.not_listed' end
              from source s, telegram_setup t where s.id = :source""")
        .bind("source", source).bindArray("keys", String.class, chatKeys).mapTo(String.class).findOne())
        .map(LocalizedMessage::of);
  }
}
