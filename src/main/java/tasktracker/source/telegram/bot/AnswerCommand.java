package tasktracker.source.telegram.bot;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import tasktracker.platform.data.Database;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.JobDiscarded;
import tasktracker.platform.job.JobHandler;
import tasktracker.platform.job.JobRun;
import tasktracker.platform.job.JobSnoozed;
import tasktracker.platform.job.Kind;
import tasktracker.platform.job.Queue;
import tasktracker.source.telegram.update.TelegramUpdate;

/** Reply to a command that was sent to the bot. */
@Kind("answer_telegram_command")
public record AnswerCommand(UUID inboxId) implements Job {

  /**
   * Sends replies at most once: a reply is recorded before it is sent, and when it is unknown whether Telegram received
   * it, it is not sent again. Only a rate limit removes the record.
   */
  @ApplicationScoped
  public static class Handler implements JobHandler<AnswerCommand> {

    private final Database database;
    private final BotApiClient bot;
    private final CommandReplies replies;

    @Inject
    public Handler(Database database, BotApiClient bot, CommandReplies replies) {
      this.database = database;
      this.bot = bot;
      this.replies = replies;
    }

    @Override
    public Class<AnswerCommand> kind() {
      return AnswerCommand.class;
    }

    @Override
    public Queue queue() {
      return Queue.INTERACTIVE;
    }

    @Override
    public void perform(AnswerCommand job, JobRun run) {
      BotCommand command = command(job.inboxId());
      String text = replies.replyTo(command);
      if (!markAnswered(job.inboxId())) {
        throw new JobDiscarded("The command may already have been answered");
      }
      try {
        bot.sendMessage(command.chat(), command.message(), command.thread(), text);
      } catch (BotApiException trouble) {
        handleRejection(job.inboxId(), trouble);
      }
    }

    private BotCommand command(UUID inboxId) {
      String body = database.ask(sql -> sql.createQuery("select body::text from inbox where id = :id").bind("id", inboxId)
          .mapTo(String.class).findOne()).orElseThrow(() -> new JobDiscarded("The update no longer exists"));
      BotCommand command = BotCommand.parse(TelegramUpdate.of(body).json());
      if (command == null) {
        throw new JobDiscarded("The update contains no command");
      }
      return command;
    }

    private boolean markAnswered(UUID inboxId) {
      return database.ask(sql -> sql.createUpdate("insert into telegram_answer (inbox_id) values (:id) on conflict do nothing")
          .bind("id", inboxId).execute()) == 1;
    }

    private void handleRejection(UUID inboxId, BotApiException trouble) {
      if (trouble.kind() == BotApiException.Kind.TOO_MANY) {
        database.run(sql -> sql.createUpdate("delete from telegram_answer where inbox_id = :id").bind("id", inboxId).execute());
        throw new JobSnoozed(trouble.retryAfter() == null ? Duration.ofSeconds(30) : trouble.retryAfter(),
            "Telegram limits the request rate");
      }
      throw new JobDiscarded("Telegram rejected the reply: " + trouble.kind() + " " + trouble.text());
    }
  }
}
