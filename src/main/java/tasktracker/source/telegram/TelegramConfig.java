package tasktracker.source.telegram;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.config.ConfigProvider;

/** What an operator sets for Telegram, as environment variables: TELEGRAM_WEBHOOK_SECRET and so on. */
@ApplicationScoped
public class TelegramConfig {

  private final Function<String, Optional<String>> settings;

  @Inject
  public TelegramConfig() {
    this(name -> ConfigProvider.getConfig().getOptionalValue(name, String.class));
  }

  TelegramConfig(Function<String, Optional<String>> settings) {
    this.settings = settings;
  }

  /** What Telegram must say in its header; without it the webhook is shut. */
  public Optional<String> webhookSecret() {
    return text("telegram.webhook.secret");
  }

  /** The bot's key; never stored, logged or shown. */
  public Optional<String> botToken() {
    return text("telegram.bot.token");
  }

  /** Where the Bot API is. */
  public String apiBase() {
    return text("telegram.api.base").orElse("https://api.telegram.org").replaceFirst("/+$", "");
  }

  /** Where people open the product, for links and to begin with; what is typed on the page counts more. */
  public Optional<String> publicUrl() {
    return text("public.url").map(url -> url.replaceFirst("/+$", ""));
  }

  private Optional<String> text(String name) {
    return settings.apply(name).map(String::strip).filter(s -> !s.isEmpty());
  }
}
