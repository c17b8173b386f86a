package tasktracker.harness;

import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts the one product of a run when the first test asks for it, and ends it after the last. */
final class SharedProduct implements ParameterResolver, AfterEachCallback {
  private static final Namespace SPACE = Namespace.create(SharedProduct.class);

  /** All tests sign in from one address, most as one person: what is a flood elsewhere is a quick run here. */
  private static final Map<String, String> MANY_TESTS_ONE_ADDRESS =
      Map.of("RATE_SIGN_IN_ADDRESS", "600", "RATE_SIGN_IN_NAME", "40", "RATE_SOCKET", "150");

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    var type = parameter.getParameter().getType();
    return type == Product.class || type == Api.class || type == Browser.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    var type = parameter.getParameter().getType();
    var product = product(context);
    if (type == Product.class) {
      return product;
    }
    return type == Api.class ? product.api() : browser(context, product);
  }

  private static Product product(ExtensionContext context) {
    return context.getRoot().getStore(SPACE)
        .getOrComputeIfAbsent(Running.class, key -> new Running(Product.quick("shared", MANY_TESTS_ONE_ADDRESS).start()), Running.class)
        .product();
  }

  /** A browser of the test's own profile; Chromium itself starts once a run. */
  private static Browser browser(ExtensionContext context, Product product) {
    var chromium = context.getRoot().getStore(SPACE)
        .getOrComputeIfAbsent(Chromium.class, key -> new Chromium(), Chromium.class);
    return context.getStore(SPACE)
        .getOrComputeIfAbsent(Browser.class, key -> new Browser(chromium.profile(), product.url()), Browser.class);
  }

  /** What the page complained about is a failure, though the test looked elsewhere. */
  @Override
  public void afterEach(ExtensionContext context) {
    var browser = context.getStore(SPACE).get(Browser.class, Browser.class);
    if (browser != null) {
      browser.finish(context.getRequiredTestClass().getSimpleName() + "-" + context.getRequiredTestMethod().getName(),
          context.getExecutionException().isPresent());
    }
  }

  private record Running(Product product) implements AutoCloseable {
    @Override
    public void close() {
      product.close();
    }
  }
}
