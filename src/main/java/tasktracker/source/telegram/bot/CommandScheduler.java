package tasktracker.source.telegram.bot;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import tasktracker.platform.job.Jobs;
import tasktracker.source.telegram.TelegramConfig;
import tasktracker.source.telegram.TelegramSetupStore;

/** Detects commands in updates and enqueues their replies. */
@ApplicationScoped
public class CommandScheduler {

  private static final Duration MAX_AGE = Duration.ofMinutes(10);

  private final TelegramSetupStore setupStore;
  private final TelegramConfig config;
  private final Jobs jobs;
  private final Clock clock;

  @Inject
  public CommandScheduler(TelegramSetupStore setupStore, TelegramConfig config, Jobs jobs, Clock clock) {
    this.setupStore = setupStore;
    this.config = config;
    this.jobs = jobs;
    this.clock = clock;
  }

  /** Joins the caller's transaction. Commands older than ten minutes get no reply. */
  public void schedule(UUID inboxId, JsonObject update) {
    BotCommand command = config.botToken().isEmpty() ? null : BotCommand.parse(update);
    if (command != null && CommandMenu.COMMANDS.contains(command.word()) && command.at().isAfter(clock.instant().minus(MAX_AGE))
        && command.isFor(setupStore.get().botUsername())) {
      jobs.enqueue(new AnswerCommand(inboxId), Jobs.Options.once("telegram-answer:" + inboxId));
    }
  }
}
