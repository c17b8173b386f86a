package tasktracker.source.telegram.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tasktracker.message.Sources;
import tasktracker.person.Avatars;
import tasktracker.person.People;
import tasktracker.person.Speaker;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.OpenTransaction;
import tasktracker.platform.data.TestDatabase;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.JobDiscarded;
import tasktracker.platform.job.JobRun;
import tasktracker.platform.job.Jobs;
import tasktracker.source.telegram.FakeTelegram;
import tasktracker.source.telegram.TelegramConfig;

/** Pictures on a real database, with a Telegram that is played. */
class AvatarFetchIT {

  private static final Speaker OLENA = Speaker.named("user:700", "Olena");
  private static TestDatabase schema;
  private static Database database;
  private static FakeTelegram telegram;
  private final List<Job> asked = new ArrayList<>();

  @BeforeAll
  static void start() throws IOException {
    schema = TestDatabase.create();
    database = schema.database();
    telegram = new FakeTelegram();
  }

  @AfterAll
  static void stop() {
    telegram.close();
    schema.close();
  }

  @Test
  void anAvatarIsRequestedOnceAWeekAndDownloadedOnce() throws Exception {
    UUID source = new Sources(database).getOrCreate("telegram", "telegram");
    UUID olena = new People(database).identify(source, OLENA);
    AvatarRequests portraits = new AvatarRequests(database, jobs(), config());
    portraits.requestIfDue(source, OLENA);
    portraits.requestIfDue(source, OLENA);
    portraits.requestIfDue(source, Speaker.named("channel:9", "News"));
    assertThat(asked).containsExactly(new FetchAvatar(olena));
    fetch(olena);
    fetch(olena);
    assertThat(new Avatars(database).of(olena).orElseThrow()).satisfies(picture -> {
      assertThat(picture.mediaType()).isEqualTo("image/png");
      assertThat(picture.bytes()).isEqualTo(FakeTelegram.PICTURE);
    });
    assertThat(telegram.asked().stream().filter(path -> path.startsWith("/file/"))).hasSize(1);
    database.run(sql -> sql.execute("update avatar_ask set asked_at = now() - interval '8 days'"));
    portraits.requestIfDue(source, OLENA);
    assertThat(asked).hasSize(2);
  }

  @Test
  void concurrentMessagesOfOneAuthorFetchTheAvatarOnce() {
    UUID source = new Sources(database).getOrCreate("telegram", "telegram");
    Speaker kevin = Speaker.named("user:702", "Kevin");
    UUID person = new People(database).identify(source, kevin);
    try (var one = OpenTransaction.on(schema); var other = OpenTransaction.on(schema)) {
      new AvatarRequests(one.database(), jobs(), config()).requestIfDue(source, kevin);
      new AvatarRequests(other.database(), jobs(), config()).requestIfDue(source, kevin);
      one.commit();
      other.commit();
    }
    new AvatarRequests(database, jobs(), config()).requestIfDue(source, kevin);
    assertThat(asked).containsExactly(new FetchAvatar(person));
  }

  @Test
  void aPersonWithoutTelegramIdHasNoAvatar() {
    assertThatThrownBy(() -> fetch(UUID.randomUUID())).isInstanceOf(JobDiscarded.class);
  }

  @Test
  void aFileThatIsNoPictureIsNotStored() {
    UUID source = new Sources(database).getOrCreate("telegram", "telegram");
    UUID kevin = new People(database).identify(source, Speaker.named("user:701", "Kevin"));
    new Avatars(database).save(kevin, "<svg onload=alert(1)>".getBytes(java.nio.charset.StandardCharsets.US_ASCII), "k");
    assertThat(new Avatars(database).of(kevin)).isEmpty();
  }

  private static void fetch(UUID person) throws Exception {
    new FetchAvatar.Handler(new ProfilePhotoClient(config()), new Avatars(database)).perform(new FetchAvatar(person), new Quiet());
  }

  private static TelegramConfig config() {
    var settings = Map.of("telegram.api.base", telegram.base(), "telegram.bot.token", FakeTelegram.TOKEN);
    return new TelegramConfig(name -> Optional.ofNullable(settings.get(name)));
  }

  private Jobs jobs() {
    return new Jobs() {
      @Override
      public UUID enqueue(Job job, Options options) {
        asked.add(job);
        return UUID.randomUUID();
      }

      @Override
      public void cancel(UUID job) {
        throw new UnsupportedOperationException();
      }
    };
  }

  private record Quiet() implements JobRun {
    @Override
    public UUID jobId() {
      return UUID.randomUUID();
    }

    @Override
    public int attempt() {
      return 1;
    }

    @Override
    public void progress(long done, long total, String note) {}

    @Override
    public boolean stopRequested() {
      return false;
    }

    @Override
    public void complete() {}
  }
}
