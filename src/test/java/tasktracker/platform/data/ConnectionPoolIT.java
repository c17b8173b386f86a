package tasktracker.platform.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tasktracker.harness.Api;
import tasktracker.harness.Product;
import tasktracker.harness.ProductTest;

/** Overhead of a pooled connection. */
@ProductTest
class ConnectionPoolIT {

  private static final String CALLS = "select coalesce(sum(calls), 0)::bigint from pg_stat_statements where query like ?";

  @Test
  void borrowingAConnectionQueriesNoCatalogue(Product product, Api api) {
    long asked = product.count(CALLS, "%from import%");
    long catalog = product.count(CALLS, "%pg_catalog.pg_proc%");
    for (int i = 0; i < 20; i++) {
      api.get("/api/v1/imports").expect(200);
    }
    assertThat(product.count(CALLS, "%from import%") - asked).as("questions").isGreaterThanOrEqualTo(20);
    assertThat(product.count(CALLS, "%pg_catalog.pg_proc%") - catalog).as("queries of the catalog").isZero();
  }
}
