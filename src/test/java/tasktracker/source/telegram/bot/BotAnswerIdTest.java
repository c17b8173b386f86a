package tasktracker.source.telegram.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import org.junit.jupiter.api.Test;
import tasktracker.source.format.LenientJson;

class BotAnswerIdTest {

  @Test
  void theIdOfAChatIsReadFromTheAnswer() {
    assertThat(BotApiClient.id(new LenientJson(Json.createObjectBuilder().add("id", -100123).build()))).isEqualTo(-100123);
  }

  @Test
  void anAnswerWithoutAnIdIsAnErrorOfTelegram() {
    LenientJson answer = new LenientJson(Json.createObjectBuilder().add("id", "none").build());
    assertThatThrownBy(() -> BotApiClient.id(answer)).isInstanceOf(BotApiException.class).hasMessage("Telegram's answer has no id");
  }
}
