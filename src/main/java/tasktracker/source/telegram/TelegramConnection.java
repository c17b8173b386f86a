package tasktracker.source.telegram;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tasktracker.message.Sources;
import tasktracker.platform.live.EventPublisher;
import tasktracker.platform.live.LiveTopic.Event;
import tasktracker.platform.security.audit.Audit;
import tasktracker.source.telegram.bot.BotApiClient;
import tasktracker.source.telegram.bot.BotApiException;
import tasktracker.source.telegram.bot.CommandMenu;
import tasktracker.source.telegram.update.WebhookSecrets;

/** Connects Telegram and checks the connection. No transaction is open during requests to Telegram. */
@ApplicationScoped
public class TelegramConnection {

  /** Payload of the event about a check; only authorised users can read the details. */
  public record ConnectionPayload(String standing, int pendingUpdates) {}

  private final TelegramSetupStore setupStore;
  private final WebhookSecrets secrets;
  private final BotApiClient bot;
  private final CommandMenu menu;
  private final Sources sources;
  private final Audit audit;
  private final EventPublisher live;

  @Inject
  public TelegramConnection(TelegramSetupStore setupStore, WebhookSecrets secrets, BotApiClient bot, CommandMenu menu, Sources sources,
      Audit audit, EventPublisher live) {
    this.setupStore = setupStore;
    this.secrets = secrets;
    this.bot = bot;
    this.menu = menu;
    this.sources = sources;
    this.audit = audit;
    this.live = live;
  }

  /** Saves the URL. It takes effect when the webhook is registered. */
  @Transactional
  public TelegramSetup saveUrl(@Nullable String typed) {
    String url = PublicUrl.of(typed);
    setupStore.saveUrl(url);
    audit.record("telegram.url_saved", "source", "telegram", Map.of("url", url));
    return setupStore.get();
  }

  /**
   * Registers the webhook with the saved URL and a new secret, and sets the bot's commands.
   *
   * @param dropPending whether Telegram discards pending updates; never the default
   */
  public TelegramSetup register(boolean dropPending) {
    TelegramSetup setup = setupStore.get();
    String url = setup.webhookUrl();
    if (url == null) {
      throw new InvalidInput("url.empty", "Save the public URL first.");
    }
    setWebhook(url, setup.maxConnections(), dropPending);
    audit.record("telegram.registered", "source", "telegram", Map.of("url", url, "forget_pending", dropPending));
    setupStore.saveMode("webhook");
    setupStore.saveRegistration(url);
    menu.show();
    return check();
  }

  private void setWebhook(String url, int connections, boolean dropPending) {
    String secret = secrets.create();
    try {
      bot.setWebhook(url, secret, connections, dropPending);
    } catch (BotApiException refused) {
      if (refused.kind() != BotApiException.Kind.SILENT) { // without a response, Telegram may have accepted it
        secrets.revoke(secret);
      }
      throw refused;
    }
    secrets.confirm(secret);
  }

  /** Removes the webhook; Telegram keeps pending updates for a day. */
  public TelegramSetup unregister() {
    bot.deleteWebhook();
    audit.record("telegram.unregistered", "source", "telegram", Map.of());
    setupStore.saveRegistration(null);
    return check();
  }

  /** Enables long polling and removes the webhook, which would prevent it. */
  public TelegramSetup enablePolling() {
    bot.deleteWebhook();
    audit.record("telegram.polling", "source", "telegram", Map.of());
    setupStore.saveRegistration(null);
    setupStore.saveMode("polling");
    menu.show();
    return check();
  }

  /** Disables Telegram and keeps groups, messages and the URL. */
  public TelegramSetup disable() {
    sources.setActive(sources.getOrCreate("telegram", "telegram"), false);
    setupStore.saveMode("off");
    audit.record("telegram.disabled", "source", "telegram", Map.of());
    return bot.hasToken() ? unregister() : setupStore.get();
  }

  /** Enables Telegram; webhook or polling is chosen next. */
  @Transactional
  public TelegramSetup enable() {
    sources.setActive(sources.getOrCreate("telegram", "telegram"), true);
    setupStore.saveMode("webhook");
    audit.record("telegram.enabled", "source", "telegram", Map.of());
    return setupStore.get();
  }

  @Transactional
  public void setOnlyListed(boolean only) {
    setupStore.saveOnlyListed(only);
    audit.record("telegram.only_listed", "source", "telegram", Map.of("only_listed", only));
  }

  /** Checks the connection, saves the result or the error, and publishes an event. */
  public TelegramSetup check() {
    try {
      setupStore.saveBot(bot.getMe());
      setupStore.saveWebhookInfo(bot.getWebhookInfo());
    } catch (BotApiException trouble) {
      setupStore.saveError(trouble);
    }
    TelegramSetup setup = setupStore.get();
    live.publish(Event.TELEGRAM_CHECKED,
        new ConnectionPayload(setup.standing(), setup.pendingUpdates() == null ? 0 : setup.pendingUpdates()));
    return setup;
  }
}
