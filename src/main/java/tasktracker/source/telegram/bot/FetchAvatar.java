package tasktracker.source.telegram.bot;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.UUID;
import tasktracker.person.Avatars;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.JobDiscarded;
import tasktracker.platform.job.JobHandler;
import tasktracker.platform.job.JobRun;
import tasktracker.platform.job.Kind;
import tasktracker.platform.job.Queue;

/** Fetch the avatar of a person from Telegram. */
@Kind("fetch_avatar_task")
public record FetchAvatar(UUID personId) implements Job {

  /** Fetches avatars from Telegram and stores their bytes: a URL would contain the bot's token. */
  @ApplicationScoped
  public static class Handler implements JobHandler<FetchAvatar> {

    private final ProfilePhotoClient photos;
    private final Avatars avatars;

    @Inject
    public Handler(ProfilePhotoClient photos, Avatars avatars) {
      this.photos = photos;
      this.avatars = avatars;
    }

    @Override
    public Class<FetchAvatar> kind() {
      return FetchAvatar.class;
    }

    @Override
    public Queue queue() {
      return Queue.BULK;
    }

    @Override
    public int concurrency() {
      return 2;
    }

    @Override
    public void perform(FetchAvatar job, JobRun run) throws IOException, InterruptedException {
      OptionalLong user = avatars.telegramUser(job.personId());
      if (user.isEmpty()) {
        throw new JobDiscarded("Telegram does not know this user");
      }
      ProfilePhotoClient.Photo photo = photos.findProfilePhoto(user.getAsLong()).orElse(null);
      if (photo != null && !avatars.has(job.personId(), photo.key())) {
        avatars.save(job.personId(), photos.download(photo), photo.key());
      }
    }
  }
}
