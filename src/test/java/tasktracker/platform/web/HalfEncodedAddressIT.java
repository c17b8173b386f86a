package tasktracker.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.harness.Product;
import tasktracker.harness.ProductTest;
import tasktracker.harness.RawHttp;

/** A percent sign that encodes nothing is the caller's mistake: a page says so to people and problem details to programs. */
@ProductTest
class HalfEncodedAddressIT {

  private final Product product;

  HalfEncodedAddressIT(Product product) {
    this.product = product;
  }

  @ParameterizedTest
  @CsvSource({"/search?q=50%, text/html", "/messages?text=50%, text/html", "/messages?q=50%, text/html", "/search?q=%zz, text/html",
      "/?period=%4, text/html",
      "/messages/%C3%28, text/html", "/api/v1/messages/%FF, application/problem+json",
      "/api/v1/jobs?state=%, application/problem+json", "/api/v1/messages?q=100%25%, application/problem+json",
      "/api/v1/messages?q=%C3%28%A, application/problem+json"})
  void anAddressThatIsHalfEncodedIsRefused(String address, String type) {
    RawHttp.Reply reply = RawHttp.to(product.url()).send("GET", address,
        Map.of("Authorization", "Bearer " + Product.ADMIN_TOKEN, "Accept", type.equals("text/html") ? type : "application/json"));
    assertThat(reply.status()).as(reply.body()).isEqualTo(400);
    assertThat(reply.header("Content-Type")).hasValueSatisfying(told -> assertThat(told).startsWith(type));
    assertThat(reply.body()).doesNotContain("Exception").doesNotContain("\tat ");
  }

  /**
   * Open Liberty refuses a path that it cannot decode before any application gets the request. Its page has no design, but the
   * status and the headers of ours; behind nginx the page is ours too.
   */
  @ParameterizedTest
  @ValueSource(strings = {"/messages/%", "/messages/%zz", "/messages/%4", "/api/v1/messages/%", "/%", "/webhook/%", "/assets/%"})
  void aPathThatIsHalfEncodedIsRefusedByTheServer(String path) {
    RawHttp.Reply reply = RawHttp.to(product.url()).send("GET", path, Map.of("Accept", "text/html"));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).contains("improperly encoded").doesNotContain("Exception").doesNotContain("\tat ");
    assertThat(reply.headers()).containsEntry("x-content-type-options", "nosniff").containsEntry("cache-control", "no-store")
        .containsKey("content-security-policy");
    assertThat(RawHttp.to(product.url()).send("GET", path, Map.of("Accept", "application/json")).header("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
  }

  @ParameterizedTest
  @CsvSource({"/webhook/telegram?x=%", "/webhook/telegram?x=%4"})
  void anUpdateToAHalfEncodedAddressIsRefused(String address) {
    RawHttp.Reply reply = RawHttp.to(product.url()).send("POST", address,
        Map.of("X-Telegram-Bot-Api-Secret-Token", Product.WEBHOOK_SECRET, "Content-Type", "application/json"),
        "{\"update_id\": 1}".getBytes(StandardCharsets.UTF_8));
    assertThat(reply.status()).as(reply.body()).isEqualTo(400);
    assertThat(reply.header("Content-Type")).hasValueSatisfying(told -> assertThat(told).startsWith("application/problem+json"));
  }

  @Test
  void anUpdateThatIsNotUtf8IsRefused() {
    byte[] update = "{\"update_id\": 1, \"x\": \"\u00f4\"}".getBytes(StandardCharsets.ISO_8859_1);
    RawHttp.Reply reply = RawHttp.to(product.url()).send("POST", "/webhook/telegram", Map.of("X-Telegram-Bot-Api-Secret-Token",
        Product.WEBHOOK_SECRET, "Content-Type", "application/json", "Content-Length", String.valueOf(update.length)), update);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).contains("not encoded in UTF-8");
  }
}
