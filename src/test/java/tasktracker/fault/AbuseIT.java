package tasktracker.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tasktracker.harness.Api;
import tasktracker.harness.BenchmarkResult;
import tasktracker.harness.Product;

/**
 * One caller runs all known attacks while another user works. It takes half a minute; for ten minutes: {@code bin/test
 * fault -Dit.test=AbuseIT -Dabuse.seconds=600} (docs/security.md).
 */
@Order(4)
class AbuseIT {

  private static final Duration LONG = Duration.ofSeconds(Long.getLong("abuse.seconds", 30));
  private static final Duration BEFORE = Duration.ofSeconds(Math.min(60, Math.max(10, LONG.toSeconds() / 3)));
  private static final String PASSWORD = "seven blue otters float";
  /** Growth of the heap that bounded caches cause in any use. */
  private static final long CACHES = 24L << 20;

  @Test
  void anAbusiveCallerDoesNotStopOtherUsers() throws Exception {
    // The product's own heap: a larger one would survive more.
    try (var product = Product.durable("abuse", Map.of("JVM_ARGS", "")).start(); var ledger = new DeliveryLog("abuse")) {
      var telegram = new WebhookSender(product.telegram(), ledger, 3_001);
      List<Double> usual = work(product, BEFORE);
      long heap = product.heapInUse();
      List<Double> abused;
      try (var abuse = new AbusiveCaller(product, token(product), session(product))) {
        abused = work(product, LONG);
        System.out.println("Answers to the abuse: " + abuse.answers());
      }
      telegram.hangUp();
      assertThat(product.isAlive()).isTrue();
      assertThat(telegram.statuses()).containsExactly(200);
      var truth = new StoredMessages(product);
      truth.awaitDrained();
      truth.agreesWith(ledger, 3_001);
      assertThat(product.heapInUse()).isLessThan(heap + CACHES);
      BenchmarkResult.ratio("p99 of who works, abused / before", p99(abused) / p99(usual)).atMost(3);
      administratorsStillSignIn(product);
    }
  }

  /** Reads pages until the time is over; how long each took, in ms. */
  private static List<Double> work(Product product, Duration time) {
    Api api = product.api();
    List<Double> took = new ArrayList<>();
    long end = System.nanoTime() + time.toNanos();
    for (int i = 0; System.nanoTime() < end; i++) {
      long begun = System.nanoTime();
      api.with("Accept", i % 2 == 0 ? "text/html" : "application/json").get(i % 2 == 0 ? "/messages" : "/api/v1/messages").expect(200);
      took.add((System.nanoTime() - begun) / 1e6);
    }
    return took;
  }

  private static double p99(List<Double> took) {
    List<Double> sorted = new ArrayList<>(took);
    Collections.sort(sorted);
    return sorted.get(Math.min(sorted.size() - 1, sorted.size() * 99 / 100));
  }

  private static String token(Product product) {
    return product.api().post("/api/v1/tokens", "{\"name\":\"abuser\",\"role\":\"reader\"}").expect(201).json().getString("token");
  }

  private static String session(Product product) {
    product.api().post("/api/v1/accounts", "{\"name\":\"mallory\",\"role\":\"reader\",\"password\":\"" + PASSWORD + "\"}").expect(201);
    return signIn(product, "mallory", PASSWORD);
  }

  private static String signIn(Product product, String name, String password) {
    return product.anonymous().with("Accept", "text/html").form("/sign-in", Map.of("name", name, "password", password)).expect(303)
        .response().headers().allValues("Set-Cookie").stream().filter(c -> c.startsWith("tt_session=")).findFirst().orElseThrow()
        .split(";")[0];
  }

  /** Whom strangers have tried to lock out. */
  private static void administratorsStillSignIn(Product product) {
    assertThat(signIn(product, Product.ADMIN, Product.ADMIN_PASSWORD)).startsWith("tt_session=");
  }
}
