package tasktracker.harness;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A test of the running product from outside. Methods and constructors may ask for a {@link Product}, an {@link Api}
 * with the administrator's token, a {@link Browser}. All tests of a run share one product, one after the other, so
 * each brings its own chats and people and counts nothing but those. It takes files of up to 45 MB.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SharedProduct.class)
@Execution(ExecutionMode.SAME_THREAD)
public @interface ProductTest {
  /** While this file exists, the product is draining. */
  Path DRAIN_FILE = ProjectPaths.folder("server", "shared").resolve("draining");
}
