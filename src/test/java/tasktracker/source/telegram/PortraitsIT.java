package tasktracker.source.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tasktracker.harness.Answer;
import tasktracker.harness.Product;
import tasktracker.harness.Waiting;

/** A product whose bot has a token, and a Telegram that is played. */
class PortraitsIT {

  @Test
  void olenasPictureIsFetchedOnceAndTheTokenIsNowhereKept() throws IOException {
    try (var telegram = new FakeTelegram(); var product = Product.quick("portraits",
        Map.of("TELEGRAM_BOT_TOKEN", FakeTelegram.TOKEN, "TELEGRAM_API_BASE", telegram.base())).start()) {
      says(product, 1, 700);
      says(product, 2, 7);
      UUID olena = person(product, 700);
      Answer picture = Waiting.forValue("picture", Duration.ofSeconds(30), () -> product.api().get("/avatars/" + olena), a -> a.status() == 200);
      assertThat(picture.header("Content-Type")).hasValue("image/png");
      assertThat(picture.header("X-Content-Type-Options")).hasValue("nosniff");
      product.anonymous().with("Accept", "application/json").get("/avatars/" + olena).expect(401);
      product.api().get("/avatars/" + person(product, 7)).expect(404);
      says(product, 3, 700);
      assertThat(product.count("select count(*) from avatar_ask")).isEqualTo(2);
      assertThat(product.count("select count(*) from job where payload::text like '%secret-token%'")).isZero();
      assertThat(Files.readString(Path.of("target/server/portraits/console.log"))).doesNotContain("secret-token-of-the-test-bot");
    }
  }

  private static void says(Product product, int number, long user) {
    product.telegram().post("/webhook/telegram", """
        {"update_id": %d, "message": {"message_id": %d, "date": 1700000000, "text": "hello", "from": {"id": %d, "first_name": "Olena"},
         "chat": {"id": -1001, "type": "supergroup", "title": "Team"}}}""".formatted(number, number, user)).expect(200);
  }

  private static UUID person(Product product, long user) {
    return product.database().withHandle(sql -> sql.select("select person_id from telegram_profile where telegram_user_id = ?", user)
        .mapTo(UUID.class).one());
  }
}
