package tasktracker.source.telegram;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tasktracker.harness.ApiResponse;
import tasktracker.harness.Api;
import tasktracker.harness.Browser;
import tasktracker.harness.Product;
import tasktracker.harness.Await;

/**
 * Telegram connected, against one that is played: by webhook as Kevin sees it, then by polling from two servers, of which
 * the second has other thresholds.
 */
@Order(5)
class ConnectionIT {

  private static final String HERE = "/settings/sources/telegram";
  private static final long TEAM = -1001234567890L;
  private static FakeTelegram telegram;
  private static Product product;
  private static long update = 100;

  @BeforeAll
  static void start() throws IOException {
    telegram = new FakeTelegram();
    product = Product.quick("connection", settings()).start();
  }

  private static Map<String, String> settings() {
    return Map.of("TELEGRAM_BOT_TOKEN", FakeTelegram.TOKEN, "TELEGRAM_API_BASE", telegram.base(), "TELEGRAM_WEBHOOK_SECRET", "");
  }

  @AfterAll
  static void stop() {
    product.close();
    telegram.close();
  }

  @Test
  void kevinConnectsTelegramAndThenAnotherServerTakesOver() throws Exception {
    try (var browser = Browser.of(product)) {
      Page page = browser.signIn().resize(375, 800).go(HERE);
      assertThat(page.locator("#telegram-state .badge")).hasText("Not set up");
      savesTheAddress(page);
      registers(page);
      addsTheGroup(page);
      seesOlenaSpeakLive(page);
      olenasPictureIsFetchedOnceAndTheTokenIsNowhereKept();
      browser.screenshot("telegram-375");
      browser.resize(1280, 1400).screenshot("telegram-1280");
      seesTelegramsErrorWithItsRemedy(page);
      changesTheAddressAndKeepsTheGroups(page);
      switchesOffAndOn(page);
      assertThat(browser.complaints()).isEmpty();
      pollsFromTwoServers(page);
    }
    assertThat(product.hasSaid("secret-token-of-the-test-bot")).as("the token in the log").isFalse();
    assertThat(product.count("select count(*) from audit where action like 'telegram.%'")).isGreaterThanOrEqualTo(8);
  }

  private static void savesTheAddress(Page page) {
    types(page, "#url", "http://tracker.example.com");
    assertThat(page.locator("#url-error")).containsText("only over HTTPS");
    types(page, "#url", "https://tracker.example.com");
    assertThat(page.locator("#webhook-url")).hasText("https://tracker.example.com/webhook/telegram");
  }

  private static void registers(Page page) {
    page.click("form[action$='/register'] button");
    assertThat(page.locator("#telegram-state .badge")).hasText("Registered");
    assertThat(page.locator("#telegram-state")).containsText("@" + FakeBot.NAME);
    JsonObject asked = telegram.bot().webhook;
    assertThat(asked.getString("secret_token")).matches("[A-Za-z0-9_-]{43}");
    assertThat(asked.getBoolean("drop_pending_updates")).isFalse();
    assertThat(asked.getJsonArray("allowed_updates").toString()).contains("message_reaction_count", "chat_member");
    assertThat(telegram.bot().commands).containsKeys("", "uk");
    assertThat(product.count("select count(*) from telegram_secret where encode(hash, 'escape') like ?",
        "%" + asked.getString("secret_token") + "%")).isZero();
  }

  private static void addsTheGroup(Page page) {
    types(page, "#group", "our team");
    assertThat(page.locator("#group-error")).containsText("Enter a link (t.me/name");
    types(page, "#group", "1234567890");
    assertThat(page.locator("#group-error")).containsText("chat not found");
    telegram.bot().chats.put(String.valueOf(TEAM), FakeBot.json(
        "{\"id\": " + TEAM
            + ", \"type\": \"supergroup\", \"title\": \"Release team of the northern office, with a name that needs its room\"}"));
    types(page, "#group", "1234567890");
    assertThat(page.locator("#group-" + TEAM)).containsText("with a name that needs its room");
    assertThat(page.locator("#group-" + TEAM)).containsText("Some messages");
  }

  private static void seesOlenaSpeakLive(Page page) {
    delivers(message(1, "The release is on Friday"));
    assertThat(page.locator("#group-" + TEAM + " a")).hasText("1");
    assertThat(page.locator("#last-update time")).hasCount(1);
    delivers(message(2, "And it is tested"));
    assertThat(page.locator("#group-" + TEAM + " a")).hasText("2");
    delivers(
        "\"my_chat_member\": {\"chat\": {\"id\": -1009, \"type\": \"supergroup\", \"title\": \"Found by itself\"}, \"date\": 1700000000,"
            + " \"from\": {\"id\": 7}, \"new_chat_member\": {\"status\": \"administrator\", \"user\": {\"id\": " + FakeBot.ID + "}}}");
    page.reload();
    assertThat(page.locator("#group--1009")).containsText("All messages");
    anotherSecretIsRefused();
    reactionsAreCountedOnce();
    commandsAreAnsweredOnce();
  }

  private static void anotherSecretIsRefused() {
    product.telegram().post("/webhook/telegram", update(message(3, "let me in"))).expect(401);
  }

  private static void reactionsAreCountedOnce() {
    String likes = update(
        "\"message_reaction\": {\"chat\": {\"id\": " + TEAM + ", \"type\": \"supergroup\"}, \"message_id\": 1, \"date\": 1700000100,"
            + " \"user\": {\"id\": 8}, \"old_reaction\": [], \"new_reaction\": [{\"type\": \"emoji\", \"emoji\": \"👍\"}]}");
    asTelegram().post("/webhook/telegram", likes).expect(200);
    asTelegram().post("/webhook/telegram", likes).expect(200);
    assertThat(product.count("select (reactions->0->>'count')::int from message where external_id = '1'")).isEqualTo(1);
    assertThat(product.count("select count(*) from job where unique_key like 'score-reacted:%'")).isEqualTo(1);
  }

  private static void commandsAreAnsweredOnce() {
    String help = update("\"message\": {\"message_id\": 9, \"date\": " + System.currentTimeMillis() / 1000 + ", \"text\": \"/status\","
        + " \"from\": {\"id\": 700, \"first_name\": \"Olena\", \"language_code\": \"uk\"}, \"chat\": {\"id\": 700, \"type\": \"private\"}}");
    asTelegram().post("/webhook/telegram", help).expect(200);
    asTelegram().post("/webhook/telegram", help).expect(200);
    Await.until("the answer", Duration.ofSeconds(20), () -> !telegram.bot().sent.isEmpty());
    assertThat(telegram.bot().sent).singleElement().satisfies(sent -> assertThat(sent.getString("text")).startsWith("Повідомлень: 3."));
  }

  private static void olenasPictureIsFetchedOnceAndTheTokenIsNowhereKept() {
    delivers(
        "\"message\": {\"message_id\": 10, \"date\": 1700000200, \"text\": \"hello\", \"from\": {\"id\": 7, \"first_name\": \"Kevin\"},"
            + " \"chat\": {\"id\": " + TEAM + ", \"type\": \"supergroup\", \"title\": \"Release team\"}}");
    UUID olena = person(700);
    ApiResponse picture = Await.forValue("picture", Duration.ofSeconds(30), () -> product.api().get("/avatars/" + olena),
        a -> a.status() == 200);
    assertThat(picture.header("Content-Type")).hasValue("image/png");
    assertThat(picture.header("X-Content-Type-Options")).hasValue("nosniff");
    product.anonymous().with("Accept", "application/json").get("/avatars/" + olena).expect(401);
    product.api().get("/avatars/" + person(7)).expect(404);
    assertThat(product.count("select count(*) from avatar_ask")).isEqualTo(2);
    assertThat(telegram.asked().stream().filter(path -> path.startsWith("/file/"))).hasSize(1);
    assertThat(product.count("select count(*) from job where job::text like '%secret-token%'")).isZero();
  }

  private static UUID person(long user) {
    return product.database().withHandle(sql -> sql.select("select person_id from telegram_profile where telegram_user_id = ?", user)
        .mapTo(UUID.class).one());
  }

  private static void seesTelegramsErrorWithItsRemedy(Page page) {
    telegram.bot().lastError = "SSL error {error:0A000086:SSL routines::certificate verify failed}";
    page.click("form[action$='/test'] button");
    assertThat(page.locator("#last-error")).containsText("certificate verify failed");
    assertThat(page.locator("#last-error")).containsText("public authority");
    telegram.bot().lastError = "";
  }

  private static void changesTheAddressAndKeepsTheGroups(Page page) {
    long before = product.count("select count(*) from telegram_group");
    telegram.bot().refusesUrl = "wrong.example.com";
    types(page, "#url", "https://wrong.example.com");
    assertThat(page.locator("#webhook-url")).containsText("wrong.example.com");
    page.click("form[action$='/register'] button");
    assertThat(page.locator("#url-error")).containsText("Failed to resolve host");
    types(page, "#url", "https://other.example.com:8443");
    assertThat(page.locator("#webhook-url")).containsText("other.example.com");
    page.click("form[action$='/register'] button");
    assertThat(page.locator("#active-url")).hasText("https://other.example.com:8443/webhook/telegram");
    assertThat(product.count("select count(*) from telegram_group")).isEqualTo(before).isEqualTo(2);
    assertThat(product.count("select count(*) from telegram_secret where valid_until is null")).isEqualTo(1);
  }

  private static void switchesOffAndOn(Page page) {
    page.click("a[href$='/disable']");
    assertThat(page.locator("main")).containsText("2 groups, ");
    page.click("form[action$='/disable'] button");
    assertThat(page.locator("#telegram-state .badge")).hasText("Disabled");
    assertThat(telegram.bot().webhook).isEmpty();
    page.click("form[action$='/enable'] button");
    assertThat(page.locator("#telegram-state .badge")).hasText("Not registered");
    assertThat(page.locator("tr[id^=group-]")).hasCount(2);
  }

  private static void pollsFromTwoServers(Page page) throws IOException {
    page.click("form[action$='/poll'] button");
    assertThat(page.locator("#telegram-state .badge")).hasText("Long polling");
    telegram.bot().queue(FakeBot.json(update(message(20, "polled"))));
    awaitMessage("20");
    assertThat(Await.forValue("a class", Duration.ofSeconds(30), () -> classOf("20"), name -> !name.isEmpty())).isNotEqualTo("signal");
    skipsAnUpdateThatCannotBeParsed();
    try (Product second = product.beside("connection-2", withOtherThresholds()).start()) {
      movesWhatIsStored(second);
      product.kill();
      telegram.bot().queue(FakeBot.json(update(message(21, "after the first server died"))));
      awaitMessage("21");
      assertThat(product.count("select count(*) from message where external_id in ('20', '21')")).isEqualTo(2);
      assertThat(second.api().get("/api/v1/webhook-settings").expect(200).json().getJsonObject("telegram").getString("mode"))
          .isEqualTo("polling");
      long begun = System.nanoTime();
      second.stop();
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(30));
      assertThat(product.count("select count(*) from telegram_setup where poll_node is null")).isEqualTo(1);
    }
  }

  private static void skipsAnUpdateThatCannotBeParsed() {
    telegram.bot().queue(FakeBot.json(update(message(30, "before it"))));
    telegram.bot().queue(FakeBot.nested(++update));
    long nested = update;
    telegram.bot().queue(FakeBot.json(update(message(31, "behind it"))));
    awaitMessage("30");
    awaitMessage("31");
    assertThat(product.count("select count(*) from inbox where update_id = ? and state = 'failed' and error like '%100 deep%'", nested))
        .isEqualTo(1);
    assertThat(product.count("select count(*) from job where kind = 'save_telegram_message'")).isZero();
  }

  /** As when an operator has moved the thresholds and nodes are exchanged one by one. */
  private static Map<String, String> withOtherThresholds() {
    var settings = new HashMap<>(settings());
    settings.putAll(Map.of("NOISE_THRESHOLD", "0.01", "SIGNAL_THRESHOLD", "0.02", "CONTENT_FLOOR", "0"));
    return settings;
  }

  private static void movesWhatIsStored(Product node) {
    Await.forValue("the other class", Duration.ofSeconds(30), () -> classOf("20"), "signal"::equals);
    assertThat(node.api().get("/api/v1/messages?class=signal").expect(200).body()).contains("polled");
  }

  private static String classOf(String message) {
    return product.database()
        .withHandle(sql -> sql.select("select coalesce(max(noise_classification), '') from message where external_id = ?",
            message).mapTo(String.class).one());
  }

  private static void awaitMessage(String id) {
    Await.until("message " + id, Duration.ofSeconds(60),
        () -> product.count("select count(*) from message where external_id = ?", id) == 1);
  }

  private static void types(Page page, String field, String text) {
    page.fill(field, text);
    page.locator("form:has(" + field + ") button").click();
    page.waitForLoadState();
  }

  private static Api asTelegram() {
    return product.anonymous().with("X-Telegram-Bot-Api-Secret-Token", telegram.bot().webhook.getString("secret_token"));
  }

  private static void delivers(String payload) {
    asTelegram().post("/webhook/telegram", update(payload)).expect(200);
  }

  private static String update(String payload) {
    return "{\"update_id\": " + ++update + ", " + payload + "}";
  }

  private static String message(int id, String text) {
    return "\"message\": {\"message_id\": " + id + ", \"date\": " + (1_700_000_000 + id) + ", \"text\": \"" + text + "\","
        + " \"from\": {\"id\": 700, \"first_name\": \"Olena\"}, \"chat\": {\"id\": " + TEAM
        + ", \"type\": \"supergroup\", \"title\": \"Release team\"}}";
  }
}
