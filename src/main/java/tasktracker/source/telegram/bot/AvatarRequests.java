package tasktracker.source.telegram.bot;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;
import tasktracker.person.Speaker;
import tasktracker.platform.data.Database;
import tasktracker.platform.job.Jobs;
import tasktracker.source.telegram.TelegramConfig;

/** Enqueues jobs that fetch the avatars of authors, at most once a week for each. */
@ApplicationScoped
public class AvatarRequests {

  private final Database database;
  private final Jobs jobs;
  private final TelegramConfig config;

  @Inject
  public AvatarRequests(Database database, Jobs jobs, TelegramConfig config) {
    this.database = database;
    this.jobs = jobs;
    this.config = config;
  }

  /**
   * Enqueues a job for an author who just wrote, unless it was done within a week or is in progress. Joins the caller's
   * transaction and does not wait for others.
   */
  public void requestIfDue(UUID source, Speaker speaker) {
    if (config.botToken().isPresent() && speaker.externalId().matches("user:\\d{1,18}")) {
      database.ask(sql -> sql.createQuery("""
              insert into avatar_ask as a (person_id)
              select s.person_id from speaker s left join avatar_ask asked using (person_id)
               where s.source_id = :source and s.external_id = :speaker
                 and case when asked.asked_at is null or asked.asked_at < now() - interval '7 days'
                          then pg_try_advisory_xact_lock(hashtextextended(s.person_id::text, 4)) end
              on conflict (person_id) do update set asked_at = now() where a.asked_at < now() - interval '7 days'
              returning person_id""")
          .bind("source", source).bind("speaker", speaker.externalId()).mapTo(UUID.class).findOne())
          .ifPresent(person -> jobs.enqueue(new FetchAvatar(person), Jobs.Options.once("avatar:" + person)));
    }
  }
}
