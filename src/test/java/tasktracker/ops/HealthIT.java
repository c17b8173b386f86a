package tasktracker.ops;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tasktracker.harness.Product;
import tasktracker.harness.ProductTest;

/** What an operator's probes are told. */
@ProductTest
class HealthIT {

  @Test
  void aProbeNeedsNoSignIn(Product product) {
    assertThat(product.anonymous().get("/api/health").expect(200).json().getString("status")).isEqualTo("ok");
    assertThat(product.anonymous().get("/health/live").status()).isEqualTo(200);
    assertThat(product.anonymous().get("/health/ready").status()).isEqualTo(200);
  }

  @Test
  void theServerWithItsModelFitsInSevenHundredMegabytes(Product product) {
    assertThat(product.residentMegabytes()).isLessThan(700);
  }
}
