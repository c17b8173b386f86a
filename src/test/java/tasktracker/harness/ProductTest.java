package tasktracker.harness;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A test of the running product from outside. Methods and constructors may ask for a {@link Product}, an {@link Api}
 * with the administrator's token, a {@link Browser}. All tests of a run share one product, one class at a time, so each
 * brings its own chats and people and counts nothing but those.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SharedProduct.class)
@ResourceLock(SharedProduct.LOCK)
@Order(0)
public @interface ProductTest {}
