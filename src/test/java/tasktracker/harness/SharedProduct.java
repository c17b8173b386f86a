package tasktracker.harness;

import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Starts the shared product of a test run on first use. It ends with the JVM, because Maven may open a JUnit session for
 * every class, so no JUnit store lives long enough.
 */
final class SharedProduct implements ParameterResolver, AfterEachCallback {
  private static final Namespace SPACE = Namespace.create(SharedProduct.class);

  /**
   * All tests sign in from one address, most as one person: what is a flood elsewhere is a quick run here. The JVM is
   * as the product brings it, but for its start and for what another has read of its classes: memory and durations are looked at.
   */
  private static final Map<String, String> MANY_TESTS_ONE_ADDRESS = Map.of("RATE_SIGN_IN_ADDRESS", "600", "RATE_SIGN_IN_NAME", "25",
      "RATE_SOCKET", "150", "MAX_UPLOAD", "45000000",
      "TRUSTED_PROXIES", RawHttp.PROXY, "DRAIN_FILE", ProductTest.DRAIN_FILE.toString(),
      "JVM_ARGS", ProjectPaths.LATE_OPTIMIZER + ' ' + ClassDataCache.usedAlone());

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    var type = parameter.getParameter().getType();
    return type == Product.class || type == Api.class || type == Browser.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    var type = parameter.getParameter().getType();
    var product = Running.PRODUCT;
    if (type == Product.class) {
      return product;
    }
    return type == Api.class ? product.api() : browser(context, product);
  }

  /** A browser of the test's own profile. */
  private static Browser browser(ExtensionContext context, Product product) {
    return context.getStore(SPACE)
        .getOrComputeIfAbsent(Browser.class, key -> new Browser(Program.CHROMIUM.profile(), product.url(), Running.ADMIN), Browser.class);
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

  /** Loaded, and so started, when the first test asks. */
  private static final class Running {
    private static final Product PRODUCT = untilTheEnd(start());
    private static final AdminSession ADMIN = new AdminSession();

    private static Product start() {
      ProductTest.DRAIN_FILE.toFile().delete(); // of a run that was interrupted
      return Product.quick("shared", MANY_TESTS_ONE_ADDRESS).start();
    }
  }

  /** Apart from the product: many tests need no browser. */
  private static final class Program {
    private static final Chromium CHROMIUM = untilTheEnd(new Chromium());
  }

  private static <T extends AutoCloseable> T untilTheEnd(T started) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(started)));
    return started;
  }

  private static void end(AutoCloseable started) {
    try {
      started.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
