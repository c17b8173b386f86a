package tasktracker.source.telegram;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tasktracker.message.Sources;
import tasktracker.platform.live.EventPublisher;
import tasktracker.platform.live.LiveTopic.Event;
import tasktracker.platform.security.Audit;

/** Connects Telegram and looks after the connection. Telegram is asked outside of transactions. */
@ApplicationScoped
public class TelegramConnection {

  /** What listeners hear; how it stands is asked by those who may. */
  public record Heard(String standing, int pendingUpdates) {}

  private @Nullable TelegramSetupStore setupStore;
  private @Nullable WebhookSecrets secrets;
  private @Nullable BotApiClient bot;
  private @Nullable CommandMenu menu;
  private @Nullable Sources sources;
  private @Nullable Audit audit;
  private @Nullable EventPublisher live;

  protected TelegramConnection() {}

  @Inject
  public TelegramConnection(TelegramSetupStore setupStore, WebhookSecrets secrets, BotApiClient bot, CommandMenu menu, Sources sources, Audit audit, EventPublisher live) {
    this.setupStore = setupStore;
    this.secrets = secrets;
    this.bot = bot;
    this.menu = menu;
    this.sources = sources;
    this.audit = audit;
    this.live = live;
  }

  /** Saves the address. Telegram goes on as before until it is registered. */
  @Transactional
  public TelegramSetup saveUrl(@Nullable String typed) {
    String url = PublicUrl.of(typed);
    setupStore.keepUrl(url);
    audit.record("telegram.url_saved", "source", "telegram", Map.of("url", url));
    return setupStore.now();
  }

  /**
   * Has Telegram deliver to the saved address, with a new secret, and shows its commands.
   *
   * @param forgetPending true to lose what Telegram holds back, which is a choice and never the default
   */
  public TelegramSetup register(boolean forgetPending) {
    TelegramSetup setup = setupStore.now();
    String url = setup.webhookUrl();
    if (url == null) {
      throw new InvalidInput("url.empty", "Save the public URL first.");
    }
    tell(url, setup.maxConnections(), forgetPending);
    audit.record("telegram.registered", "source", "telegram", Map.of("url", url, "forget_pending", forgetPending));
    setupStore.keepMode("webhook");
    setupStore.registered(url);
    menu.show();
    return check();
  }

  private void tell(String url, int connections, boolean forgetPending) {
    String secret = secrets.next();
    try {
      bot.register(url, secret, connections, forgetPending);
    } catch (BotApiException refused) {
      if (refused.kind() != BotApiException.Kind.SILENT) { // who did not answer may have taken it
        secrets.refused(secret);
      }
      throw refused;
    }
    secrets.taken(secret);
  }

  /** Has Telegram deliver nothing; it keeps what comes for a day. */
  public TelegramSetup unregister() {
    bot.unregister();
    audit.record("telegram.unregistered", "source", "telegram", Map.of());
    setupStore.registered(null);
    return check();
  }

  /** From now on one of our servers asks Telegram for updates; a webhook would forbid that, so it goes. */
  public TelegramSetup poll() {
    bot.unregister();
    audit.record("telegram.polling", "source", "telegram", Map.of());
    setupStore.registered(null);
    setupStore.keepMode("polling");
    menu.show();
    return check();
  }

  /** Takes nothing from Telegram any more, and keeps groups, messages and the address. */
  public TelegramSetup disable() {
    sources.activate(sources.named("telegram", "telegram"), false);
    setupStore.keepMode("off");
    audit.record("telegram.disabled", "source", "telegram", Map.of());
    return bot.hasToken() ? unregister() : setupStore.now();
  }

  /** Takes messages again; how Telegram is to bring them is chosen next. */
  @Transactional
  public TelegramSetup enable() {
    sources.activate(sources.named("telegram", "telegram"), true);
    setupStore.keepMode("webhook");
    audit.record("telegram.enabled", "source", "telegram", Map.of());
    return setupStore.now();
  }

  @Transactional
  public void onlyListed(boolean only) {
    setupStore.onlyListed(only);
    audit.record("telegram.only_listed", "source", "telegram", Map.of("only_listed", only));
  }

  /** Asks Telegram how it stands, writes that down and tells those who look. What is wrong is written down as well. */
  public TelegramSetup check() {
    try {
      setupStore.bot(bot.me());
      setupStore.webhook(bot.webhookInfo());
    } catch (BotApiException trouble) {
      setupStore.trouble(trouble);
    }
    TelegramSetup setup = setupStore.now();
    live.publish(Event.TELEGRAM_CHECKED, new Heard(setup.standing(), setup.pendingUpdates() == null ? 0 : setup.pendingUpdates()));
    return setup;
  }
}
