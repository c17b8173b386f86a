package tasktracker.source.telegram;

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

class BotApiTest {

  private FakeTelegram telegram;

  @BeforeEach
  void start() throws IOException {
    telegram = new FakeTelegram();
  }

  @AfterEach
  void stop() {
    telegram.close();
  }

  @Test
  void olenasPictureComesInASizeThatPagesShow() throws Exception {
    BotApi api = api(telegram.base(), FakeTelegram.TOKEN);
    BotApi.Photo photo = api.profilePhoto(700).orElseThrow();
    assertThat(photo).isEqualTo(new BotApi.Photo("B", "b"));
    assertThat(api.download(photo)).isEqualTo(FakeTelegram.PICTURE);
  }

  @Test
  void whoHasNoPictureHasNone() throws Exception {
    assertThat(api(telegram.base(), FakeTelegram.TOKEN).profilePhoto(7)).isEmpty();
  }

  @Test
  void whenTelegramAsksToWaitTheJobWaits() {
    telegram.refuse(1);
    assertThatThrownBy(() -> api(telegram.base(), FakeTelegram.TOKEN).profilePhoto(700))
        .isInstanceOfSatisfying(JobSnoozed.class, e -> assertThat(e.pause()).hasSeconds(2));
  }

  @Test
  void aWrongTokenIsGivenUpAndNoFailureTellsTheToken() {
    assertThatThrownBy(() -> api(telegram.base(), "1:wrong").profilePhoto(700)).isInstanceOf(JobDiscarded.class)
        .hasMessageNotContaining("wrong");
    telegram.close();
    assertThatThrownBy(() -> api(telegram.base(), FakeTelegram.TOKEN).profilePhoto(700)).isInstanceOf(IOException.class)
        .hasNoCause().hasMessageNotContaining("secret");
    assertThatThrownBy(() -> api(telegram.base(), "a b").profilePhoto(700)).isInstanceOf(JobDiscarded.class);
  }

  private static BotApi api(String base, String token) {
    var settings = Map.of("telegram.api.base", base + "/", "telegram.bot.token", token);
    return new BotApi(new TelegramConfig(name -> Optional.ofNullable(settings.get(name))));
  }
}
