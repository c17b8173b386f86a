package tasktracker.source.telegram.bot;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.util.List;
import java.util.Locale;
import tasktracker.platform.web.template.Translations;

/** The list of commands that Telegram shows when a user types a slash. */
@ApplicationScoped
public class CommandMenu {

  static final List<String> COMMANDS = List.of("start", "help", "status", "dashboard");
  private static final System.Logger LOG = System.getLogger(CommandMenu.class.getName());

  private final BotApiClient bot;
  private final Translations translations;

  @Inject
  public CommandMenu(BotApiClient bot, Translations translations) {
    this.bot = bot;
    this.translations = translations;
  }

  /** Sets the commands in English and Ukrainian. A failure does not affect the connection. */
  public void show() {
    try {
      bot.setMyCommands(null, Json.createObjectBuilder().add("commands", commands(Locale.ENGLISH)));
      bot.setMyCommands("uk", Json.createObjectBuilder().add("commands", commands(Locale.of("uk"))));
    } catch (BotApiException trouble) {
      LOG.log(System.Logger.Level.WARNING, "Telegram rejected the bot''s commands: {0} {1}", trouble.kind(), trouble.text());
    }
  }

  private JsonArrayBuilder commands(Locale locale) {
    JsonArrayBuilder list = Json.createArrayBuilder();
    COMMANDS.forEach(command -> list.add(Json.createObjectBuilder().add("command", command)
        .add("description", translations.of(locale, "telegram.command." + command))));
    return list;
  }
}
