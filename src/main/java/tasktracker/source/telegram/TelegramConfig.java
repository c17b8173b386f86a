package tasktracker.source.telegram;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.config.ConfigProvider;

/** Environment variables for Telegram: TELEGRAM_WEBHOOK_SECRET and others. */
@ApplicationScoped
public class TelegramConfig {

  private final Function<String, Optional<String>> settings;

  @Inject
  public TelegramConfig() {
    this(name -> ConfigProvider.getConfig().getOptionalValue(name, String.class));
  }

  public TelegramConfig(Function<String, Optional<String>> settings) {
    this.settings = settings;
  }

  /** The secret that Telegram must send in its header, if the operator sets one. */
  public Optional<String> webhookSecret() {
    return text("telegram.webhook.secret");
  }

  /** The bot's token; never stored, logged or shown. */
  public Optional<String> botToken() {
    return text("telegram.bot.token");
  }

  /** Base URL of the Bot API. */
  public String apiBase() {
    return text("telegram.api.base").orElse("https://api.telegram.org").replaceFirst("/+$", "");
  }

  /** Public URL of the server, used for links and as the default; a URL that is saved on the page takes precedence. */
  public Optional<String> publicUrl() {
    return text("public.url").map(url -> url.replaceFirst("/+$", ""));
  }

  private Optional<String> text(String name) {
    return settings.apply(name).map(String::strip).filter(s -> !s.isEmpty());
  }
}
