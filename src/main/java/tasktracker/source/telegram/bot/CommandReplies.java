package tasktracker.source.telegram.bot;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import tasktracker.platform.data.Database;
import tasktracker.platform.job.JobStore;
import tasktracker.platform.web.template.Translations;
import tasktracker.source.telegram.TelegramConfig;
import tasktracker.source.telegram.TelegramSetupStore;

/** The bot's replies to commands. Only people who have written in a group get figures and URLs. */
@ApplicationScoped
public class CommandReplies {

  /** The number of messages and of unscored messages. */
  public record Figures(long messages, long unscored) {}

  private final Database database;
  private final TelegramSetupStore setupStore;
  private final TelegramConfig config;
  private final JobStore jobStore;
  private final Translations translations;

  @Inject
  public CommandReplies(Database database, TelegramSetupStore setupStore, TelegramConfig config, JobStore jobStore,
      Translations translations) {
    this.database = database;
    this.setupStore = setupStore;
    this.config = config;
    this.jobStore = jobStore;
    this.translations = translations;
  }

  String replyTo(BotCommand command) {
    return switch (command.word()) {
      case "status" -> isMember(command) ? status(command) : translate(command, "stranger");
      case "dashboard" -> isMember(command) ? dashboard(command) : translate(command, "stranger");
      case "help" -> translate(command, "help");
      default -> translate(command, "start");
    };
  }

  private String translate(BotCommand command, String key, Object... parameters) {
    return translations.of(command.locale(), "telegram.answer." + key, parameters);
  }

  private boolean isMember(BotCommand command) {
    return command.sender() != null && database.ask(sql -> sql.createQuery("""
            select exists (select from telegram_profile p join message m on m.author_id = p.person_id
                             join chat c on c.id = m.chat_id and c.kind <> 'private'
                            where p.telegram_user_id = :user)""").bind("user", command.sender()).mapTo(Boolean.class).one());
  }

  private String status(BotCommand command) {
    Figures figures = database.ask(sql -> sql.createQuery("""
            select coalesce(sum(messages), 0)::bigint as messages,
                   coalesce(sum(messages) filter (where noise_classification = 'unscored'), 0)::bigint as unscored
              from message_count""").map(Database.to(Figures.class)).one());
    return translate(command, "status", figures.messages(), figures.unscored(), jobStore.counts().unfinished());
  }

  private String dashboard(BotCommand command) {
    Optional<String> url = Optional.ofNullable(setupStore.get().publicUrl()).or(config::publicUrl);
    return url.map(u -> translate(command, "dashboard", u)).orElseGet(() -> translate(command, "dashboard.none"));
  }
}
