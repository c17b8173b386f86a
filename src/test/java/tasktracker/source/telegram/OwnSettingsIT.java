package tasktracker.source.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tasktracker.harness.Answer;
import tasktracker.harness.Product;
import tasktracker.harness.Project;
import tasktracker.harness.Waiting;

/** A product whose bot has a token, with a Telegram that is played; it takes small files only and can be sent away. */
class OwnSettingsIT {

  private static final Path DRAIN_FILE = Project.folder("server", "own-settings").resolve("draining");
  private static FakeTelegram telegram;
  private static Product product;

  @BeforeAll
  static void start() throws IOException {
    telegram = new FakeTelegram();
    Files.deleteIfExists(DRAIN_FILE);
    product = Product.quick("own-settings", Map.of("TELEGRAM_BOT_TOKEN", FakeTelegram.TOKEN, "TELEGRAM_API_BASE", telegram.base(),
        "MAX_UPLOAD", "3000000", "DRAIN_FILE", DRAIN_FILE.toString())).start();
  }

  @AfterAll
  static void stop() {
    product.close();
    telegram.close();
  }

  @Test
  void olenasPictureIsFetchedOnceAndTheTokenIsNowhereKept() throws IOException {
    says(1, 700);
    says(2, 7);
    UUID olena = person(700);
    Answer picture = Waiting.forValue("picture", Duration.ofSeconds(30), () -> product.api().get("/avatars/" + olena), a -> a.status() == 200);
    assertThat(picture.header("Content-Type")).hasValue("image/png");
    assertThat(picture.header("X-Content-Type-Options")).hasValue("nosniff");
    product.anonymous().with("Accept", "application/json").get("/avatars/" + olena).expect(401);
    product.api().get("/avatars/" + person(7)).expect(404);
    says(3, 700);
    assertThat(product.count("select count(*) from avatar_ask")).isEqualTo(2);
    assertThat(telegram.asked().stream().filter(path -> path.startsWith("/file/"))).hasSize(1);
    assertThat(product.count("select count(*) from job where job::text like '%secret-token%'")).isZero();
    assertThat(Files.readString(Path.of("target/server/own-settings/console.log"))).doesNotContain("secret-token-of-the-test-bot");
  }

  @Test
  void aFileThatIsTooLargeIsRefusedAndForgotten(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("result.json");
    Files.writeString(file, "{\"name\": \"" + "x".repeat(3_100_000) + "\", \"type\": \"private_group\", \"id\": 1, \"messages\": []}");
    product.api().upload("/api/v1/imports", Map.of("source", "telegram-export"), file).expect(413);
    assertThat(product.count("select count(*) from import_chunk")).isZero();
  }

  @Test
  void aNodeThatIsToLeaveSaysSoAndSendsItsListenersToOthers() throws IOException {
    try (var socket = product.socket("/ws?topics=messages")) {
      socket.await("the greeting", frame -> frame.contains("\"connection\""));
      Files.createFile(DRAIN_FILE);
      Waiting.until("the node is not ready", Duration.ofSeconds(5), () -> !product.isReady());
      assertThat(socket.isOver()).as("closed before the proxy knows").isFalse();
      assertThat(socket.closeCode()).as("service restart").isEqualTo(1012);
      assertThat(product.anonymous().answers("/health/live")).isTrue();
    } finally {
      Files.deleteIfExists(DRAIN_FILE);
    }
    product.awaitReady(Duration.ofSeconds(10));
  }

  private static void says(int number, long user) {
    product.telegram().post("/webhook/telegram", """
        {"update_id": %d, "message": {"message_id": %d, "date": 1700000000, "text": "hello", "from": {"id": %d, "first_name": "Olena"},
         "chat": {"id": -1001, "type": "supergroup", "title": "Team"}}}""".formatted(number, number, user)).expect(200);
  }

  private static UUID person(long user) {
    return product.database().withHandle(sql -> sql.select("select person_id from telegram_profile where telegram_user_id = ?", user)
        .mapTo(UUID.class).one());
  }
}
