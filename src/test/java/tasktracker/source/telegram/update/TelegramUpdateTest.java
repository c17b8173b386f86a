package tasktracker.source.telegram.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tasktracker.platform.web.problem.Problem;

class TelegramUpdateTest {

  @Test
  void aPolledUpdateBeyondTheLimitsOfTheWebhookIsKept() {
    JsonArrayBuilder many = Json.createArrayBuilder();
    IntStream.range(0, 60_000).forEach(many::add);
    JsonObject update = Json.createObjectBuilder().add("update_id", 7).add("x", many).build();
    assertThatThrownBy(() -> TelegramUpdate.of(update.toString())).isInstanceOf(Problem.class);
    assertThat(TelegramUpdate.ofPolled(update).id()).isEqualTo(7);
    assertThat(TelegramUpdate.ofPolled(update).storable()).contains("59999");
  }
}
