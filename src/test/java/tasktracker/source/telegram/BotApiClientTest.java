package tasktracker.source.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tasktracker.source.telegram.bot.BotApiClient;
import tasktracker.source.telegram.bot.ResponseLimitExceeded;

class BotApiClientTest {

  private FakeTelegram telegram;
  private BotApiClient client;

  @BeforeEach
  void start() throws IOException {
    telegram = new FakeTelegram();
    Map<String, String> settings = Map.of("telegram.bot.token", FakeTelegram.TOKEN, "telegram.api.base", telegram.base());
    client = new BotApiClient(new TelegramConfig(name -> Optional.ofNullable(settings.get(name))));
  }

  @AfterEach
  void stop() {
    telegram.close();
  }

  @Test
  void updatesBeyondALimitAreNotTakenForNone() {
    telegram.bot().queue(FakeBot.json("{\"update_id\": 7, \"message\": {\"text\": \"\\\"update_id\\\": 3\"}}"));
    telegram.bot().queue(FakeBot.nested(8));
    assertThatThrownBy(() -> client.getUpdates(0, 100, Duration.ZERO)).isInstanceOfSatisfying(ResponseLimitExceeded.class, e -> {
      assertThat(e.firstUpdateId()).hasValue(7L);
      assertThat(e.text()).contains("nested more than 100 deep");
    });
    assertThat(client.getUpdates(0, 1, Duration.ZERO)).singleElement()
        .satisfies(update -> assertThat(update.number("update_id")).isEqualTo(7));
  }

  @Test
  void aTextIsNotTakenForTheIdOfAnUpdate() {
    assertThat(new ResponseLimitExceeded("", "{\"text\": \"\\\"update_id\\\": 3\", \"update_id\": 12}").firstUpdateId()).hasValue(12L);
    assertThat(new ResponseLimitExceeded("", "{\"text\": \"\\\"update_id\\\": 3\"}").firstUpdateId()).isEmpty();
  }
}
