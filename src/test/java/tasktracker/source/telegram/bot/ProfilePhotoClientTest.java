package tasktracker.source.telegram.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tasktracker.platform.job.JobDiscarded;
import tasktracker.platform.job.JobSnoozed;
import tasktracker.source.telegram.FakeTelegram;
import tasktracker.source.telegram.TelegramConfig;

class ProfilePhotoClientTest {

  private FakeTelegram photos;

  @BeforeEach
  void start() throws IOException {
    photos = new FakeTelegram();
  }

  @AfterEach
  void stop() {
    photos.close();
  }

  @Test
  void thePhotoHasTheLargestSizeUpTo640Pixels() throws Exception {
    ProfilePhotoClient api = api(photos.base(), FakeTelegram.TOKEN);
    ProfilePhotoClient.Photo photo = api.findProfilePhoto(700).orElseThrow();
    assertThat(photo).isEqualTo(new ProfilePhotoClient.Photo("B", "b"));
    assertThat(api.download(photo)).isEqualTo(FakeTelegram.PICTURE);
  }

  @Test
  void aUserWithoutPhotoHasNoAvatar() throws Exception {
    assertThat(api(photos.base(), FakeTelegram.TOKEN).findProfilePhoto(7)).isEmpty();
  }

  @Test
  void whenTelegramAsksToWaitTheJobWaits() {
    photos.refuse(1);
    assertThatThrownBy(() -> api(photos.base(), FakeTelegram.TOKEN).findProfilePhoto(700))
        .isInstanceOfSatisfying(JobSnoozed.class, e -> assertThat(e.pause()).hasSeconds(2));
  }

  @Test
  void aWrongTokenDiscardsTheJobAndIsNeverInAMessage() {
    assertThatThrownBy(() -> api(photos.base(), "1:wrong").findProfilePhoto(700)).isInstanceOf(JobDiscarded.class)
        .hasMessageNotContaining("wrong");
    photos.close();
    assertThatThrownBy(() -> api(photos.base(), FakeTelegram.TOKEN).findProfilePhoto(700)).isInstanceOf(IOException.class)
        .hasNoCause().hasMessageNotContaining("secret");
    assertThatThrownBy(() -> api(photos.base(), "a b").findProfilePhoto(700)).isInstanceOf(JobDiscarded.class);
  }

  private static ProfilePhotoClient api(String base, String token) {
    var settings = Map.of("telegram.api.base", base + "/", "telegram.bot.token", token);
    return new ProfilePhotoClient(new TelegramConfig(name -> Optional.ofNullable(settings.get(name))));
  }
}
