package tasktracker.source.telegram;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.job.Jobs;

/** Hears commands among the updates and has them answered by a job. */
@ApplicationScoped
public class CommandScheduler {

  private static final Duration STALE = Duration.ofMinutes(10);

  private @Nullable TelegramSetupStore setupStore;
  private @Nullable TelegramConfig config;
  private @Nullable Jobs jobs;
  private @Nullable Clock clock;

  protected CommandScheduler() {}

  @Inject
  public CommandScheduler(TelegramSetupStore setupStore, TelegramConfig config, Jobs jobs, Clock clock) {
    this.setupStore = setupStore;
    this.config = config;
    this.jobs = jobs;
    this.clock = clock;
  }

  /** Joins the caller's transaction. What was asked long ago, while nobody listened, is answered no more. */
  void wish(UUID inboxId, JsonObject update) {
    BotCommand command = config.botToken().isEmpty() ? null : BotCommand.in(update);
    if (command != null && CommandMenu.COMMANDS.contains(command.word()) && command.at().isAfter(clock.instant().minus(STALE))
        && command.isFor(setupStore.now().botUsername())) {
      jobs.enqueue(new AnswerCommand(inboxId), Jobs.Options.once("telegram-answer:" + inboxId));
    }
  }
}
