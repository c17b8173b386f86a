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
public class Commands {

  private static final Duration STALE = Duration.ofMinutes(10);

  private @Nullable Setups setups;
  private @Nullable TelegramConfig config;
  private @Nullable Jobs jobs;
  private @Nullable Clock clock;

  protected Commands() {}

  @Inject
  public Commands(Setups setups, TelegramConfig config, Jobs jobs, Clock clock) {
    this.setups = setups;
    this.config = config;
    this.jobs = jobs;
    this.clock = clock;
  }

  /** Joins the caller's transaction. What was asked long ago, while nobody listened, is answered no more. */
  void wish(UUID inboxId, JsonObject update) {
    Command command = config.botToken().isEmpty() ? null : Command.in(update);
    if (command != null && CommandMenu.COMMANDS.contains(command.word()) && command.at().isAfter(clock.instant().minus(STALE))
        && command.isFor(setups.now().botUsername())) {
      jobs.enqueue(new AnswerCommand(inboxId), Jobs.Order.once("telegram-answer:" + inboxId));
    }
  }
}
