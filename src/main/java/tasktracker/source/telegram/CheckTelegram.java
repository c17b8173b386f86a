package tasktracker.source.telegram;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.time.ZoneOffset;
import tasktracker.platform.job.ApplicationStarted;
import tasktracker.platform.job.BackgroundHandler;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.JobRun;
import tasktracker.platform.job.Kind;
import tasktracker.platform.job.Schedules;
import tasktracker.source.telegram.bot.BotApiClient;

/** Check the state of the connection to Telegram. */
@Kind("check_telegram_task")
public record CheckTelegram() implements Job {

  /** Runs each minute on one node of the cluster. */
  @ApplicationScoped
  public static class Handler implements BackgroundHandler<CheckTelegram> {

    private final TelegramConnection connection;
    private final TelegramGroups groups;
    private final BotApiClient bot;
    private final Schedules schedules;

    @Inject
    public Handler(TelegramConnection connection, TelegramGroups groups, BotApiClient bot, Schedules schedules) {
      this.connection = connection;
      this.groups = groups;
      this.bot = bot;
      this.schedules = schedules;
    }

    void on(@ObservesAsync ApplicationStarted event) {
      if (bot.hasToken()) {
        schedules.put("check-telegram", "* * * * *", ZoneOffset.UTC, new CheckTelegram());
      }
    }

    @Override
    public Class<CheckTelegram> kind() {
      return CheckTelegram.class;
    }

    @Override
    public int attempts() {
      return 1; // the next minute is the next attempt
    }

    @Override
    public void perform(CheckTelegram job, JobRun run) {
      if (bot.hasToken() && connection.check().problem() == null) {
        groups.refreshStale();
      }
    }
  }
}
